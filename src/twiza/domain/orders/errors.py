"""Refusals about baskets and orders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class EmptyCart(DomainError):
    code = "empty_cart"
    sentence = _("Your basket is empty.")


class BasketOrdered(DomainError):
    """It became an order meanwhile, in another window or by a doubled click."""

    code = "basket_ordered"
    sentence = _("This basket is ordered already. What you add now begins a new one.")


class BasketFull(DomainError):
    """Facts: most."""

    code = "basket_full"
    sentence = _("A basket holds at most %(most)s different products. Order what is in it, then begin another.")


class NotForSale(DomainError):
    """Facts: product."""

    code = "not_for_sale"
    sentence = _("%(product)s is not on sale any more.")


class OutOfSeason(DomainError):
    """Facts: product, season (its months in words)."""

    code = "out_of_season"
    sentence = _("%(product)s is out of season. It is sold in these months: %(season)s.")


class CooperativeClosed(DomainError):
    """Nobody can order from it today. Facts: cooperative, until (its last closed day, in words)."""

    code = "cooperative_closed"
    sentence = _("%(cooperative)s is closed until %(until)s. You can order from it after that day.")


class TooMany(DomainError):
    """Facts: most."""

    code = "too_many"
    sentence = _("At most %(most)s of one product. For more, call the cooperative.")


class FewerHere(DomainError):
    """The storefront may give fewer than were asked for. Facts: product, storefront, left."""

    code = "fewer_here"
    sentence = _("%(product)s: in “%(storefront)s”, only %(left)s more may be ordered.")


class NoMoreHere(DomainError):
    """The storefront gave all it may. Facts: product, storefront."""

    code = "no_more_here"
    sentence = _("%(product)s: no more may be ordered in “%(storefront)s”. Look for it on the market.")


class QuantityUnreadable(DomainError):
    """Facts: typed."""

    code = "quantity_unreadable"
    sentence = _("“%(typed)s” is not a quantity. Write how many you want as a number: 1, 2, 3.")


class TooLittle(DomainError):
    """Facts: cooperative, amount (what is missing, in dirhams)."""

    code = "too_little"
    sentence = _("%(amount)s DH more for %(cooperative)s: it does not send smaller parcels.")


class LeastOrderTooHigh(DomainError):
    """Facts: most (in dirhams)."""

    code = "least_order_too_high"
    sentence = _("At most %(most)s DH. Nobody would order from you.")


class CouponUnknown(DomainError):
    """Facts: typed."""

    code = "coupon_unknown"
    sentence = _("We do not know the coupon “%(typed)s”. Look at how it is written.")


class CouponNotYet(DomainError):
    """Facts: code, day."""

    code = "coupon_not_yet"
    sentence = _("The coupon %(code)s holds from %(day)s on.")


class CouponOver(DomainError):
    """Facts: code."""

    code = "coupon_over"
    sentence = _("The coupon %(code)s does not hold any more.")


class CouponUsedUp(DomainError):
    """As many buyers used it as may. Facts: code."""

    code = "coupon_used_up"
    sentence = _("The coupon %(code)s was used as often as it may be.")


class CouponUsedByYou(DomainError):
    """This phone used it as often as one may. Facts: code."""

    code = "coupon_used_by_you"
    sentence = _("You have used the coupon %(code)s already.")


class CouponForOthers(DomainError):
    """Nothing in the basket is what it is for. Facts: code, what."""

    code = "coupon_for_others"
    sentence = _("The coupon %(code)s is for %(what)s. Nothing of that is in your basket.")


class CouponNeedsMore(DomainError):
    """Facts: code, amount (what is missing, in dirhams)."""

    code = "coupon_needs_more"
    sentence = _("The coupon %(code)s needs %(amount)s DH more of what it is for.")


class CouponTaken(DomainError):
    """Facts: code."""

    code = "coupon_taken"
    sentence = _("There is a coupon %(code)s already. Choose another word.")


class CouponCodeUnreadable(DomainError):
    code = "coupon_code_unreadable"
    sentence = _("A coupon's word has 3 to 20 letters and digits.")


class CouponNotWaiting(DomainError):
    """Facts: code."""

    code = "coupon_not_waiting"
    sentence = _("The coupon %(code)s waits for no answer.")


class AddressMissing(DomainError):
    code = "address_missing"
    sentence = _("Tell us first who you are and where to deliver.")


class DeliveryNotOffered(DomainError):
    """Facts: cooperative."""

    code = "delivery_not_offered"
    sentence = _("%(cooperative)s cannot deliver there. Choose another way or another place.")


class TotalChanged(DomainError):
    """The buyer agreed to another amount than what it costs now. Facts: total_centimes."""

    code = "total_changed"
    sentence = _("A price changed while you were deciding. Look at the new total before you order.")


class PromiseChanged(DomainError):
    """The buyer agreed to another way or day of sending than what can be promised now."""

    code = "promise_changed"
    sentence = _(
        "What can be promised changed while you were deciding. Look at when it leaves and when it comes before you order."
    )


class AlreadyAnswered(DomainError):
    """Facts: number, status."""

    code = "already_answered"
    sentence = _("Order %(number)s: already answered (%(status)s).")


class EverythingIsThere(DomainError):
    """Facts: number."""

    code = "everything_is_there"
    sentence = _("Order %(number)s: you can send everything. Accept it.")


class NothingIsThere(DomainError):
    """Facts: number."""

    code = "nothing_is_there"
    sentence = _("Order %(number)s: nothing would be sent. Refuse it.")


class PaidInAdvance(DomainError):
    """Facts: number."""

    code = "paid_in_advance"
    sentence = _("Order %(number)s is paid already. Send everything, or refuse it: then the buyer gets the money back.")


class MoreThanOrdered(DomainError):
    """Facts: product, ordered (pieces)."""

    code = "more_than_ordered"
    sentence = _("%(product)s: %(ordered)s were ordered. Write a number from 0 to %(ordered)s.")


class PartAnswered(DomainError):
    """Facts: cooperative, answer (yes or no)."""

    code = "part_answered"
    sentence = _("You have answered about %(cooperative)s already: %(answer)s.")


class PartOver(DomainError):
    """Facts: cooperative."""

    code = "part_over"
    sentence = _("The time to answer is over: the part of %(cooperative)s is cancelled and you do not pay for it.")


class PartWithdrawn(DomainError):
    """Facts: cooperative."""

    code = "part_withdrawn"
    sentence = _("%(cooperative)s decided otherwise meanwhile. Look at your order's page.")


class NotAcceptedYet(DomainError):
    """Facts: number."""

    code = "not_accepted_yet"
    sentence = _("Order %(number)s is not accepted. Accept it first.")


class AlreadyDone(DomainError):
    """Facts: number, status."""

    code = "already_done"
    sentence = _("Order %(number)s: already %(status)s.")


class NotWeighedYet(DomainError):
    """Facts: number."""

    code = "not_weighed_yet"
    sentence = _("Order %(number)s: weigh it first. Write the weight in your workspace, or by text: READY %(number)s 1,62 kg")


class NotChecked(DomainError):
    """Facts: number."""

    code = "not_checked"
    sentence = _("Order %(number)s: look at everything first, and tick each line.")


class ImplausibleWeight(DomainError):
    """Facts: product, least, most (grams)."""

    code = "implausible_weight"
    sentence = _("%(product)s: it should weigh between %(least)s and %(most)s grams. Weigh it again.")


class NotReadyYet(DomainError):
    """Facts: number."""

    code = "not_ready_yet"
    sentence = _("Order %(number)s has not left yet.")


class StillTimeToAnswer(DomainError):
    """Facts: number."""

    code = "still_time_to_answer"
    sentence = _("The cooperative still has time to answer order %(number)s.")


class NotComingBack(DomainError):
    """Facts: number."""

    code = "not_coming_back"
    sentence = _("Order %(number)s is not on its way back.")


class DayStillToCome(DomainError):
    code = "day_still_to_come"
    sentence = _("This day is still to come. Write the day on which it happened.")


class MoreThanSent(DomainError):
    """Facts: product, sent (pieces)."""

    code = "more_than_sent"
    sentence = _("%(product)s: you sent %(sent)s. No more can come back.")


class LossUnexplained(DomainError):
    code = "loss_unexplained"
    sentence = _("Say what happened to what cannot be sold again.")


class OrderAmbiguous(DomainError):
    """Two cooperatives of the same person have an order with this number. Facts: number, names."""

    code = "order_ambiguous"
    sentence = _("Two orders have the number %(number)s (%(names)s). Answer in your workspace, or call us.")


class WrongCode(DomainError):
    code = "wrong_code"
    sentence = _("This is not the code we sent. Look at the text message again.")


class TooManyAttempts(DomainError):
    code = "too_many_attempts"
    sentence = _("Too many wrong codes. Answer our text message with OUI instead.")


class NoSuchParcel(DomainError):
    """Facts: code."""

    code = "no_such_parcel"
    sentence = _("No parcel has the code %(code)s.")


class NothingToAsk(DomainError):
    code = "nothing_to_ask"
    sentence = _("The carrier is not to be asked for this parcel any more.")


class CardOnly(DomainError):
    """Whoever receives a gift from abroad is never asked for cash."""

    code = "card_only"
    sentence = _("A gift from abroad is paid by card: whoever receives it is never asked for money.")


class NothingToSendOn(DomainError):
    """Nobody brought its part yet, or all of it left."""

    code = "nothing_to_send_on"
    sentence = _("Nothing of this parcel is here to be sent on.")
