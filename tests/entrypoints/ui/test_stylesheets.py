"""The styles a browser loads: current, small, readable, the same in both directions."""

import gzip
import re

import pytest
from django.core.files.storage import storages
from django.core.management import call_command

from twiza.entrypoints.ui.stylesheet import BUNDLES, SOURCES, STATIC, join_styles
from twiza.entrypoints.ui.tokens import READABLE, SOURCE, colours, contrast_table

BUDGET_BYTES = {
    "twiza.css": 8_000,
    "workspace.css": 3_800,
    "money.css": 1_000,
    "demo.css": 2_000,
    "map.css": 1_500,
    "register.css": 1_500,
    "page.css": 1_800,
    "labels.css": 900,
    "htmx.min.js": 14_000,
    "twiza.js": 2_000,
    "photo.js": 1_000,
}
FONT_BUDGET_BYTES = 10_000
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)"
    r"|left|right|top|bottom|(min-|max-)?(width|height)|border-(top|bottom)-(left|right)-radius)\s*:"
    r"|(text-align|float|clear):\s*(left|right)"
)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_is_what_its_sources_say(bundle: str) -> None:
    assert (STATIC / bundle).read_text("utf-8") == join_styles(bundle), "run: python -m twiza.entrypoints.ui.stylesheet"


def test_every_source_is_in_exactly_one_bundle() -> None:
    bundled = [path for patterns in BUNDLES.values() for pattern in patterns for path in SOURCES.glob(pattern)]
    assert sorted(bundled) == sorted(SOURCES.rglob("*.css"))


@pytest.mark.parametrize("source", sorted(SOURCES.rglob("*.css")), ids=lambda path: path.name)
def test_styles_know_no_left_or_right(source) -> None:
    rules = re.sub(r"@media[^{]*", "", source.read_text("utf-8"))
    assert [found.group(0) for found in PHYSICAL.finditer(rules)] == []


@pytest.mark.parametrize("name", BUDGET_BYTES)
def test_what_a_browser_loads_stays_small(name: str) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= BUDGET_BYTES[name]


def test_fonts_are_subsets() -> None:
    sizes = {font.name: font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")}
    assert set(sizes) == {"kufi-arabic-bold.woff2", "tifinagh-regular.woff2"}
    assert max(sizes.values()) <= FONT_BUDGET_BYTES


def test_every_pair_of_colours_can_be_read_in_both_themes() -> None:
    hard_to_read = [pair for pair in contrast_table() if min(pair.light, pair.dark) < READABLE]
    assert hard_to_read == []


def test_edges_of_fields_can_be_seen() -> None:
    assert {"edge", "card", "paper"} <= set(colours())


def test_a_browser_without_light_dark_gets_the_light_theme() -> None:
    first_block = SOURCE.read_text("utf-8").split("@supports")[0]
    plain = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", first_block))
    assert plain == {name: light for name, (light, _dark) in colours().items()}


def test_static_files_can_be_collected_under_names_that_change_with_their_content(tmp_path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "account", "mfa"])
    sheet = (tmp_path / storages["staticfiles"].stored_name("ui/twiza.css")).read_text("utf-8")
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', sheet)
    assert len(fonts) == 2
    assert all((tmp_path / "ui" / font).exists() for font in fonts)
