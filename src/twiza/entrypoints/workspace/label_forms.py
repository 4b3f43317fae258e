"""What a register keeper writes of a label or certificate, with its paper in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.selectors import families_and_kinds
from twiza.domain.directory.selectors import label_schemes
from twiza.domain.directory.services.labels import LabelDetails
from twiza.foundation.places.selectors import provinces_in_memory

if TYPE_CHECKING:
    from twiza.domain.directory.models import Accreditation


@dataclass(frozen=True)
class Choice:
    code: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """Choices under one heading, which may be a choice itself; open when one of them is chosen."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def is_open(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


class NewLabelForm(forms.Form):
    """Whose it is, and which."""

    page = forms.CharField(
        label=_("Address of the cooperative's page"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}),
    )
    scheme = forms.ChoiceField(label=_("Label or certificate"), choices=label_schemes)

    def clean_page(self) -> str:
        """The last word of an address, or that word alone."""
        return str(self.cleaned_data["page"]).strip().rstrip("/").rsplit("/", 1)[-1]


class LabelForm(forms.Form):
    """Its number and dates, the products it is for and the provinces it names."""

    number = forms.CharField(label=_("Number on the paper"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"}))
    issued_by = forms.CharField(label=_("Given by"), max_length=120, required=False)
    valid_from = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kinds = forms.MultipleChoiceField(
        label=_("For which products?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of product.")},
    )
    provinces = forms.MultipleChoiceField(
        label=_("Made in which provinces?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, accreditation: Accreditation, data: Any = None) -> None:
        fields = ("number", "issued_by", "valid_from", "valid_until", "kinds", "provinces")
        super().__init__(data, initial={field: getattr(accreditation, field) for field in fields})
        self._needs_place = accreditation.protects_a_place
        self._known = {kind.code: kind for kind in families_and_kinds()}
        self._places = provinces_in_memory()
        self.fields["kinds"].choices = [(code, kind.name) for code, kind in self._known.items()]  # type: ignore[attr-defined]
        self.fields["provinces"].choices = [(one.code, one.name) for one in self._places]  # type: ignore[attr-defined]

    def clean_provinces(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["provinces"]
        if self._needs_place and not chosen:
            raise forms.ValidationError(_("This label protects the name of a place: choose its provinces."))
        return chosen

    def details(self) -> LabelDetails:
        said = self.cleaned_data
        return LabelDetails(
            said["number"],
            said["issued_by"],
            said["valid_from"],
            said["valid_until"],
            tuple(said["kinds"]),
            tuple(said["provinces"]),
        )

    @property
    def kinds_by_family(self) -> list[Choices]:
        """Each family with itself as the first choice."""
        chosen = set(self["kinds"].value() or ())
        families = [kind for kind in self._known.values() if kind.family_id is None]
        members = {family.code: [kind for kind in self._known.values() if kind.family_id == family.code] for family in families}
        return [
            Choices(
                family.name,
                (
                    Choice(family.code, str(_("All of this family")), family.code in chosen),
                    *(Choice(kind.code, kind.name, kind.code in chosen) for kind in members[family.code]),
                ),
            )
            for family in families
        ]

    @property
    def provinces_by_region(self) -> list[Choices]:
        chosen = set(self["provinces"].value() or ())
        ordered = sorted(self._places, key=lambda one: (one.region_id, one.name))
        grouped: Iterable[tuple[Any, Any]] = groupby(ordered, key=lambda one: one.region)
        return [
            Choices(region.name, tuple(Choice(one.code, one.name, one.code in chosen) for one in some))
            for region, some in grouped
        ]
