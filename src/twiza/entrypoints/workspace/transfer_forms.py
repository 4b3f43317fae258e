"""What a keeper says of a transfer. Validates, never saves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.kit.money import read_dirhams

MOST_SHARES = 3


class StatementForm(forms.Form):
    """The bank's file. What is in it is looked at by the service."""

    file = forms.FileField(
        label=_("The account's statement, as a CSV or Excel (XLSX) file"),
        help_text=_("As the bank gives it. Days that were brought before are not counted twice."),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )


class SharesForm(forms.Form):
    """Which orders a transfer is for, and how much of it; `find` answers (payment id, what it lacks) for what was typed."""

    goes_back = forms.BooleanField(label=_("What is left goes back to whoever sent it"), required=False)

    def __init__(self, *args: Any, find: Callable[[str], tuple[int, int] | None], came_centimes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find, self.came_centimes = find, came_centimes
        for place in range(MOST_SHARES):
            self.fields[f"order_{place}"] = forms.CharField(
                label=_("Order number, or the words of the transfer"),
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"dir": "ltr", "list": "awaited", "autocomplete": "off"}),
            )
            self.fields[f"amount_{place}"] = forms.CharField(
                label=_("How much of it, in dirhams"),
                required=False,
                max_length=20,
                widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> Sequence[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"order_{place}"], self[f"amount_{place}"]) for place in range(MOST_SHARES)]

    def clean(self) -> dict[str, Any]:
        """`shares` as the service wants them. Without an amount it is what the order lacks, and at most what is left."""
        said = super().clean() or self.cleaned_data
        shares: list[tuple[int, int]] = []
        left = self.came_centimes
        for place in range(MOST_SHARES):
            typed = str(said.get(f"order_{place}", "")).strip()
            found = self.find(typed) if typed else None
            if found is not None:
                shares.append((found[0], self._amount(place, min(found[1], left))))
                left -= shares[-1][1]
            elif typed:
                self.add_error(f"order_{place}", _("No order waits for a transfer under this number."))
        if not self.errors and left > 0 and not said.get("goes_back"):
            self.add_error("goes_back", _("Something is left over. Say that it goes back, or assign it too."))
        said["shares"] = shares
        return said

    def _amount(self, place: int, otherwise: int) -> int:
        typed = str(self.cleaned_data.get(f"amount_{place}", "")).strip()
        if not typed:
            return otherwise
        centimes = read_dirhams(typed)
        if not centimes:
            self.add_error(f"amount_{place}", _("Write an amount, as 155 or 155.50."))
        return centimes or 0
