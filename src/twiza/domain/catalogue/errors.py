"""Refusals about products."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class ImplausiblePrice(DomainError):
    """Facts: least, most (dirhams)."""

    code = "implausible_price"
    sentence = _("A price is between %(least)s and %(most)s DH. Write it again.")


class StepsMakeNoSense(DomainError):
    """Facts: price (in dirhams), most (steps)."""

    code = "price_steps_make_no_sense"
    sentence = _(
        "Each row is from more pieces on than the one before, from 2 on, and costs less: the first less than %(price)s DH. "
        "At most %(most)s rows."
    )


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


class LabelRefused(DomainError):
    """The product may not carry the label today; one of the four below. Facts: label."""


class LabelNotChecked(LabelRefused):
    code = "label_not_checked"
    sentence = _("%(label)s: nobody has checked this certificate yet.")


class LabelNotOfToday(LabelRefused):
    code = "label_not_of_today"
    sentence = _("%(label)s: today is not within its dates. Send us the new certificate.")


class LabelNotForThisProduct(LabelRefused):
    code = "label_not_for_this_product"
    sentence = _("%(label)s: the certificate is not for this kind of product.")


class LabelNotForThisPlace(LabelRefused):
    code = "label_not_for_this_place"
    sentence = _("%(label)s: the certificate is not for the place where you work.")


class PriceChangedMeanwhile(DomainError):
    """Facts: price (dirhams now)."""

    code = "price_changed_meanwhile"
    sentence = _("Meanwhile somebody has set it to %(price)s DH. Is your price still right? Then save again.")


class FirstNameMissing(DomainError):
    code = "first_name_missing"
    sentence = _("Write the first name that pages may show.")


class NobodyToAsk(DomainError):
    code = "nobody_to_ask"
    sentence = _("Everybody has answered, or was asked this week. Whoever has no telephone says it herself here.")


class LighterThanContent(DomainError):
    code = "lighter_than_content"
    sentence = _("With its packing it weighs at least what is in it.")
