"""What is typed about something sent back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.aftersales.models import Return
from twiza.domain.orders.models import OrderLine
from twiza.domain.payments.models import Refund


class AskReturnForm(forms.Form):
    """Which lines are sent back: all that may be, unless the buyer keeps some."""

    lines = forms.TypedMultipleChoiceField(
        label=_("What do you send back?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that may be sent back.")},
    )

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        choices = [(line.pk, f"{line.quantity} × {line.name} {line.content}".strip()) for line in lines]
        super().__init__(*args, **kwargs)
        field = self.fields["lines"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = choices
            field.initial = [pk for pk, _words in choices]


class RejectReturnForm(forms.Form):
    """Why the cooperative need not take it back."""

    reason = forms.ChoiceField(label=_("Why?"), choices=Return.Reason.choices, widget=forms.RadioSelect)


class RefundForm(forms.Form):
    """How the money was given back."""

    how = forms.ChoiceField(
        label=_("How did you give it back?"),
        choices=[(how.value, how.label) for how in Refund.How if how != Refund.How.CARD],
        widget=forms.RadioSelect,
    )
