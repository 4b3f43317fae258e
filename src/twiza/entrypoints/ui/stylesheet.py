"""Joins the component styles into the few files a page loads: `python -m twiza.entrypoints.ui.stylesheet`."""

import re
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "ui"
SOURCES = Path(__file__).parent / "styles"

BUNDLES: dict[str, tuple[str, ...]] = {
    "twiza.css": ("reset.css", "tokens.css", "base.css", "components/*.css"),
    "workspace.css": ("workspace/*.css",),
    "money.css": ("money/*.css",),
    "demo.css": ("demo/*.css",),
    "map.css": ("map/*.css",),
    "register.css": ("register/*.css",),
    "page.css": ("page/*.css",),
    "labels.css": ("labels/*.css",),
    "paper.css": ("paper/*.css",),
}


def join_styles(bundle: str) -> str:
    """The text of one bundle: its sources in order, without comments and without room between signs."""
    text = "\n".join(source.read_text("utf-8") for source in _sources_of(bundle))
    return _squeeze(text)


def write_stylesheets() -> None:
    """Every bundle in `static/ui/` is what its sources say now."""
    for bundle in BUNDLES:
        (STATIC / bundle).write_text(join_styles(bundle), "utf-8")


def _sources_of(bundle: str) -> list[Path]:
    return [path for pattern in BUNDLES[bundle] for path in sorted(SOURCES.glob(pattern))]


def _squeeze(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,])\s*", r"\1", text)
    return text.replace(";}", "}").replace("}", "}\n").strip() + "\n"


if __name__ == "__main__":
    write_stylesheets()
