"""What narrows a list, as links: each choice with how many it leaves, each one made with a link that takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from twiza.domain.directory.selectors import DirectoryFilters, Facets, FacetValue

# Choosing anew in one takes the other back.
WITHIN = {"region": ("province",)}
MOST_OPEN = 8


@dataclass(frozen=True)
class Choice:
    name: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """One question with its choices; folded when there are many and none is chosen."""

    name: str
    choices: tuple[Choice, ...]
    is_open: bool


@dataclass(frozen=True)
class Taken:
    """A choice that was made, and the address without it."""

    name: str
    url: str


@dataclass
class Panel:
    """What a page shows of its choices. `asked` is what the address asks now, by parameter; other parameters are left out."""

    asked: Mapping[str, str]
    groups: list[Group] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form with new words keeps."""
        return [(name, value) for name, value in self.asked.items() if value and name != "q"]

    def offer(self, parameter: str, name: str, values: Iterable[FacetValue], *, is_open: bool = False) -> None:
        """A group of choices for a parameter; nothing when there is no choice."""
        chosen = self.asked.get(parameter, "")
        choices = tuple(self._choice(parameter, value, chosen) for value in values)
        if choices:
            is_open = is_open or len(choices) <= MOST_OPEN or bool(chosen)
            self.groups.append(Group(name, choices, is_open))
        self.taken += [Taken(one.name, one.url) for one in choices if one.is_chosen]

    def offer_flags(self, name: str, flags: Mapping[str, tuple[str, int]]) -> None:
        """Choices that are made or not: by parameter, the words and how many it leaves."""
        choices = []
        for parameter, (words, count) in flags.items():
            is_chosen = bool(self.asked.get(parameter))
            if count or is_chosen:
                choices.append(Choice(words, count, self._url(parameter, "" if is_chosen else "on"), is_chosen))
        if choices:
            self.groups.append(Group(name, tuple(choices), is_open=True))
        self.taken += [Taken(one.name, one.url) for one in choices if one.is_chosen]

    def _choice(self, parameter: str, value: FacetValue, chosen: str) -> Choice:
        is_chosen = value.code == chosen
        return Choice(value.name, value.count, self._url(parameter, "" if is_chosen else value.code), is_chosen)

    def _url(self, parameter: str, value: str) -> str:
        left_out = WITHIN.get(parameter, ())
        return address_with(self.asked, **{parameter: value}, **dict.fromkeys(left_out, ""))


def address_with(asked: Mapping[str, str], **changes: object) -> str:
    """The same list with these questions asked otherwise; an empty value takes one back. Nothing else that an address may hold
    goes along."""
    questions = {name: str(said) for name, said in {**asked, **changes}.items() if said}
    return f"?{urlencode(questions)}"


def asked_in(filters: DirectoryFilters) -> dict[str, str]:
    """The choices as parameters of an address."""
    return {
        "q": filters.text,
        "region": filters.region,
        "province": filters.province,
        "sector": filters.sector,
        "label": filters.label,
        "womens": "on" if filters.womens else "",
        "online": "on" if filters.online else "",
    }


def offer_places(panel: Panel, facets: Facets) -> None:
    """Regions; the provinces of the one chosen."""
    panel.offer("region", _("Region"), facets.regions)
    if panel.asked.get("region"):
        panel.offer("province", _("Province or prefecture"), facets.provinces)


def offer_what_they_are(panel: Panel, facets: Facets) -> None:
    """Sectors, labels, women's cooperatives, and those that sell here."""
    panel.offer("sector", _("Sector"), facets.sectors)
    panel.offer("label", _("Label or certificate"), facets.labels)
    flags = {"womens": (_("Women's cooperatives"), facets.womens), "online": (_("Sells here"), facets.online)}
    panel.offer_flags(_("More choices"), flags)


def filters_in(query: QueryDict) -> DirectoryFilters:
    """What the address asks for. A province of another region than the chosen one is left out."""
    region, province = code_in(query, "region"), code_in(query, "province")
    return DirectoryFilters(
        text=" ".join(query.get("q", "").replace("\x00", " ").split())[:80],
        region=region,
        province=province if province.startswith(region) else "",
        sector=code_in(query, "sector"),
        label=code_in(query, "label"),
        womens=query.get("womens", "") in YES,
        online=query.get("online", "") in YES,
    )


def code_in(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\x00", "")[:40]


def page_in(query: QueryDict) -> int:
    typed = query.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


YES = frozenset({"on", "1", "true", "True"})
