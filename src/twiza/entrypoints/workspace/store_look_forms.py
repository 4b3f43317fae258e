"""A storefront's colour and its logo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.storefronts.errors import NoColour
from twiza.domain.storefronts.rules import PALETTE

OUR_OWN = "ours"
ANOTHER = "another"
FIRST_COLOUR = PALETTE[0][0]


class ColourForm(forms.Form):
    """One of those proposed, ours, or any other that can be read."""

    colour = forms.ChoiceField(label=_("Colour"), choices=[(OUR_OWN, OUR_OWN), *PALETTE, (ANOTHER, ANOTHER)])
    other = forms.CharField(
        label=_("Another colour"),
        required=False,
        max_length=9,
        widget=forms.TextInput(attrs={"type": "color"}),
    )

    @classmethod
    def showing(cls, colour: str) -> ColourForm:
        """As it stands: the colour of the storefront is chosen."""
        proposed = {known for known, _name in PALETTE}
        chosen = OUR_OWN if not colour else colour if colour in proposed else ANOTHER
        return cls(initial={"colour": chosen, "other": colour or FIRST_COLOUR})

    @property
    def typed(self) -> str:
        """What was chosen, as `#rrggbb`; empty for ours."""
        said: dict[str, Any] = self.cleaned_data
        if said["colour"] == OUR_OWN:
            return ""
        return str(said["other"] if said["colour"] == ANOTHER else said["colour"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("colour") == ANOTHER and not cleaned.get("other"):
            self.add_error("other", str(NoColour()))
        return cleaned


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("Logo"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("A picture (PNG, JPEG, WebP). It is shown small, on white."),
        error_messages={"required": _("Choose a picture first.")},
    )
