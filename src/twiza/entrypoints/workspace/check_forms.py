"""The questions of the last look at a parcel, and why there are more than one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.orders.rules import Fault

if TYPE_CHECKING:
    from twiza.domain.orders.models import Checklist
    from twiza.domain.orders.rules import Faults

WORDS = {
    Fault.REFUSED: _("Parcels that nobody took: %(times)s"),
    Fault.WRONG_GOODS: _("Not what was ordered: %(times)s"),
    Fault.NOT_FOUND: _("The place was not found: %(times)s"),
    Fault.CAME_LATE: _("Came too late: %(times)s"),
    Fault.LATE_ANSWER: _("Orders answered late: %(times)s"),
    Fault.SENT_BACK: _("Sent back by their buyers: %(times)s"),
    Fault.DAMAGED: _("Broken or spoilt: %(times)s"),
    Fault.MISSING: _("Something was missing: %(times)s"),
    Fault.COMPLAINT: _("Other complaints: %(times)s"),
}


class ChecksForm(forms.Form):
    """Every line is to be ticked."""

    checked = forms.MultipleChoiceField(
        label=_("Look at it, then tick:"), widget=forms.CheckboxSelectMultiple(attrs={"required": True})
    )

    def __init__(self, *args: Any, questions: Sequence[Checklist.Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["checked"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(question.value, question.label) for question in questions]
        field.error_messages["required"] = str(_("Tick each line once you have looked."))

    def clean_checked(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["checked"]
        if len(set(ticked)) < len(self["checked"].subwidgets):
            raise forms.ValidationError(_("Tick each line once you have looked."), code="missing")
        return ticked


def faults_in_words(faults: Faults) -> list[str]:
    """What went wrong, each with how often."""
    return [str(words) % {"times": faults.counts[fault]} for fault, words in WORDS.items() if faults.counts[fault]]
