"""What a cooperative is asked about its page, one screen at a time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.forms import OpeningDetails
from twiza.domain.directory.selectors import CONTACT_KINDS, CONTACT_VISIBILITIES, RECORDING_LANGUAGES

LONGEST_STORY = 4000
NOT_SAID = ("", pgettext_lazy("a choice", "—"))


class SeenForm(forms.Form):
    """A form that remembers which version of the page the person had before her eyes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def said(self) -> dict[str, Any]:
        """The fields of the page, without what is asked for our own sake."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class StoryForm(SeenForm):
    """The story in the reader's own language first."""

    story_fr = forms.CharField(
        label=_("Your story, in French"),
        max_length=LONGEST_STORY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "lang": "fr"}),
        help_text=_("Who you are, how you began, what you make, what you are proud of. Five sentences are plenty."),
    )
    story_ar = forms.CharField(
        label=_("Your story, in Arabic"),
        max_length=LONGEST_STORY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "lang": "ar"}),
        help_text=_("In Darija if you like. One language is enough."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if get_language() in {"ar", "ary"}:
            self.order_fields(["seen", "story_ar", "story_fr"])


class MembersForm(SeenForm):
    """How many, never who."""

    members_total = forms.IntegerField(label=_("How many members are you?"), min_value=1, max_value=100_000, required=False)
    members_women = forms.IntegerField(label=_("Women among them"), min_value=0, max_value=100_000, required=False)
    members_men = forms.IntegerField(label=_("Men among them"), min_value=0, max_value=100_000, required=False)
    members_youth = forms.IntegerField(
        label=_("Young people among them"), min_value=0, max_value=100_000, required=False, help_text=_("Under 35 years.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "class": "input-short"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        total = cleaned.get("members_total")
        for part in ("members_women", "members_men", "members_youth"):
            if total is not None and (cleaned.get(part) or 0) > total:
                self.add_error(part, _("There cannot be more of them than members."))
        return cleaned


class PhotoForm(forms.Form):
    """A picture, and what is on it in words."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/*", "data-shrink": True}),
        help_text=_("Your work, your workshop, your land. Ask whoever is on it."),
        error_messages={"required": _("Choose a photo first.")},
    )
    alt_fr = forms.CharField(
        label=_("What is on it, in French"), max_length=160, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    alt_ar = forms.CharField(
        label=_("What is on it, in Arabic"), max_length=160, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class PhotoWordsForm(forms.Form):
    """What is on a picture that is there already."""

    alt_fr = forms.CharField(label=_("What is on it, in French"), max_length=160, required=False)
    alt_ar = forms.CharField(label=_("What is on it, in Arabic"), max_length=160, required=False)


class VoiceForm(forms.Form):
    """A recording; without one, what is known of the one that is there."""

    recording = forms.FileField(
        label=_("Recording"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.mp3,.aac,.ogg,.oga,.opus,.webm,.3gp,.amr"}),
    )
    language = forms.ChoiceField(label=_("In which language do you speak?"), choices=RECORDING_LANGUAGES)
    transcript = forms.CharField(
        label=_("What you say, written"),
        required=False,
        max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("For whoever cannot hear. Somebody may help you later."),
    )


def _optional_number(value: str) -> int | None:
    return int(value) if value else None


class OpeningForm(forms.Form):
    """Days and hours, souk, season, and when it is closed. Everything may stay empty."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days may one come?"),
        required=False,
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = forms.TimeField(label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes_at = forms.TimeField(label=_("Until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    souk_weekday = forms.TypedChoiceField(
        label=_("On which day are you at the souk?"),
        required=False,
        coerce=_optional_number,
        empty_value=None,
        choices=[NOT_SAID, *WEEKDAYS.items()],
    )
    souk_name = forms.CharField(
        label=_("Which souk?"), required=False, max_length=80, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    season_from_month = forms.TypedChoiceField(
        label=_("Season from"), required=False, coerce=_optional_number, empty_value=None, choices=[NOT_SAID, *MONTHS.items()]
    )
    season_until_month = forms.TypedChoiceField(
        label=_("Season until"), required=False, coerce=_optional_number, empty_value=None, choices=[NOT_SAID, *MONTHS.items()]
    )
    closed_from = forms.DateField(
        label=_("Closed from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    closed_until = forms.DateField(
        label=_("Closed until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    takes_no_orders = forms.BooleanField(
        label=_("Nobody can order during these days"),
        required=False,
        help_text=_("Orders that came before are still yours to send."),
    )

    def details(self) -> OpeningDetails:
        """What was typed."""
        return OpeningDetails(**{**self.cleaned_data, "weekdays": tuple(self.cleaned_data["weekdays"])})


class ContactForm(forms.Form):
    """A number or an address, and who sees it: nobody, until somebody chooses."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=CONTACT_KINDS)
    value = forms.CharField(
        label=_("Number or address"), max_length=254, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it?"), choices=CONTACT_VISIBILITIES, widget=forms.RadioSelect, initial="private"
    )


class VisibilityForm(forms.Form):
    """Who sees a contact that is there already."""

    visibility = forms.ChoiceField(choices=CONTACT_VISIBILITIES)


class ReasonForm(forms.Form):
    """Why a proposed change is refused."""

    reason = forms.CharField(
        label=_("Why do you refuse it?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )
