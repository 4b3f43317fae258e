"""Stock and prices of many products are changed on one page: what can be saved is, and nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.people import product
from twiza.domain.catalogue.errors import PriceChangedMeanwhile
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.models import StockMovement
from twiza.domain.inventory.selectors import shelf_row_of
from twiza.domain.inventory.services import ShelfChange, change_shelf_row, count_stock, dispatch_stock
from twiza.domain.inventory.services.stock import Want


@pytest.fixture
def rose(market) -> Variant:
    return product(market.saffron_cooperative, market.fatima, "rose-water", "Eau de rose", "ماء الورد", "250", "ml", 4000, 8)


def at(market) -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/shelf/"


def typed(variant, on_hand="", price="", **said) -> dict[str, str]:
    row = shelf_row_of(variant)
    answers = {"on_hand": on_hand or row.on_hand, "price": price or f"{row.variant.price_centimes / 100:g}"}
    answers["seen"] = f"{row.on_hand}/{row.variant.price_centimes}"
    return {f"{variant.pk}-{name}": str(value) for name, value in {**answers, **said}.items()}


def now(variant) -> tuple[int, int]:
    variant.refresh_from_db()
    return shelf_row_of(variant).on_hand, variant.price_centimes


def test_many_are_saved_at_once_and_what_stays_makes_no_movement(market, signed_in, rose):
    before = StockMovement.objects.count()
    answer = signed_in(market.fatima).post(at(market), {**typed(market.saffron, "٣٥", "40"), **typed(rose, "", "٤٢,٥٠")})

    assert answer.status_code == 302
    assert (now(market.saffron), now(rose)) == ((35, 4000), (8, 4250))
    assert StockMovement.objects.count() == before + 1
    assert StockMovement.objects.first().kind == "counted"


@pytest.mark.parametrize(
    ("on_hand", "price", "field"),
    [("12,5", "", "on_hand"), ("-1", "", "on_hand"), ("1e9", "", "on_hand"), ("<b>9</b>", "", "on_hand"), ("", "-1", "price"),
     ("", "1e9", "price"), ("", "<script>", "price"), ("", "99999999", "price"), ("100001", "", "on_hand"), ("", "0", "price")],
)  # fmt: skip
def test_a_wrong_row_says_why_keeps_what_was_typed_and_holds_back_no_other(market, signed_in, rose, on_hand, price, field):
    answer = signed_in(market.fatima).post(at(market), {**typed(market.saffron, on_hand, price), **typed(rose, "9")})

    assert answer.status_code == 200
    assert [list(row.form.errors) for row in answer.context["refused"]] == [[field]]
    assert (now(market.saffron), now(rose)) == ((40, 3800), (9, 4000))
    page = answer.content.decode()
    assert f'value="{(on_hand or price).replace("<", "&lt;").replace(">", "&gt;")}"' in page
    assert "1 produit enregistré" in page


def test_marks_of_direction_do_not_count(market, signed_in):
    answer = signed_in(market.fatima).post(at(market), typed(market.saffron, "\u202e12\u202c", "\u200f39"))

    assert answer.status_code == 302
    assert now(market.saffron) == (12, 3900)


def test_what_was_sold_meanwhile_is_said_and_counted_only_when_saved_again(market, signed_in):
    fatima, page = signed_in(market.fatima), typed(market.saffron, "45")
    order = market.order(market.saffron, quantity=3).orders.get()
    reference = f"order-line:{order.lines.get().pk}"
    dispatch_stock([Want(market.saffron.pk, 3, reference)], by=market.fatima)

    answer = fatima.post(at(market), page)

    assert "37" in answer.context["refused"][0].form.errors["on_hand"][0]
    assert 'value="45"' in answer.content.decode()
    assert now(market.saffron)[0] == 37
    form = answer.context["rows"][0].form
    again = fatima.post(at(market), {form.add_prefix(name): form[name].value() for name in ("on_hand", "price", "seen")})
    assert again.status_code == 302
    assert now(market.saffron)[0] == 45


def test_a_row_left_alone_is_not_turned_back_by_an_old_page(market, signed_in, rose):
    page = {**typed(market.saffron), **typed(rose, "9")}
    count_stock(market.saffron.pk, 30, by=market.brahim)
    set_price(market.saffron, 3900, by=market.brahim)

    assert signed_in(market.fatima).post(at(market), page).status_code == 302
    assert (now(market.saffron), now(rose)[0]) == ((30, 3900), 9)


def test_a_price_that_jumps_is_asked_again(market, signed_in):
    fatima = signed_in(market.fatima)
    answer = fatima.post(at(market), typed(market.saffron, "41", "380"))
    assert "Est-ce juste" in answer.context["refused"][0].form.errors["price"][0]
    assert now(market.saffron) == (40, 3800)  # both or neither

    form = answer.context["rows"][0].form
    names = ("on_hand", "price", "seen", "sure")
    assert fatima.post(at(market), {form.add_prefix(name): form[name].value() for name in names}).status_code == 302
    assert now(market.saffron) == (41, 38000)


def test_fewer_than_were_promised_are_refused(market, signed_in):
    market.order(market.saffron, quantity=5)
    answer = signed_in(market.fatima).post(at(market), typed(market.saffron, "4"))

    assert "5" in answer.context["refused"][0].form.errors["on_hand"][0]
    assert now(market.saffron)[0] == 40


def test_minus_and_plus_work_without_javascript_and_save_nothing(market, signed_in, rose):
    said = {**typed(market.saffron, "50"), **typed(rose), "step": f"more:{rose.pk}-on_hand"}
    page = signed_in(market.fatima).post(at(market), said).content.decode()

    assert f'name="{rose.pk}-on_hand" id="id_{rose.pk}-on_hand" value="9"' in page
    assert f'id="id_{market.saffron.pk}-on_hand" value="50"' in page
    assert (now(market.saffron)[0], now(rose)[0]) == (40, 8)


def test_anothers_variant_cannot_be_smuggled_in(market, signed_in):
    assert signed_in(market.fatima).post(at(market), typed(market.honey, "999", "1")).status_code == 302
    assert now(market.honey) == (10, 12000)


@pytest.mark.parametrize("seen", ["", "x", "1/2/3", "-1/0", "9" * 20])
def test_a_forged_word_of_what_was_seen_changes_nothing_unseen(market, signed_in, seen):
    signed_in(market.fatima).post(at(market), typed(market.saffron, "41", seen=seen))

    assert now(market.saffron)[0] in {40, 41}
    assert now(market.saffron)[1] == 3800


def test_the_service_refuses_a_price_that_somebody_changed(market):
    set_price(market.saffron, 3900, by=market.brahim)
    change = ShelfChange(market.saffron.pk, 40, 3800, on_hand=41, price_centimes=4000)

    with pytest.raises(PriceChangedMeanwhile):
        change_shelf_row(change, by=market.fatima)
    assert now(market.saffron) == (40, 3900)
