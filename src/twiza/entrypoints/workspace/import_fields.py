"""What a column of a register, or of a list of products, may hold, in the words of whoever imports it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

FieldGroups = tuple[tuple[Words, dict[str, Words]], ...]

FIELD_GROUPS: FieldGroups = (
    (
        _("Names"),
        {
            "name": _("Name, in any language"),
            "name_fr": _("Name in French"),
            "name_ar": _("Name in Arabic"),
            "name_zgh": _("Name in Tamazight"),
            "acronym": _("Short name"),
        },
    ),
    (
        _("What it is and does"),
        {
            "legal_form": _("Legal form"),
            "sectors": pgettext_lazy("column of a register", "Sector"),
            "branch": _("Branch"),
            "activities": _("Activities or products"),
            "founded_on": _("Day of foundation"),
            "website": _("Website"),
        },
    ),
    (
        _("Where it is"),
        {
            "address": _("Address"),
            "douar": _("Village or hamlet"),
            "commune": pgettext_lazy("column of a register", "Commune"),
            "province": _("Province or prefecture"),
            "region": pgettext_lazy("column of a register", "Region"),
        },
    ),
    (
        _("How to reach it"),
        {"phone": _("Phone"), "whatsapp": "WhatsApp", "email": _("E-mail")},
    ),
    (
        _("Its members"),
        {
            "members_total": _("Number of members"),
            "members_women": _("Women among them"),
            "members_men": _("Men among them"),
            "members_youth": _("Young people among them"),
            "is_womens": _("Is it a women's cooperative?"),
        },
    ),
    (
        _("Its official numbers"),
        {
            "registration": _("Number in the register of cooperatives"),
            "court": _("Court that keeps this register"),
            "ice": _("ICE"),
            "tax_if": _("Tax number (IF)"),
            "cnss": _("CNSS number"),
            "rib": _("Bank account (RIB)"),
            "onssa": _("ONSSA number"),
        },
    ),
)
PRODUCT_FIELD_GROUPS: FieldGroups = (
    (
        _("What it is called"),
        {
            "name": _("Name, in any language"),
            "name_fr": _("Name in French"),
            "name_ar": _("Name in Arabic"),
        },
    ),
    (
        _("What it is"),
        {
            "kind": _("Kind of product"),
            "content": _("How much is in one (500 g, 1 L …)"),
            "unit": _("Unit alone (g, kg, L …)"),
            "price": pgettext_lazy("column of a list", "Price"),
            "stock": _("How many there are"),
        },
    ),
    (
        _("What one sees and reads"),
        {
            "photo": _("Name of the photo"),
            "story": _("Description, in any language"),
            "story_fr": _("Description in French"),
            "story_ar": _("Description in Arabic"),
        },
    ),
    (_("Whose it is"), {"cooperative": pgettext_lazy("column of a list", "Cooperative")}),
)
LICENCES: tuple[tuple[str, Words], ...] = (
    ("", _("I do not know, or none is stated")),
    ("ODbL-1.0", _("ODbL 1.0 (open data of the State)")),
    ("CC-BY-4.0", "CC BY 4.0"),
    ("CC-BY-SA-4.0", "CC BY-SA 4.0"),
    ("CC0-1.0", "CC0 1.0"),
    ("etalab-2.0", "Licence Ouverte 2.0"),
)
ENCODINGS: tuple[tuple[str, Words], ...] = (
    ("utf-8-sig", "UTF-8"),
    ("cp1256", _("Windows, Arabic (1256)")),
    ("cp1252", _("Windows, French (1252)")),
    ("utf-16", "UTF-16"),
)
SEPARATORS: tuple[tuple[str, Words], ...] = (
    (";", _("semicolon ;")),
    (",", _("comma ,")),
    ("\t", _("tab")),
    ("|", _("bar |")),
)
