"""What a cooperative is asked about its prices. Validates, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.forms import DIGITS, DirhamsField

ROWS = 3


class ManyForm(forms.Form):
    """From how many pieces on each costs less. A row left empty says nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, ROWS + 1):
            self.fields[f"pieces_{row}"] = forms.IntegerField(
                label=_("From how many pieces"),
                required=False,
                min_value=2,
                max_value=999,
                localize=True,
                widget=forms.TextInput(attrs={**DIGITS, "dir": "ltr"}),
            )
            self.fields[f"price_{row}"] = DirhamsField(label=_("Each costs, in dirhams"), required=False, max_length=20)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"pieces_{row}"], self[f"price_{row}"]) for row in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in range(1, ROWS + 1):
            for said, other in ((f"pieces_{row}", f"price_{row}"), (f"price_{row}", f"pieces_{row}")):
                if cleaned.get(said) and other in cleaned and not cleaned[other]:
                    self.add_error(other, _("Write both, or neither."))
        return cleaned

    def steps(self) -> list[tuple[int, int]]:
        """Ask of a valid form."""
        rows = ((self.cleaned_data[f"pieces_{row}"], self.cleaned_data[f"price_{row}"]) for row in range(1, ROWS + 1))
        return [(pieces, centimes) for pieces, centimes in rows if pieces]
