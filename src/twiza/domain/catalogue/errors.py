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


class TooManyProductPhotos(DomainError):
    """Facts: most."""

    code = "too_many_product_photos"
    sentence = _("A product shows %(most)s photos at most. Remove one first.")


class NameMissing(DomainError):
    code = "name_missing"
    sentence = _("Give the product a name, in French or in Arabic.")


class PromiseTooFar(DomainError):
    """Facts: days."""

    code = "promise_too_far"
    sentence = _("Choose a day between today and %(days)s days from now.")
