"""What narrows the list of cooperatives."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.selectors import DirectoryFilters, Facets, FacetValue


class DirectoryForm(forms.Form):
    """Each choice says how many cooperatives it would leave."""

    q = forms.CharField(label=_("Name or place"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    region = forms.ChoiceField(label=_("Region"), required=False)
    province = forms.ChoiceField(label=_("Province or prefecture"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    label = forms.ChoiceField(label=_("Label or certificate"), required=False)
    womens = forms.BooleanField(label=_("Women's cooperatives"), required=False)

    def __init__(self, filters: DirectoryFilters, facets: Facets) -> None:
        super().__init__({**vars(filters), "q": filters.text})
        for name, values in (
            ("region", facets.regions),
            ("province", facets.provinces),
            ("sector", facets.sectors),
            ("label", facets.labels),
        ):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, required=False, choices=_choices(values))
        self.fields["womens"].label = f"{self.fields['womens'].label} ({facets.womens})"
        if not facets.labels:
            del self.fields["label"]

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.values())


def filters_in(query: QueryDict) -> DirectoryFilters:
    """What the address asks for. A province of another region than the chosen one is left out."""
    region, province = _code(query, "region"), _code(query, "province")
    return DirectoryFilters(
        text=" ".join(query.get("q", "").replace("\x00", " ").split())[:80],
        region=region,
        province=province if province.startswith(region) else "",
        sector=_code(query, "sector"),
        label=_code(query, "label"),
        womens=query.get("womens", "") in ("on", "1", "true", "True"),
    )


def _choices(values: Iterable[FacetValue]) -> list[tuple[str, str]]:
    return [("", str(_("All"))), *((value.code, f"{value.name} ({value.count})") for value in values)]


def _code(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\x00", "")[:20]
