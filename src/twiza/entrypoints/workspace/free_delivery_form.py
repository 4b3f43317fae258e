"""From which amount on sending is free in a storefront, and who bears it, typed as people type."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.delivery.forms import FeeField
from twiza.kit import clock


class FreeDeliveryForm(forms.Form):
    valid_from = forms.DateField(label=_("From which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    least = FeeField(
        label=_("From which amount is sending free, in dirhams?"),
        help_text=_("Of what one cooperative sends, chosen here. Leave it empty: buyers pay for sending again."),
        required=False,
        max_length=12,
    )
    cooperative_percent = forms.IntegerField(
        label=_("How much of it do the cooperatives bear, in percent?"),
        help_text=_("0: you bear all of it. Otherwise it holds only for the cooperatives that agree; you bear the rest."),
        min_value=0,
        max_value=100,
        initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input-short", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today() + timedelta(days=1)
