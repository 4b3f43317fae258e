"""The questions about who belongs to a cooperative and who acts for it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.forms import CLAIM_REASONS
from twiza.kit.phone import read_phone

ROLES = (("member", _("Member")), ("treasurer", _("Treasurer")), ("president", _("President")))

# What only the cooperative's own people may say is not for the register's keeper.
REASONS = [(code, words) for code, words in CLAIM_REASONS.items() if code != "objected"]


class NewMemberForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        help_text=_("With this number the person signs in and answers by text."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off", "dir": "ltr"}),
    )
    role = forms.ChoiceField(label=_("What does the person do?"), choices=ROLES, initial="member")

    def clean_phone(self) -> str:
        number = read_phone(self.cleaned_data["phone"])
        if number is None:
            raise forms.ValidationError(_("This is not a phone number we can call. Write it as 06 12 34 56 78."))
        return number


class MandateForm(forms.Form):
    cooperative = forms.CharField(
        label=_("Which cooperative?"),
        max_length=300,
        help_text=_("Its telephone number, or the address of its page in the directory."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}),
    )


class ClaimRefusalForm(forms.Form):
    """Why the papers do not show it: one of our reasons, translated for whoever reads it, or words."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)  # noqa: S101 -- declared above
        reason.choices = [*REASONS, ("other", _("Another reason"))]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == "other" and not cleaned.get("words"):
            self.add_error("words", _("Write the reason."))
        return cleaned

    def chosen_reason(self) -> str:
        """The name of one of our reasons, or the words typed."""
        return str(self.cleaned_data["words"] if self.cleaned_data["reason"] == "other" else self.cleaned_data["reason"])
