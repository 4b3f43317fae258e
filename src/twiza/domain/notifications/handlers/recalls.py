"""Who hears of a recall, and that it was withdrawn."""

from __future__ import annotations

from django.utils.translation import override

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.inventory.events import LotRecalled, RecallWithdrawn
from twiza.domain.inventory.models import Lot, WithdrawnRecall
from twiza.domain.notifications.composing import compose, shortened
from twiza.domain.notifications.handlers.quotes import mail_asker
from twiza.domain.notifications.handlers.telling import script_of, tell_person
from twiza.domain.orders.selectors import buyers_sent, storefronts_that_sold
from twiza.domain.quotes.selectors import askers_sent
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.selectors import texts_with_keys
from twiza.foundation.messaging.services import queue_text
from twiza.kit.translations import translated


@on(LotRecalled)
def warn_buyers_of_a_lot(event: LotRecalled) -> None:
    """Each telephone once, also those who asked for silence: it may be about their health. Unless it was withdrawn meanwhile."""
    lot = _lot(event.lot_id)
    if not lot.is_recalled:
        return
    for buyer in buyers_sent(lot, widely=lot.recall_is_wide):
        words = compose("lot_recalled.buyer", buyer.language, group=buyer.group, **_recall(lot, buyer.language))
        queue_text(to=buyer.phone, text=words, key=f"{_recall_key(lot)}:{buyer.phone}", kind="security", language=buyer.language)


@on(LotRecalled)
def warn_askers_of_a_lot(event: LotRecalled) -> None:
    """Whoever was sent it by a quote: by text, or by e-mail where they live elsewhere. Unless it was withdrawn meanwhile."""
    lot = _lot(event.lot_id)
    if not lot.is_recalled:
        return
    for asker in askers_sent(lot, widely=lot.recall_is_wide):
        quote = asker.quote
        words = compose("lot_recalled.asker", quote.language, number=quote.pk, **_recall(lot, quote.language))
        if quote.is_told_by_text:
            key = f"{_recall_key(lot)}:{quote.asker_phone}"
            queue_text(to=quote.asker_phone, text=words, key=f"{key}:q{quote.pk}", kind="security", language=quote.language)
        else:
            mail_asker(quote, words, _recall_key(lot))


@on(LotRecalled)
def tell_sellers_of_the_recall(event: LotRecalled) -> None:
    """The cooperative's people, and whoever runs a storefront in which somebody chose what they were sent."""
    lot = _lot(event.lot_id)
    if not lot.is_recalled:
        return
    told = [*buyers_sent(lot, widely=lot.recall_is_wide), *askers_sent(lot, widely=lot.recall_is_wide)]
    buyers = len(told)
    sellers = {lot.variant.product.cooperative: "cooperative"}
    sellers |= {storefront.operator: "operator" for storefront in storefronts_that_sold(lot) if storefront.operator}
    for seller, role in sellers.items():
        for person in people_receiving_texts(seller):
            facts = {"buyers": buyers, "left": lot.on_hand, **_recall(lot, person.language)}
            tell_person(person, f"lot_recalled.{role}", f"{_recall_key(lot)}:{role}", kind="service", **facts)


@on(RecallWithdrawn)
def tell_buyers_that_all_is_well(event: RecallWithdrawn) -> None:
    """Exactly the telephones that were warned."""
    withdrawn = _withdrawn(event.withdrawal_id)
    for warned in texts_with_keys(f"{_withdrawn_key(withdrawn)}:+"):
        words = compose("recall_withdrawn.buyer", warned.language, **_withdrawal(withdrawn, warned.language))
        key = f"recall-withdrawn:{withdrawn.pk}:{warned.to}"
        queue_text(to=warned.to, text=words, key=key, kind="security", language=warned.language, person=warned.person)


@on(RecallWithdrawn)
def tell_askers_that_all_is_well(event: RecallWithdrawn) -> None:
    """Those who were warned by e-mail; the others have it by text with the buyers."""
    withdrawn = _withdrawn(event.withdrawal_id)
    for asker in askers_sent(withdrawn.lot, widely=True):
        quote = asker.quote
        if quote.told_by_mail == _withdrawn_key(withdrawn):
            words = compose("recall_withdrawn.buyer", quote.language, **_withdrawal(withdrawn, quote.language))
            mail_asker(quote, words, f"recall-withdrawn:{withdrawn.pk}")


@on(RecallWithdrawn)
def tell_sellers_of_the_withdrawal(event: RecallWithdrawn) -> None:
    """The cooperative's people, and the operators that had heard of the recall."""
    withdrawn = _withdrawn(event.withdrawal_id)
    buyers = len(texts_with_keys(f"{_withdrawn_key(withdrawn)}:+"))
    sellers = [withdrawn.lot.variant.product.cooperative]
    sellers += [one.operator for one in storefronts_that_sold(withdrawn.lot) if one.operator and one.operator not in sellers]
    for seller in sellers:
        for person in people_receiving_texts(seller):
            facts = {"buyers": buyers, **_withdrawal(withdrawn, person.language)}
            tell_person(person, "recall_withdrawn.seller", f"recall-withdrawn:{withdrawn.pk}", kind="service", **facts)


def _withdrawn(withdrawal_id: int) -> WithdrawnRecall:
    places = "lot__variant__product__cooperative__published_revision"
    return WithdrawnRecall.objects.select_related(places).get(pk=withdrawal_id)


def _recall_key(lot: Lot, before: int | None = None) -> str:
    """What a lot's texts begin with. One that is recalled again, after a withdrawal, is told again."""
    times = lot.withdrawn_recalls.count() if before is None else before
    return f"lot-recalled:{lot.pk}.{times}" if times else f"lot-recalled:{lot.pk}"


def _withdrawn_key(withdrawn: WithdrawnRecall) -> str:
    return _recall_key(withdrawn.lot, withdrawn.lot.withdrawn_recalls.filter(pk__lt=withdrawn.pk).count())


def _withdrawal(withdrawn: WithdrawnRecall, language: str) -> dict[str, object]:
    """What every text about a withdrawal may say."""
    with override(script_of(language)):
        return {**_lot_facts(withdrawn.lot, language), "reason": withdrawn.get_why_display()}


def _lot(lot_id: int) -> Lot:
    return Lot.objects.select_related("variant__product__cooperative__published_revision").get(pk=lot_id)


def _recall(lot: Lot, language: str) -> dict[str, object]:
    """What every text about a recall may say."""
    with override(script_of(language)):
        return {**_lot_facts(lot, language), "reason": shortened(lot.get_recall_reason_display(), 60)}


def _lot_facts(lot: Lot, language: str) -> dict[str, object]:
    script = script_of(language)
    product = translated(lot.variant.product, "name", script)
    cooperative = lot.variant.product.cooperative.name_in(script)
    return {"product": shortened(product, 36), "cooperative": shortened(cooperative, 40), "lot": lot.code}
