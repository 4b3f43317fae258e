"""How many of each line there are, when that is not everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderLine


class PartForm(forms.Form):
    """One question per line, from none to all of it; all of it stands there already."""

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            told = _("%(ordered)s were ordered. Write a number from 0 to %(ordered)s.") % {"ordered": line.quantity}
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                label=line.name_with_content(get_language() or "fr"),
                help_text=_("Ordered: %(ordered)s") % {"ordered": line.quantity},
                min_value=0,
                max_value=line.quantity,
                initial=line.quantity,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input-short", "dir": "ltr"}),
                error_messages={"required": told, "invalid": told, "min_value": told, "max_value": told},
            )

    def pieces(self) -> dict[int, int]:
        """By line. Ask of a valid form."""
        return {int(name.removeprefix("line-")): pieces for name, pieces in self.cleaned_data.items()}
