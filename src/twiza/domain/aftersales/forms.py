"""What is typed about something sent back, or something wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.aftersales.models.complaints import MOST_WORDS
from twiza.domain.aftersales.selectors import OfferedLine
from twiza.domain.aftersales.services import Settlement
from twiza.domain.orders.models import OrderLine
from twiza.domain.payments.models import Refund
from twiza.kit.folding import fold
from twiza.kit.money import plain, read_dirhams


class AskReturnForm(forms.Form):
    """How many of each line are sent back: all that may be, unless the buyer keeps some."""

    def __init__(self, *args: Any, lines: Iterable[OfferedLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in lines:
            self.fields[f"line-{one.line.pk}"] = forms.IntegerField(
                label=f"{one.line.name} {one.line.content}".strip(),
                help_text=_("Of %(left)s that may be sent back. Write 0 to keep them.") % {"left": one.left},
                min_value=0,
                max_value=one.left,
                initial=one.left,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input-short", "dir": "ltr"}),
                error_messages={"max_value": _("No more than %(left)s of it may be sent back.") % {"left": one.left}},
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not any(given.values()):
            raise forms.ValidationError(_("Choose at least one thing that may be sent back."), code="nothing")
        return given

    def pieces(self) -> dict[int, int]:
        """By line. Ask of a valid form."""
        return {int(name.removeprefix("line-")): pieces for name, pieces in self.cleaned_data.items()}


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


class ComplaintForm(forms.Form):
    """What is wrong with which line. Words and a photo help, and may be left out."""

    line = forms.TypedChoiceField(
        label=_("What is it about?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Complaint.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    pieces = forms.IntegerField(
        label=_("How many of them?"), min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"})
    )
    words = forms.CharField(
        label=_("Say it in your words"), max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = forms.FileField(
        label=_("A photo of it"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-shrink": True}),
        help_text=_("Only the cooperative and whoever runs the storefront see it."),
    )

    def __init__(self, *args: Any, lines: Sequence[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [(line.pk, f"{line.quantity} × {line.name} {line.content}".strip()) for line in lines]
            field.initial = lines[0].pk if len(lines) == 1 else None
        self.fields["pieces"].initial = lines[0].quantity if len(lines) == 1 else 1


class SettlementForm(forms.Form):
    """What a cooperative offers, or an operator decides, who always says why. `most_centimes` is what may still go back."""

    kind = forms.ChoiceField(
        label=_("What is right?"),
        choices=Complaint.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is right.")},
    )
    amount = forms.CharField(
        label=_("How much, in dirhams?"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input-short", "dir": "ltr"}),
    )
    words = forms.CharField(
        label=_("Say why"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the buyer reads it.")},
        help_text=_("The buyer reads it. When nothing is owed, it must be said why."),
    )

    def __init__(self, *args: Any, most_centimes: int, is_decision: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = is_decision
        self.fields["amount"].initial = plain(most_centimes)
        self.fields["amount"].help_text = _("When you give money back: %(most)s DH at most.") % {"most": plain(most_centimes)}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == Complaint.Answer.REFUND:
            centimes = read_dirhams(fold(given.get("amount") or ""))
            if not centimes:
                self.add_error("amount", _("This is not an amount. Write it as 90 or 12,50."))
            given["centimes"] = centimes or 0
        if given.get("kind") == Complaint.Answer.REFUSE and not given.get("words"):
            self.add_error("words", _("Say why: the buyer reads it."))
        return given

    def settlement(self) -> Settlement:
        given = self.cleaned_data
        return Settlement(given["kind"], given.get("centimes", 0), given["words"])


class SendAgainForm(forms.Form):
    """How to find the new parcel."""

    tracking = forms.CharField(
        label=_("Tracking number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
