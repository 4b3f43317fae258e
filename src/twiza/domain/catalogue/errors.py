"""Refusals about products."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class ImplausiblePrice(DomainError):
    """Facts: least, most (dirhams)."""

    code = "implausible_price"
    sentence = _("A price is between %(least)s and %(most)s DH. Write it again.")


class SizeSoldAlready(DomainError):
    """Facts: product, content."""

    code = "size_sold_already"
    sentence = _("You sell %(product)s in this size already (%(content)s).")


class NameMissing(DomainError):
    code = "name_missing"
    sentence = _("Give the product a name, in French or in Arabic.")


class PhotoUnreadable(DomainError):
    code = "photo_unreadable"
    sentence = _("This file is not a picture we can read. Take the photo again, or choose another (JPEG, PNG, WebP).")


class PhotoTooLarge(DomainError):
    """Facts: most (megabytes)."""

    code = "photo_too_large"
    sentence = _("This picture is too large (more than %(most)s MB). Send a smaller one.")
