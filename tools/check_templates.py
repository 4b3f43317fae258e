"""Every template can be read: no unknown tag, no missing file, no style or script written into a page."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import django

FORBIDDEN = re.compile(r"""\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\bsrc=)(?![^>]*type="application/(?:ld\+)?json")""")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twiza.config.settings")
    django.setup()
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    wrong = []
    for path in sorted(Path("src/twiza").rglob("templates/**/*.html")):
        name = str(path).split("/templates/", 1)[1]
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            wrong.append(f"{path}: {error}")
        wrong += [f"{path}: written into the page: {found[0].strip()}" for found in FORBIDDEN.finditer(path.read_text("utf-8"))]
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
