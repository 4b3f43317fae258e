"""Giving a storefront its colour and its logo."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.db.models.fields.files import FieldFile

from twiza.domain.storefronts.errors import ColourCannotBeRead, NoColour
from twiza.domain.storefronts.models import Storefront, StorefrontLook
from twiza.domain.storefronts.rules import may_colour, nearest_allowed
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.foundation.accounts.models import User
from twiza.kit.colours import read_colour
from twiza.kit.logos import read_logo


@transaction.atomic
def choose_colour(storefront: Storefront, typed: str, *, by: User) -> None:
    """Its pages have this colour (`#rrggbb`), or ours when none is typed. Raises NoColour, ColourCannotBeRead, NotFound."""
    kept = held_by_manager(storefront, by)
    colour = read_colour(typed) if typed else ""
    if colour is None:
        raise NoColour
    if colour and not may_colour(colour):
        raise ColourCannotBeRead(colour=colour, nearest=nearest_allowed(colour))
    StorefrontLook.objects.update_or_create(storefront=kept, defaults={"colour": colour})
    record_act("choose_colour", kept, by, {"colour": colour})


@transaction.atomic
def choose_logo(storefront: Storefront, upload: BinaryIO, *, by: User) -> None:
    """This picture stands at the head of its pages. Raises NotFound, and PhotoRefused for what is no picture or too large."""
    kept = held_by_manager(storefront, by)
    logo = read_logo(upload)
    look, _is_new = StorefrontLook.objects.get_or_create(storefront=kept)
    before = look.logo.name
    look.logo, look.logo_width, look.logo_height = logo.file, logo.width, logo.height
    look.save()
    _forget(look.logo, before)
    record_act("choose_logo", kept, by)


@transaction.atomic
def remove_logo(storefront: Storefront, *, by: User) -> None:
    """Our star stands there again, and the file is gone. Raises NotFound."""
    kept = held_by_manager(storefront, by)
    look = StorefrontLook.objects.filter(storefront=kept).exclude(logo="").first()
    if look is None:
        return
    before = look.logo.name
    look.logo, look.logo_width, look.logo_height = "", 0, 0
    look.save()
    _forget(look.logo, before)
    record_act("remove_logo", kept, by)


def _forget(file: FieldFile, name: str | None) -> None:
    """Once the change is certain: one that fails keeps the picture there was."""
    if name:
        transaction.on_commit(lambda: file.storage.delete(name))
