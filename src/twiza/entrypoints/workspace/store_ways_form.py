"""How one pays and receives in a storefront, and which languages it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.selectors import carriers
from twiza.domain.payments.selectors import providers
from twiza.domain.storefronts.selectors import Ways
from twiza.entrypoints.ui.templatetags.ui import OWN_NAMES


class StoreWaysForm(forms.Form):
    """Each question is answered by one box at least."""

    payments = forms.MultipleChoiceField(label=_("How may one pay?"), widget=forms.CheckboxSelectMultiple)
    carriers = forms.MultipleChoiceField(label=_("How does the parcel come?"), widget=forms.CheckboxSelectMultiple)
    confirm_within_hours = forms.TypedChoiceField(
        label=_("How long does a parcel paid on delivery wait for its buyer's yes?"),
        help_text=_("Without a yes by text, on its page or by telephone, it is not sent and its goods may be sold again."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("It waits as long as it must")),
            (12, _("12 hours")),
            (24, _("one day")),
            (48, _("two days")),
            (72, _("three days")),
        ],
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages does it speak?"),
        help_text=_("Readers of another language are shown the first."),
        widget=forms.CheckboxSelectMultiple,
    )
    first_language = forms.ChoiceField(label=_("Its first language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(code, OWN_NAMES.get(code, str(name))) for code, name in settings.LANGUAGES]
        self._offer("payments", [(one.code, str(one.name)) for one in providers()])
        self._offer("carriers", [(one.code, str(one.name)) for one in carriers()])
        self._offer("languages", spoken)
        self._offer("first_language", spoken)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "languages" in cleaned and cleaned.get("first_language") not in cleaned["languages"]:
            self.add_error("first_language", _("Its first language is one of those it speaks."))
        return cleaned

    def ways(self) -> Ways:
        """What was chosen, the first language first."""
        said = self.cleaned_data
        languages = dict.fromkeys([said["first_language"], *said["languages"]])
        return Ways(tuple(said["payments"]), tuple(said["carriers"]), tuple(languages), said["confirm_within_hours"])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)


def as_typed(ways: Ways) -> dict[str, Any]:
    """What the form shows of what holds."""
    return {
        "payments": list(ways.payments), "carriers": list(ways.carriers), "languages": list(ways.languages),
        "first_language": ways.languages[0] if ways.languages else "",
        "confirm_within_hours": ways.confirm_within_hours or "",
    }  # fmt: skip
