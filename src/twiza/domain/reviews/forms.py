"""What is typed about something that arrived, and about what is said of it. Validates, never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.reviews.models import MOST_WORDS, Hiding, Review
from twiza.domain.reviews.models.review import MOST_ANSWER, MOST_NAME
from twiza.domain.reviews.services import Opinion

IN_WORDS = {
    5: _("5 stars: very good"),
    4: _("4 stars: good"),
    3: _("3 stars: middling"),
    2: _("2 stars: bad"),
    1: _("1 star: very bad"),
}


class ReviewForm(forms.Form):
    """Stars, words, and whether the first name may stand beside them."""

    stars = forms.TypedChoiceField(
        label=_("What do you think of it?"),
        coerce=int,
        choices=list(IN_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose between one and five stars.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=MOST_WORDS,
        help_text=_("What did you like, what not? Phone numbers and links are covered."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    is_named = forms.BooleanField(
        label=_("Show my first name and my commune"),
        required=False,
        help_text=_("Otherwise everybody reads: a buyer."),
    )
    first_name = forms.CharField(
        label=_("Your first name"),
        required=False,
        max_length=MOST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_named") and not cleaned.get("first_name", "").strip():
            self.add_error("first_name", _("Write the first name that may be shown."))
        return cleaned

    def opinion(self, language: str) -> Opinion:
        """Ask of a valid form."""
        given = self.cleaned_data
        return Opinion(given["stars"], given["words"], given["first_name"] if given["is_named"] else "", language)

    @staticmethod
    def initial_of(review: Review | None, buyer_name: str) -> dict[str, Any]:
        """What was said before; the first word of the buyer's name is proposed."""
        first = (buyer_name.split() or [""])[0][:MOST_NAME]
        if review is None:
            return {"first_name": first}
        named = bool(review.first_name)
        return {"stars": review.stars, "words": review.words, "is_named": named, "first_name": review.first_name or first}


class AnswerForm(forms.Form):
    """The cooperative's one answer."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_ANSWER,
        help_text=_("Everybody reads it under the review. You can change it for one day."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class HidingForm(forms.Form):
    """Why a review should not be shown."""

    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=Hiding.choices, widget=forms.RadioSelect)
