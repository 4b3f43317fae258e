"""What a cooperative is asked of its tax. Validates, never saves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.kit import clock


class TaxForm(forms.Form):
    """From a day on; today when nothing is changed."""

    regime = forms.ChoiceField(
        label=_("How is it with your TVA?"),
        choices=[
            ("exempt_coop", _("We are exempt, as a cooperative")),
            ("exempt_small", _("We are exempt, as a small producer (500,000 DH a year at most)")),
            ("vat", _("We pay TVA: it is in our prices")),
        ],
        widget=forms.RadioSelect,
    )
    valid_from = forms.DateField(
        label=_("From which day on?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Invoices issued before stay as they are."),
        initial=clock.today,
    )
