"""An operator that looks first: what is new waits, what is refused says why, what is trusted does not wait."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.jobs import run_jobs
from tests.people import product
from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.services import ProductDetails, revise_product
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.orders.services import put_in_cart, start_cart
from twiza.domain.storefronts.errors import NotSoldHere
from twiza.domain.storefronts.models import ProductReview, StorefrontTrust
from twiza.domain.storefronts.selectors import assortment_of, products_shown_in, products_sold_in
from twiza.domain.storefronts.services import look_first, show_product
from twiza.foundation.messaging.models import Message

HERE = "/fr/workspace/stores/souk-khouribga/review/"


@pytest.fixture
def youssef(market, signed_in):
    look_first(market.souk, by=market.youssef)
    market.souk.refresh_from_db()
    return signed_in(market.youssef)


def new_jar(market, name="Miel de jujubier"):
    return product(market.honey_cooperative, market.mina, "honey", name, "عسل السدر", "250", "g", 15000, 9)


def shown(market) -> set[str]:
    market.souk.refresh_from_db()
    return {one.name_fr for one in products_shown_in(market.souk)}


def decide(client, variant, **said):
    address = f"{HERE}{variant.product_id}/"
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen, "decide": "show", **said})


def test_what_is_shown_stays_and_what_is_new_waits_for_somebody_to_look(market, youssef):
    jar = new_jar(market)

    assert shown(market) == {"Miel de thym"}
    assert products_sold_in(market.souk, [jar.product_id]) == frozenset()
    assert jar.product_id in assortment_of(market.souk).left_out
    with pytest.raises(NotSoldHere):
        put_in_cart(start_cart(language="fr"), jar.pk, 1, market.souk)
    put_in_cart(start_cart(language="fr"), jar.pk, 1, market.national)  # the market sells it
    queue = youssef.get(HERE)
    assert [one.product.pk for one, _seen in queue.context["waiting"]] == [jar.product_id]
    page = youssef.get(f"{HERE}{jar.product_id}/").content.decode()
    assert 'accesskey="s"' in page
    assert "<ins>Miel de jujubier</ins>" in page

    assert decide(youssef, jar).url == HERE
    assert shown(market) == {"Miel de thym", "Miel de jujubier"}
    assert youssef.get(HERE).context["waiting"] == []


def test_what_is_refused_is_told_why_and_comes_again_once_it_changed(market, youssef, signed_in):
    jar = new_jar(market)
    decide(youssef, jar, decide="refuse", reason="name")
    run_jobs()

    assert shown(market) == {"Miel de thym"}
    assert youssef.get(HERE).context["waiting"] == []
    text = Message.objects.get(key__startswith="product-refused:", to=market.mina.phone).text
    assert "Miel de jujubier" in text
    assert "Souk Khouribga" in text
    product_page = (
        signed_in(market.mina).get(f"/fr/workspace/{market.honey_cooperative.slug}/products/{jar.product.slug}/").content.decode()
    )
    assert "Le nom ne dit pas ce que c" in product_page

    details = ProductDetails(jar.product.kind, name_fr="Miel de jujubier de l'Atlas", name_ar="عسل السدر")
    revise_product(Product.objects.get(pk=jar.product_id), details, by=market.mina)
    page = youssef.get(f"{HERE}{jar.product_id}/").content.decode()
    assert "<ins> de l&#x27;Atlas</ins>" in page
    decide(youssef, jar)
    assert "Miel de jujubier de l'Atlas" in shown(market)


def test_what_was_seen_and_changes_stays_shown_and_is_looked_at(market, youssef):
    details = ProductDetails(market.honey.product.kind, name_fr="Miel miracle", name_ar="عسل حر")
    revise_product(market.honey.product, details, by=market.mina)

    assert shown(market) == {"Miel miracle"}
    assert [one.is_new for one, _seen in youssef.get(HERE).context["waiting"]] == [False]
    decide(youssef, market.honey, decide="refuse", reason="other", words="Pas de miracle, s'il vous plaît.")
    assert shown(market) == set()
    assert ProductReview.objects.get(product=market.honey.product_id).words == "Pas de miracle, s'il vous plaît."


def test_a_trusted_cooperative_does_not_wait_until_it_is_trusted_no_more(market, youssef):
    decide(youssef, new_jar(market), trust="on")
    new_jar(market, "Miel de thym sauvage")
    assert "Miel de thym sauvage" in shown(market)

    youssef.post(f"{HERE}setting/", {"trusted": market.honey_cooperative.pk})
    new_jar(market, "Miel tout neuf")
    assert StorefrontTrust.objects.count() == 0
    assert shown(market) == {"Miel de thym", "Miel de jujubier", "Miel de thym sauvage"}
    assert [one.product.name_fr for one, _seen in youssef.get(HERE).context["waiting"]] == ["Miel tout neuf"]


@pytest.mark.parametrize(
    "said", [{"reason": ""}, {"reason": "other"}, {"reason": "nonsense"}, {"reason": "other", "words": "  "}]
)
def test_a_refusal_without_a_reason_is_none(market, youssef, said):
    jar = new_jar(market)
    answer = decide(youssef, jar, decide="refuse", **said)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ProductReview.objects.filter(product=jar.product_id).exists()


def test_what_changed_while_it_was_looked_at_is_looked_at_again(market, youssef):
    jar = new_jar(market)
    address = f"{HERE}{jar.product_id}/"
    seen = youssef.get(address).context["seen"]
    details = ProductDetails(jar.product.kind, name_fr="Autre chose", name_ar="شيء آخر")
    revise_product(Product.objects.get(pk=jar.product_id), details, by=market.mina)

    answer = youssef.post(address, {"seen": seen, "decide": "show"})

    assert "a changé" in answer.content.decode()
    assert not ProductReview.objects.filter(product=jar.product_id).exists()


def test_showing_everything_again_needs_one_button(market, youssef):
    new_jar(market)
    youssef.post(f"{HERE}setting/", {"look": "never"})

    assert shown(market) == {"Miel de thym", "Miel de jujubier"}


def test_what_the_operator_chose_by_hand_does_not_wait(market, youssef):
    jar = new_jar(market)
    show_product(market.souk, jar.product_id, by=market.youssef)

    assert "Miel de jujubier" in shown(market)


def test_nobody_else_decides(market, youssef, signed_in):
    jar = new_jar(market)
    agent = market.karim
    add_member(market.operator, agent, "operator_agent", None)
    for person in (market.mina, agent):
        client = signed_in(person)
        assert client.get(HERE).status_code == 404
        assert client.post(f"{HERE}{jar.product_id}/", {"decide": "show", "seen": ""}).status_code == 404
    assert reverse("workspace:store_review", args=["souk-khouribga", jar.product_id])
    assert shown(market) == {"Miel de thym"}


def test_all_that_waits_is_shown_by_one_button_but_for_what_changed_meanwhile(market, youssef):
    jar, other = new_jar(market), new_jar(market, "Miel de romarin")
    on_screen = [f"{one.product.pk}:{seen}" for one, seen in youssef.get(HERE).context["waiting"]]
    details = ProductDetails(other.product.kind, name_fr="Autre chose", name_ar="شيء آخر")
    revise_product(Product.objects.get(pk=other.product_id), details, by=market.mina)

    answer = youssef.post(f"{HERE}all/", {"one": [*on_screen, "x:", ""]}, follow=True)

    assert shown(market) == {"Miel de thym", jar.product.name_fr}
    assert "1 produit est montré" in answer.content.decode()
