"""The shape of what is said of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django import forms
from django.utils.translation import gettext_lazy as _

# Why papers do not show that a page is somebody's; another reason is written in words.
CLAIM_REASONS = {
    "unreadable": _("We cannot read your papers. Please send sharper photos."),
    "not_named": _("Your name is not in these papers."),
    "another": _("These papers are of another cooperative."),
    "incomplete": _("A paper is missing: the receipt of the register or the statutes, and your identity card."),
    "objected": _("The people of the cooperative say that they do not know you."),
}


def reason_words(reason: str) -> str:
    """The reason in the reader's language, when it is one of ours; else as it was written."""
    return str(CLAIM_REASONS.get(reason, reason))


@dataclass(frozen=True)
class ContactDetails:
    """`value` is a number in E.164 or an e-mail address; `visibility` public, partners or private."""

    kind: str
    value: str
    visibility: str = "private"
    role: str = ""


@dataclass(frozen=True)
class IdentifierDetails:
    """`scheme` as in Identifier.Scheme; `court` for a registration number."""

    scheme: str
    value: str
    court: str = ""


@dataclass(frozen=True)
class OrganisationDetails:
    """Everything a revision says, and with a registration its first contacts and numbers."""

    name_fr: str = ""
    name_ar: str = ""
    name_zgh: str = ""
    acronym: str = ""
    story_fr: str = ""
    story_ar: str = ""
    legal_form: str = ""
    sectors: tuple[str, ...] = ()
    activities: str = ""
    commune_code: str = ""
    province_code: str = ""
    address: str = ""
    douar: str = ""
    members_total: int | None = None
    members_women: int | None = None
    members_men: int | None = None
    members_youth: int | None = None
    is_womens: bool = False
    founded_on: date | None = None
    website: str = ""
    contacts: tuple[ContactDetails, ...] = ()
    identifiers: tuple[IdentifierDetails, ...] = ()


class BankAccountForm(forms.Form):
    """The account as it stands on the bank's paper. Its key is checked by the service."""

    rib = forms.CharField(
        label=_("Account number (RIB)"),
        help_text=_("24 digits, on the paper your bank gave you. Spaces do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        error_messages={"required": _("Write the 24 digits of the RIB."), "max_length": _("Write the 24 digits of the RIB.")},
    )


NOT_SAID_BY_REVISION = frozenset({"contacts", "identifiers"})
SAID_BY_REVISION = tuple(name for name in OrganisationDetails.__dataclass_fields__ if name not in NOT_SAID_BY_REVISION)


@dataclass(frozen=True)
class OpeningDetails:
    """When one may come. Weekdays from 0 (Monday), months from 1; whatever is empty is not said.

    `takes_no_orders`: while it is closed, nobody can order either.
    """

    weekdays: tuple[int, ...] = ()
    opens_at: time | None = None
    closes_at: time | None = None
    souk_weekday: int | None = None
    souk_name: str = ""
    season_from_month: int | None = None
    season_until_month: int | None = None
    closed_from: date | None = None
    closed_until: date | None = None
    takes_no_orders: bool = False


class ReportForm(forms.Form):
    """What is no longer as the page says."""

    words = forms.CharField(
        label=_("What changed?"),
        help_text=_("For example: we are 24 now, and Hajja presides."),
        max_length=480,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={
            "required": _("Write what changed, in a few words."),
            "max_length": _("Write it shorter; we call you for the rest."),
        },
    )
