"""Another's workspace does not exist: whoever asks, whatever the address, whatever the method."""

from __future__ import annotations

import io
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.gift_baskets import compose
from tests.people import TALIOUINE
from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.delivery.models import PickupPoint, SendingTerms
from twiza.domain.delivery.services import PointDetails, open_pickup_point
from twiza.domain.directory.errors import CannotKeepRegister
from twiza.domain.directory.models import (
    Claim,
    ContactPoint,
    Mandate,
    Membership,
    OpeningTimes,
    PagePhoto,
    Revision,
    StoryRecording,
)
from twiza.domain.directory.services.entrusting import entrust_register, take_back_register
from twiza.domain.directory.services.picturing import add_page_photo
from twiza.domain.directory.services.reaching import add_own_contact
from twiza.domain.directory.services.registering import OrganisationDetails, change_state, revise
from twiza.domain.directory.services.revising import say_of_oneself
from twiza.domain.enquiries.models import Enquiry
from twiza.domain.enquiries.services import Asking, ask_about_product
from twiza.domain.inventory.models import Lot, ProductImport, StockLevel, StockMovement
from twiza.domain.inventory.services import receive_lot
from twiza.domain.invoicing.locking import lock_issuer
from twiza.domain.invoicing.models import Paper
from twiza.domain.invoicing.services import Draft, put_in_series
from twiza.domain.invoicing.services.issuing import facts_of
from twiza.domain.orders.models import Coupon, Order, Step
from twiza.domain.orders.services import CouponTerms, offer_coupon
from twiza.domain.payouts.models import Payout, PayoutAttempt, PayoutBatch
from twiza.domain.quotes.models import CountryTerm, Quote
from twiza.domain.quotes.services import Asker, ask_quote
from twiza.domain.reviews.models import Review
from twiza.domain.stalls.models import StallSale
from twiza.domain.stalls.services import Sold, sell_at_stall
from twiza.domain.storefronts.models import FreeDelivery, GiftBasket
from twiza.domain.storefronts.services import Part
from twiza.entrypoints.workspace.urls import of_a_cooperative, urlpatterns
from twiza.entrypoints.workspace.urls_money import of_the_money
from twiza.entrypoints.workspace.urls_register import of_the_register
from twiza.entrypoints.workspace.urls_stores import of_the_storefronts
from twiza.foundation.audit.models import Entry
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def ids_of_fatimas(market, order) -> dict[str, object]:
    """What her workspace alone has: an order, a product, and on her page a photo, a contact and versions."""
    cooperative = market.saffron_cooperative
    if not cooperative.photos.exists():
        file = io.BytesIO()
        Image.new("RGB", (30, 20)).save(file, "PNG")
        add_page_photo(cooperative, io.BytesIO(file.getvalue()), by=market.fatima)
        add_own_contact(cooperative, kind="phone", typed="0612345678", visibility="private", by=market.fatima)
        change_state(cooperative, "claimed", None)
        say_of_oneself(cooperative, {"story_fr": "Une."}, seen=1, by=market.fatima)
        revise(cooperative, OrganisationDetails(name_fr="Proposée"), by=None)
    return {
        "number": order.number,
        "variant_id": market.saffron.pk,
        "code": lot_of(market).code,
        "product_slug": market.saffron.product.slug,
        **people_of(market),
        "photo_id": cooperative.photos.get().pk,
        "contact_id": cooperative.contacts.get().pk,
        "version": 2,
        "waiting": 3,
        "import_id": import_of(market).pk,
        "point_id": point_of(market).pk,
        "coupon_id": coupon_of(market).pk,
        "return_id": return_of(order).pk,
        "complaint_id": complaint_about(order).pk,
        "quote_id": quote_asked(market).pk,
        "review_id": review_of(market, order).pk,
        "enquiry_id": enquiry_of(market).pk,
        "gift_basket_id": gift_basket_of(market).pk,
        "row_id": free_delivery_of(market).pk,
        "sale_id": sale_of(market).pk,
        "paper_id": paper_of(market, order).pk,
        "payout_id": payout_to(market).pk,
    }


def free_delivery_of(market) -> FreeDelivery:
    """One that the market asks a share of."""
    said = {"least_centimes": 30000, "cooperative_percent": 50}
    return FreeDelivery.objects.get_or_create(storefront=market.national, valid_from=clock.today(), defaults=said)[0]


def gift_basket_of(market) -> GiftBasket:
    """One with something of hers and of Mina's, that waits for her yes."""
    parts = (Part(market.saffron.pk, 1), Part(market.honey.pk, 1))
    return GiftBasket.objects.first() or compose(market, price_centimes=None, parts=parts)


def sale_of(market) -> StallSale:
    known, sold = StallSale.objects.first(), [Sold(market.saffron.pk, 1)]
    return known or sell_at_stall(market.saffron_cooperative, uuid.uuid4(), sold, by=market.fatima).sale


def paper_of(market, order) -> Paper:
    draft = Draft("invoice", "order:strangers", order.total_centimes, facts_of(order, clock.today()), order)
    return Paper.objects.first() or put_in_series(lock_issuer(market.saffron_cooperative.pk), draft)


def payout_to(market) -> Payout:
    two, moment = {"drafted_by": market.youssef, "approved_by": market.karim}, clock.now()
    said = {"state": "approved", "until": clock.today(), "least_centimes": 1, "drafted_at": moment, "approved_at": moment}
    batch = PayoutBatch.objects.first() or PayoutBatch.objects.create(**two, **said)
    sent = {"way": "post", "payee": "Fatima", "asked_by": market.youssef, "asked_at": moment}
    payout, is_new = Payout.objects.get_or_create(
        batch=batch, cooperative=market.saffron_cooperative, defaults={"amount_centimes": 3800}
    )
    if is_new:
        PayoutAttempt.objects.create(payout=payout, **sent)
    return payout


def return_of(order) -> Return:
    said = {"refund_centimes": 3800, "asked_at": clock.now(), "refund_due_on": clock.today()}
    return Return.objects.get_or_create(order=order, defaults=said)[0]


def complaint_about(order) -> Complaint:
    said = {"kind": "damaged", "pieces": 1, "opened_at": clock.now(), "answer_due_on": clock.today()}
    return Complaint.objects.get_or_create(line=order.lines.get(), defaults=said)[0]


def coupon_of(market) -> Coupon:
    """One that waits for her yes."""
    known = Coupon.objects.filter(code="ENSEMBLE").first()
    terms, hers = CouponTerms(percent_off=5), market.saffron_cooperative
    return known or offer_coupon("ENSEMBLE", terms, by=None, cooperative=hers, cooperative_percent=50)


def addresses(market, order, cooperative) -> list[str]:
    """Every address of a workspace, with the ids of Fatima's."""
    given = {"slug": cooperative.slug, **ids_of_fatimas(market, order)}
    found = []
    for pattern in of_a_cooperative:
        wanted = {"slug", *pattern.pattern.converters}
        assert wanted <= given.keys(), pattern.name
        found.append(reverse(f"workspace:{pattern.name}", kwargs={name: given[name] for name in wanted}))
    of_agents = [reverse("workspace:mandates"), reverse("workspace:mandate_give_back", args=[given["mandate_id"]])]
    of_stores = [
        reverse(
            f"workspace:{one.name}", kwargs={**dict.fromkeys(one.pattern.converters, "souk-khouribga"), **numbers_in(one.pattern)}
        )
        for one in of_the_storefronts
    ]
    return [*found, *of_agents, *of_stores]


def point_of(market) -> PickupPoint:
    known = PickupPoint.objects.filter(cooperative=market.saffron_cooperative).first()
    details = PointDetails(get_commune(TALIOUINE), "Atelier", "الورشة")
    return known or open_pickup_point(market.saffron_cooperative, details, by=market.fatima)


def import_of(market) -> ProductImport:
    counts = dict.fromkeys(("rows", "created", "updated", "unchanged", "rejected", "conflicting", "warnings", "faults"), 1)
    known = {"cooperative": market.saffron_cooperative, "by": market.fatima, "file_name": "produits.csv"}
    headings = [{"place": 0, "heading": "Produit", "samples": ["Safran"], "guess": "name"}]
    said = {"state": "checked", "counts": counts, "headings": headings}
    return ProductImport.objects.get_or_create(**known, defaults=said)[0]


def quote_asked(market) -> Quote:
    known = Quote.objects.first()
    return known or ask_quote(market.saffron, 50, "FR", Asker("Anne", phone="+33612345678"), storefront=market.national)


def enquiry_of(market) -> Enquiry:
    known = Enquiry.objects.first()
    return known or ask_about_product(market.saffron.product, Asking("Est-il de cette année ?"), storefront=market.national)


def review_of(market, order) -> Review:
    """Of something of hers, written before anything else is done with the order."""
    line = order.lines.get()
    said = {"product": market.saffron.product, "storefront": market.national, "stars": 3, "language": "fr"}
    return Review.objects.get_or_create(line=line, defaults=said)[0]


def numbers_in(pattern) -> dict[str, int]:
    return {name: 1 for name, converter in pattern.converters.items() if converter.regex == "[0-9]+"}


def lot_of(market) -> Lot:
    known = Lot.objects.filter(variant=market.saffron).first()
    return known or receive_lot(market.saffron.pk, 3, produced_on=clock.today(), best_before=None, by=market.fatima)


def people_of(market) -> dict[str, int]:
    """A member of Fatima's cooperative, an agent who asks to act for it, and somebody who joined it lately."""
    asked, _ = Mandate.objects.get_or_create(
        organisation=market.saffron_cooperative, agent=market.youssef, employer=market.operator, state="asked"
    )
    joined, _ = Claim.objects.get_or_create(
        organisation=market.saffron_cooperative,
        person=market.brahim,
        defaults={"role": "member", "how": "code", "state": "accepted", "decided_at": clock.now()},
    )
    return {"user_id": market.brahim.pk, "mandate_id": asked.pk, "claim_id": joined.pk}


def state() -> tuple[object, ...]:
    return (
        list(Order.objects.order_by("pk").values_list("pk", "status", "fulfilment__status")),
        list(StockLevel.objects.order_by("pk").values_list("pk", "on_hand", "allocated")),
        list(Variant.objects.order_by("pk").values_list("pk", "price_centimes")),
        list(Product.objects.order_by("pk").values_list("pk", "state", "name_fr")),
        list(Membership.objects.order_by("pk").values_list("pk", "role", "until")),
        list(Mandate.objects.order_by("pk").values_list("pk", "state")),
        list(Revision.objects.order_by("pk").values_list("pk", "state")),
        list(ContactPoint.objects.order_by("pk").values_list("pk", "visibility")),
        list(Lot.objects.order_by("pk").values_list("pk", "on_hand", "recalled_at")),
        list(PickupPoint.objects.order_by("pk").values_list("pk", "name_fr", "closed_at")),
        list(Return.objects.order_by("pk").values_list("pk", "state")),
        list(Complaint.objects.order_by("pk").values_list("pk", "state")),
        [SendingTerms.objects.count(), CountryTerm.objects.count()],
        list(Quote.objects.order_by("pk").values_list("pk", "state")),
        list(Enquiry.objects.order_by("pk").values_list("pk", "answer", "shown_at")),
        list(Review.objects.order_by("pk").values_list("pk", "answer", "hidden_at")),
        list(StallSale.objects.order_by("pk").values_list("pk", "undone_at")),
        [model.objects.count() for model in (Step, StockMovement, Entry, PagePhoto, StoryRecording, OpeningTimes)],
    )


TYPED = {
    "on_hand": "3",
    "quantity": "3",
    "price": "39",
    "reason": "sold_out",
    "name_fr": "X",
    "kind": "saffron",
    "content": "1",
    "measure": "g",
    "rib": "007780000123456789012396",
    "change": "1",
    "report": "1",
    "words": "24",
    "name": "X",
    "phone": "06 83 00 10 99",
    "role": "member",
    "all": "1",
    "seen": "2",
    "story_fr": "X",
    "language": "fr",
    "visibility": "public",
    "remove": "1",
    "key": "7b0c7a53-6b7e-4d3c-9c3b-0d8a5f0c1e11",
    "pieces": "2",
}


@pytest.mark.parametrize("who", ["karim", "hajja", "mina"])
def test_strangers_find_nothing_and_change_nothing(market, signed_in, who):
    order = market.order(market.saffron).orders.get()
    stranger = signed_in(getattr(market, who))
    walked = addresses(market, order, market.saffron_cooperative)
    before = state()

    answers = {}
    for url in walked:
        answers[url] = {stranger.get(url).status_code, stranger.post(url, TYPED).status_code}

    assert {url: codes for url, codes in answers.items() if not codes <= {404, 405} or 404 not in codes} == {}
    assert state() == before


def test_ids_of_another_cooperative_are_not_found_under_ones_own(market, signed_in):
    order = market.order(market.saffron).orders.get()
    hajja = signed_in(market.hajja)
    given = ids_of_fatimas(market, order)
    before = state()

    # What the market asks, it asks of each cooperative for itself.
    asked_of_all = {"free_delivery_agree", "free_delivery_stop"}
    for pattern in of_a_cooperative:
        if not pattern.pattern.converters or pattern.name in asked_of_all:
            continue
        wanted = {name: given[name] for name in pattern.pattern.converters}
        url = reverse(f"workspace:{pattern.name}", kwargs={"slug": market.argan_cooperative.slug, **wanted})
        assert {hajja.get(url).status_code, hajja.post(url, TYPED).status_code} <= {404, 405}, url
    assert state() == before


def test_visitors_are_led_to_the_sign_in(market):
    order = market.order(market.saffron).orders.get()
    visitor = Client()

    for url in [*addresses(market, order, market.saffron_cooperative), reverse("workspace:home")]:
        codes = {visitor.get(url).status_code, visitor.post(url).status_code}
        assert codes <= {302, 405}, url
    assert visitor.get(reverse("workspace:home")).url == f"{reverse('account_login')}?next={reverse('workspace:home')}"


def test_every_address_is_walked():
    """A new address of the workspace belongs to a cooperative, to the register or to a storefront: each is walked here."""
    walked = {"home", "mandates", "mandate_give_back"}
    assert {pattern.name for pattern in urlpatterns if hasattr(pattern, "name")} == walked
    assert [pattern.url_patterns for pattern in urlpatterns if hasattr(pattern, "url_patterns")] == [
        of_the_money,
        of_the_register,
        of_the_storefronts,
        of_a_cooperative,
    ]


@pytest.mark.parametrize("who", ["karim", "mina", "youssef"])
def test_the_register_is_only_for_those_entrusted_with_it(market, signed_in, who):
    stranger = signed_in(getattr(market, who))
    before = state()

    answers = {}
    for pattern in [*of_the_money, *of_the_register]:
        given = dict.fromkeys(pattern.pattern.converters, 1)
        url = reverse(f"workspace:{pattern.name}", kwargs=given)
        answers[url] = {stranger.get(url).status_code, stranger.post(url, TYPED).status_code}

    assert {url: codes for url, codes in answers.items() if not codes <= {404, 405} or 404 not in codes} == {}
    assert state() == before


def test_whoever_is_entrusted_with_the_register_finds_it_until_it_is_taken_back(market, signed_in):
    youssef = signed_in(market.youssef)
    entrust_register(market.operator, by=None)

    assert "/fr/workspace/register/" in youssef.get("/fr/workspace/").content.decode()
    assert youssef.get("/fr/workspace/register/").status_code == 200
    assert "/fr/workspace/register/refunds/" in youssef.get("/fr/workspace/money/").content.decode()

    take_back_register(market.operator, by=None)
    assert youssef.get("/fr/workspace/register/").status_code == 404


def test_a_cooperative_does_not_keep_the_register_it_is_in(market):
    with pytest.raises(CannotKeepRegister):
        entrust_register(market.honey_cooperative, by=None)

    market.honey_cooperative.refresh_from_db()
    assert not market.honey_cooperative.keeps_register


def test_whoever_works_in_one_place_is_there_at_once_and_karim_reads_why_he_is_not(market, signed_in):
    from twiza.domain.directory.services.memberships import add_member

    assert signed_in(market.fatima).get("/fr/workspace/").url == f"/fr/workspace/{market.saffron_cooperative.slug}/"
    assert signed_in(market.youssef).get("/fr/workspace/").url == "/fr/workspace/stores/souk-khouribga/"
    assert signed_in(market.karim).get("/fr/workspace/").status_code == 200
    add_member(market.honey_cooperative, market.fatima, "treasurer", None)
    chooser = signed_in(market.fatima).get("/fr/workspace/").content.decode()
    assert f"/fr/workspace/{market.honey_cooperative.slug}/" in chooser
    assert f"/fr/workspace/{market.saffron_cooperative.slug}/" in chooser


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_every_screen_is_shown_in_every_language(market, signed_in, language):
    from django.utils.translation import override

    from twiza.domain.orders.services import accept_order

    order = market.order(market.saffron).orders.get()
    accept_order(order, by=market.fatima)
    fatima, youssef = signed_in(market.fatima), signed_in(market.youssef)
    only_pressed = {"order_accept", "order_delivered", "product_photo", "product_publish", "product_retire"}
    only_pressed |= {"bank_approve", "bank_stop", "still_true_yes", "still_true_closed"}
    only_pressed |= {"bank_approve", "bank_stop", "paid_object"}
    only_pressed |= {"point_close", "point_open", "point_hand_over", "point_send_on"}
    only_pressed |= {"people_add", "people_end", "people_object", "mandate_grant", "mandate_revoke"}
    only_pressed |= {"lot_throw_away", "page_photo", "page_contact", "page_voice_remove", "product_voice_remove"}
    only_pressed |= {"product_import_open", "product_import_start", "product_import_undo", "product_makers_ask", "my_name"}
    only_pressed |= {
        "coupon_agree",
        "coupon_stop",
        "return_approve",
        "return_refunded",
        "quote_withdraw",
        "quote_receive",
        "quote_send",
    }
    only_pressed |= {"share_agree", "share_take_back", "stall_take_back", "till_sales", "complaint_refunded"}
    only_pressed |= {"order_confirmed", "own_cash_given", "own_cash_answer"}
    only_pressed |= {"lot_recall_withdraw"}  # of a lot that is recalled
    sent_as_files = {
        "complaint_label",
        "complaint_photo",
        "carrier_list",
        "product_imports_example",
        "product_import_report",
        "till_worker",
        "till_who",
        "invoices_list",
        "invoice_pdf",
    }
    only_pressed |= {"complaint_send", "complaint_arrived", "complaint_give_up"}
    only_pressed |= {"free_delivery_agree", "free_delivery_stop"}
    names = [pattern.name for pattern in of_a_cooperative]
    with override(language):
        shown = [
            url
            for name, url in zip(names, addresses(market, order, market.saffron_cooperative), strict=False)
            if name not in only_pressed | sent_as_files
        ]
    direction = "rtl" if language == "ar" else "ltr"
    for url in shown:
        answer = fatima.get(url)
        assert answer.status_code == 200, url
        assert f'<html lang="{language}" dir="{direction}"' in answer.content.decode(), url
    assert youssef.get(f"/{language}/workspace/stores/souk-khouribga/").status_code == 200
