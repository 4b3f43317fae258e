"""Refusals about storefronts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class StorefrontClosed(DomainError):
    """Facts: name."""

    code = "storefront_closed"
    sentence = _("%(name)s is closed for now.")


class AddressTaken(DomainError):
    """Facts: slug."""

    code = "storefront_address_taken"
    sentence = _("Another storefront has the address “%(slug)s” already. Choose another word.")


class AddressIsKnown(DomainError):
    """Once it has opened, links and search engines know where it is."""

    code = "storefront_address_known"
    sentence = _("The address of a storefront that has opened does not change: people have kept it.")


class ClosesBeforeItOpens(DomainError):
    code = "storefront_closes_before_it_opens"
    sentence = _("The last day comes before the first. Write the days again.")


class NothingToShow(DomainError):
    code = "storefront_nothing_to_show"
    sentence = _("There is no product in it yet. Choose first what it shows.")


class PagesNotRead(DomainError):
    code = "storefront_pages_not_read"
    sentence = _("Read its pages first, in French and in Arabic, and say that they are right: buyers rely on them.")


class PageTooLong(DomainError):
    """Facts: most (characters)."""

    code = "storefront_page_too_long"
    sentence = _("This is too long: at most %(most)s characters.")


class NoPhoneToCall(DomainError):
    code = "storefront_no_phone"
    sentence = _("Write first the number buyers may call.")


class AlreadyOpened(DomainError):
    code = "storefront_already_open"
    sentence = _("It is open already.")


class NotOpened(DomainError):
    code = "storefront_not_open"
    sentence = _("It is not open.")


class RuleSaysNothing(DomainError):
    code = "storefront_rule_says_nothing"
    sentence = _("Choose at least one thing: a place, a sector, a label, or women's cooperatives.")


class NotSoldHere(DomainError):
    """Facts: product, storefront."""

    code = "storefront_does_not_sell"
    sentence = _("%(product)s is not sold in “%(storefront)s”. Look for it on the market.")


class TooManyFirst(DomainError):
    """Facts: most."""

    code = "storefront_too_many_first"
    sentence = _("%(most)s products stand first already. Take one of them down before.")


class TooManyOfTheMonth(DomainError):
    """Facts: most."""

    code = "storefront_too_many_of_the_month"
    sentence = _("%(most)s cooperatives are shown already. Take one of them down before.")


class NoColour(DomainError):
    code = "storefront_no_colour"
    sentence = _("This is not a colour. Write it as #1c5848, or choose one of those shown.")


class ColourCannotBeRead(DomainError):
    """Facts: colour, nearest (both `#rrggbb`)."""

    code = "storefront_colour_cannot_be_read"
    sentence = _("Words in the colour %(colour)s are hard to read on our paper. The nearest that would do is %(nearest)s.")


class NoWayChosen(DomainError):
    code = "storefront_no_way"
    sentence = _("Choose at least one way to pay and one way to receive.")


class NoLanguageChosen(DomainError):
    code = "storefront_no_language"
    sentence = _("Choose at least one language.")


class ProductChangedMeanwhile(DomainError):
    code = "storefront_product_changed"
    sentence = _("Meanwhile the cooperative has changed it. Look at it again.")


class ReasonMissing(DomainError):
    code = "storefront_reason_missing"
    sentence = _("Choose a reason; for another one, write it in a few words.")


class CannotRunMarket(DomainError):
    code = "storefront_market_needs_operator"
    sentence = _("Only an operator can run the market as a whole.")


class NotAHostName(DomainError):
    """Facts: typed."""

    code = "storefront_host_no_name"
    sentence = _("“%(typed)s” is not a name as the internet has them. Write it as boutique.example.ma.")


class HostIsAnAddress(DomainError):
    code = "storefront_host_address"
    sentence = _("This is a number. Write the name that you bought, as boutique.example.ma.")


class HostIsOurs(DomainError):
    """Facts: host."""

    code = "storefront_host_ours"
    sentence = _("%(host)s belongs to this site itself. Write the name that you bought.")


class HostTaken(DomainError):
    """Facts: host."""

    code = "storefront_host_taken"
    sentence = _("Another storefront has %(host)s, or had it until lately. If it is yours, write to us.")


class HostAskedAlready(DomainError):
    """Facts: host."""

    code = "storefront_host_asked"
    sentence = _("This storefront has %(host)s already. Give it up first.")


class LookedJustNow(DomainError):
    code = "storefront_host_looked"
    sentence = _("We are looking at this moment. Wait a little.")


class BasketOfTooFew(DomainError):
    """Facts: fewest, most."""

    code = "gift_basket_of_too_few"
    sentence = _("A gift basket holds %(fewest)s to %(most)s different things.")


class BasketOfOneCooperative(DomainError):
    code = "gift_basket_of_one_cooperative"
    sentence = _("A gift basket holds goods of at least two cooperatives.")


class NotForGiftBaskets(DomainError):
    """It is weighed, or not sold here. Facts: product."""

    code = "not_for_gift_baskets"
    sentence = _("%(product)s cannot be in a gift basket: it is weighed, or not sold in this storefront.")


class NotInItsPlace(DomainError):
    """Nothing of it is weighed, sold elsewhere or worth less than the share it stands for."""

    code = "gift_basket_not_in_its_place"
    sentence = _("This cannot be sent in its place: it is weighed, it is not sold here, or it costs less than your share.")


class DearerThanByItself(DomainError):
    """Facts: most (in dirhams)."""

    code = "gift_basket_dearer"
    sentence = _("A gift basket costs at most what is in it costs by itself: %(most)s DH.")


class TooCheapForItsParts(DomainError):
    """Facts: least (in dirhams)."""

    code = "gift_basket_too_cheap"
    sentence = _("Each cooperative needs a share of the price. It is at least %(least)s DH.")


class ShareChanged(DomainError):
    """What was read and agreed to is not the share any more. Facts: name."""

    code = "gift_basket_share_changed"
    sentence = _("The price of “%(name)s” changed meanwhile. Look at your share again.")


class GiftBasketOver(DomainError):
    """Facts: name."""

    code = "gift_basket_over"
    sentence = _("“%(name)s” is not sold today.")


class ShareNotAgreed(DomainError):
    """Facts: name, cooperative."""

    code = "gift_basket_share_not_agreed"
    sentence = _("“%(name)s” is not sold yet: %(cooperative)s has not agreed to its share.")


class PartPriceChanged(DomainError):
    """Facts: name, product."""

    code = "gift_basket_part_price_changed"
    sentence = _("“%(name)s” waits for a new price: %(product)s in it has another price now.")
