"""What pages ask of whoever pays cooperatives out. Validates, never saves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.payouts.rules import hold_codes
from twiza.kit import clock
from twiza.kit.money import read_dirhams


class AmountField(forms.CharField):
    """Dirhams as they are typed; centimes."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: object) -> int:
        centimes = read_dirhams(super().clean(value))
        if centimes is None:
            raise forms.ValidationError(_("Write an amount in dirhams, as 120 or 12.50."))
        return centimes


class DayField(forms.DateField):
    """Today, until another day is chosen."""

    widget = forms.DateInput(attrs={"type": "date"})

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        self.initial = clock.today().isoformat()
        return super().get_bound_field(form, field_name)


class DraftForm(forms.Form):
    until = DayField(label=_("What was earned up to which day?"))
    least = AmountField(
        label=_("Least amount, in dirhams"), initial="50", help_text=_("Whoever is owed less waits for the next time.")
    )


class DropForm(forms.Form):
    reason = forms.CharField(label=_("Why is it dropped?"), max_length=240)


class PaidForm(forms.Form):
    reference = forms.CharField(label=_("The reference on the statement or the slip"), max_length=60)
    on = DayField(label=_("On which day did it leave?"))


class ReconcileForm(forms.Form):
    amount = AmountField(label=_("What left in all, as the statement says, in dirhams"))


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Why did it come back, as the bank says?"), max_length=240)
    on = DayField(label=_("On which day did it come back?"))


class HoldForm(forms.Form):
    code = forms.ChoiceField(label=_("Why is the money held?"), choices=hold_codes)
    reason = forms.CharField(
        label=_("In words that the cooperative reads"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(label=_("For how many days, 30 at most?"), min_value=1, max_value=30, initial=7)


class AnswerForm(forms.Form):
    words = forms.CharField(label=_("Your answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    is_lifted = forms.BooleanField(label=_("Let the money go"), required=False)


class ObjectionForm(forms.Form):
    words = forms.CharField(label=_("Why should you be paid?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
