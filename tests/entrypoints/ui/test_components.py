"""Every component renders what it was given, and nothing a strict page forbids."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

import twiza.entrypoints.ui
from twiza.entrypoints.ui.drawings import DRAWINGS
from twiza.entrypoints.ui.site import Site
from twiza.entrypoints.ui.templatetags.ui import register

FOLDER = Path(twiza.entrypoints.ui.__file__).parent / "templates"
INNER_TAGS = {"heading_at", "language_name"}
TEMPLATES = sorted(FOLDER.rglob("*.html"))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def render(text: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    return squeezed(engines["django"].from_string("{% load ui %}" + text).render(context, request))


def component(name: str, /, **context: object) -> str:
    return squeezed(render_to_string(f"ui/{name}.html", context, request=RequestFactory().get("/")))


def squeezed(shown: str) -> str:
    """The page without the room its templates take."""
    shown = re.sub(r"\s+", " ", shown)
    return re.sub(r" ?(</?[^>]*?) ?(/?>) ?", r"\1\2", shown)


class Delivery(forms.Form):
    name = forms.CharField(label="Name", help_text="The one the driver asks for.")
    city = forms.ChoiceField(label="City", choices=[("a", "Azilal"), ("b", "Beni Mellal")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I agree")
    note = forms.CharField(label="Note", required=False)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_template_compiles_and_holds_no_inline_style_or_script(path: Path) -> None:
    get_template(str(path.relative_to(FOLDER)))
    text = path.read_text("utf-8")
    assert re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?! src=)|javascript:", text) is None


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.parent.name == "ui" and p.name != "base.html"], ids=lambda p: p.name)
def test_a_component_says_at_its_top_what_it_is_and_takes(path: Path) -> None:
    assert path.read_text("utf-8").startswith(("{#", "{% comment %}"))


def test_a_button_is_a_link_only_when_it_leads_somewhere() -> None:
    assert re.search(r'<button\s+class="btn btn-danger\b', component("button", label="Refuse", kind="danger"))
    assert re.search(r'<a\s+class="btn\s[^>]*href="/x"', component("button", label="Open", url="/x"))
    assert 'name="answer" value="yes"' in component("button", label="Yes", name="answer", value="yes")


def test_a_product_card_says_four_things_and_one_mark() -> None:
    card = component(
        "card_product", url="/p", name="Miel <de> thym", content="500 g", who="Coop. Nahlat", where="Azilal",
        price=12000, unit_price="240 DH/kg", mark="IGP", drawing="jar", tint="#d9911c",
    )  # fmt: skip
    assert "Miel &lt;de&gt; thym" in card
    assert "Coop. Nahlat&nbsp;· Azilal" in card
    assert '<bdi class="amount">120 DH</bdi>' in card
    assert "240 DH/kg" in card
    assert card.count("mark") == 1
    assert 'color="#d9911c"' in card


def test_a_photo_stands_in_the_same_arch_as_a_drawing() -> None:
    photo = component("arch", src="/m/a.jpg", srcset="/m/a.jpg 400w", alt="A jar")
    assert '<img src="/m/a.jpg" srcset="/m/a.jpg 400w"' in photo
    assert 'alt="A jar" loading="lazy"' in photo
    arch_line = re.search(r'class="arch-line" d="([^"]+)"', photo)
    assert arch_line is not None
    assert arch_line.group(1) in component("arch", drawing="jar")


def test_a_refused_field_keeps_its_value_and_says_what_is_wrong() -> None:
    form = Delivery({"name": "", "note": "Ring twice", "city": "b"})
    name = component("field", field=form["name"])
    assert 'id="id_name_helptext"' in name
    assert 'id="id_name_error"' in name
    assert 'aria-invalid="true"' in name
    assert "This field is required." in name
    assert 'value="Ring twice"' in component("field", field=form["note"])
    assert "optional" in component("field", field=form["note"])
    city = component("field", field=form["city"])
    assert "<legend>City</legend>" in city
    assert re.search(r'value="b"[^>]* checked', city)


def test_what_describes_a_field_exists_under_the_name_the_field_points_to() -> None:
    shown = component("form", form=Delivery({}), label="Send")
    for names in re.findall(r'aria-describedby="([^"]+)"', shown):
        for name in names.split():
            assert f'id="{name}"' in shown


def test_a_refused_form_leads_to_each_of_its_faults() -> None:
    shown = component("form_errors", form=Delivery({"name": "Aicha"}))
    assert 'href="#id_agree"' in shown
    assert 'href="#id_name"' not in shown
    assert component("form_errors", form=Delivery()).strip() == ""


def test_pages_keep_the_questions_of_the_list() -> None:
    page = Paginator(range(30), 10).get_page(2)
    shown = render('{% include "ui/pagination.html" %}', "/products/?q=miel&page=2", page=page)
    assert 'href="?q=miel&amp;page=1"' in shown
    assert 'href="?q=miel&amp;page=3"' in shown
    assert "2 of 3" in shown


def test_a_question_of_the_list_can_be_taken_away() -> None:
    assert render('{% query_with sort="" %}', "/?sort=price&q=miel") == "?q=miel"


def test_a_step_done_is_said_and_the_present_one_is_marked() -> None:
    shown = component("steps", steps=[{"name": "Ordered", "state": "done"}, {"name": "Prepared", "state": "now"}])
    assert "(done)" in shown
    assert shown.count('aria-current="step"') == 1


def test_a_quantity_can_be_typed_and_stepped_without_javascript() -> None:
    shown = component("quantity", value=2, max=5)
    assert 'type="number"' in shown
    assert 'name="quantity" value="2" min="1" max="5"' in shown
    assert 'name="quantity_step" value="more"' in shown


def test_a_tile_shows_nought_but_no_missing_number() -> None:
    assert '<b class="tile-number"><bdi>0</bdi></b>' in component("tile", icon="box", word="Orders", url="/o", number=0)
    assert "tile-number" not in component("tile", icon="help", word="Help", url="/h")


def test_an_alert_is_told_by_sign_as_well_as_colour() -> None:
    shown = {kind: component("alert", kind=kind, text="x") for kind in ("success", "info", "warning", "danger")}
    assert all("<svg" in words for words in shown.values())
    assert component("alert", kind="error", text="x") == shown["danger"]


def test_a_table_row_can_be_read_on_a_phone() -> None:
    shown = component("table", headings=["Order", {"text": "Amount", "number": True}], rows=[[{"text": "152", "url": "/o"}, "9"]])
    assert '<td data-label="Order"><a href="/o">152</a></td>' in shown
    assert '<td data-label="Amount">9</td>' in shown


def test_a_phone_shows_both_directions_and_takes_an_answer() -> None:
    messages = [{"text": "OUI 152", "direction": "in"}, {"text": "Merci", "direction": "out", "parts": 2, "state": "delivered"}]
    shown = component("phone", owner="Fatima", number="+212661000001", messages=messages, action="/in")
    assert "bubble-in" in shown
    assert "2 parts" in shown
    assert 'name="from" value="+212661000001"' in shown


def test_the_frame_shows_basket_account_and_every_language() -> None:
    site = Site(name="Souk", search_url="/s", basket_url="/b", basket_count=3, account_url="/me", account_name="Aicha")
    shown = render('{% include "ui/header.html" %}', site=site)
    assert '<span class="count">3</span>' in shown
    assert 'action="/s"' in shown
    assert "Aicha" in shown
    for own_name in ("العربية", "Français", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "English"):
        assert own_name in shown


def test_a_page_knows_its_language_and_direction() -> None:
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in component("base")
    with translation.override("fr"):
        assert '<html lang="fr" dir="ltr">' in component("base")


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html"])
def test_a_refused_page_says_that_nothing_was_lost(name: str) -> None:
    shown = render_to_string(name, request=RequestFactory().get("/"))
    assert "<h1>" in shown
    assert "btn" in shown


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_a_page_for_when_all_else_fails_needs_nothing_and_speaks_three_languages(name: str) -> None:
    text = (FOLDER / name).read_text("utf-8")
    assert "{%" not in text
    assert "{{" not in text
    assert [lang in text for lang in ('lang="fr"', 'lang="ar" dir="rtl"', 'lang="en"')] == [True] * 3


def test_the_living_page_shows_everything_in_both_directions(client) -> None:
    for language, direction in (("fr", "ltr"), ("ar", "rtl")):
        response = client.get(f"/ui/?lang={language}&theme=dark")
        assert response.status_code == 200
        shown = squeezed(response.content.decode())
        assert f'<html lang="{language}" dir="{direction}" data-theme="dark">' in shown
        for drawing in response.context["drawings"]:
            assert f"<figcaption>{drawing}</figcaption>" in shown


def test_the_page_about_the_look_names_every_drawing_and_tag() -> None:
    look = (Path(__file__).parents[3] / "docs" / "explanation" / "look.md").read_text("utf-8")
    assert [name for name in DRAWINGS if f"`{name}`" not in look] == []
    assert [name for name in (*register.tags, *register.filters) if name not in look and name not in INNER_TAGS] == []
