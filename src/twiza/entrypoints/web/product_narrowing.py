"""What narrows a list of products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import BANDS, AskedCooperative, Band, Destination, ProductFilters, ProductList
from twiza.domain.delivery.selectors import reach_of
from twiza.domain.directory.selectors import FacetValue, listed_name, name_choices, named
from twiza.domain.storefronts.selectors import LABELS, ways_of
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.web.narrowing import YES, Panel, Taken, address_with, code_in, filters_in, offer_places
from twiza.entrypoints.web.product_order import sort_in
from twiza.foundation.places.selectors import find_commune, get_commune
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import ProductKind
    from twiza.domain.storefronts.models import Storefront


def product_filters_in(query: QueryDict, kinds: Mapping[str, ProductKind], storefront: Storefront) -> ProductFilters:
    """What the address asks for; what nobody knows is left out."""
    said = filters_in(query)
    band = code_in(query, "price")
    return ProductFilters(
        text=said.text,
        kind=kinds.get(code_in(query, "kind")),
        region=said.region,
        province=said.province,
        label=said.label if any(said.label == scheme for scheme, _name in LABELS) else "",
        band=band if any(band == one.code for one in BANDS) else "",
        month=str(clock.today().month) if query.get("season", "") in YES else "",
        maker=_cooperative_in(query),
        to=_destination_in(query, storefront),
        womens=said.womens,
        asked_sort=sort_in(query),
    )


def _cooperative_in(query: QueryDict) -> AskedCooperative | None:
    slug = code_in(query, "cooperative")
    found = listed_name(slug, get_language() or "fr") if slug else None
    return AskedCooperative(found[0], slug, found[1]) if found else None


def _destination_in(query: QueryDict, storefront: Storefront) -> Destination | None:
    """The commune that was written, or its code; None for what is no commune, or several."""
    said = code_in(query, "to").strip()
    commune = (get_commune(said) or find_commune(said)) if said else None
    if commune is None:
        return None
    reach = reach_of(commune, ways_of(storefront).carriers, storefront.operator_id)
    if reach.others:
        return Destination(commune.pk, commune.name)
    if reach.own_region:
        return Destination(commune.pk, commune.name, region=commune.province.region_id)
    return Destination(commune.pk, commune.name, province=commune.province_id, is_reached=reach.own_province)


def asked_of(filters: ProductFilters) -> dict[str, str]:
    """The choices as parameters of an address."""
    return {
        "q": filters.text,
        "kind": filters.kind.code if filters.kind else "",
        "region": filters.region,
        "province": filters.province,
        "label": filters.label,
        "price": filters.band,
        "season": "on" if filters.month else "",
        "cooperative": filters.maker.slug if filters.maker else "",
        "to": filters.to.code if filters.to else "",
        "womens": "on" if filters.womens else "",
        "sort": filters.sort.value if filters.sort.is_by_price else "",
    }


def product_panel(filters: ProductFilters, found: ProductList, kinds: Mapping[str, ProductKind]) -> Panel:
    """Kinds of the family chosen, places, prices, women's cooperatives. Families stand above the list."""
    kind, panel = filters.kind, Panel(asked_of(filters))
    if kind is not None:
        family = kind.family_id or kind.code
        names = {one.code: one.name for one in kinds.values() if one.family_id == family}
        panel.offer("kind", _("Kind"), named(found.counts.get("made", {}), names, kind.code), is_open=True)
    if filters.to is not None:
        words = _("Delivered to %(place)s") % {"place": filters.to.name}
        panel.taken.append(Taken(words, address_with(panel.asked, to="")))
    if filters.maker is not None:
        panel.taken.append(Taken(filters.maker.name, address_with(panel.asked, cooperative="")))
    facets = name_choices(found.counts, region=filters.region, province=filters.province, label=filters.label)
    offer_places(panel, facets)
    panel.offer("label", _("Label or certificate"), facets.labels)
    panel.offer("price", _("Price"), _prices(found, filters.band))
    in_season = found.counts.get("month", {}).get(str(clock.today().month), 0)
    more = {"season": (_("In season now"), in_season), "womens": (_("Women's cooperatives"), facets.womens)}
    panel.offer_flags(_("More choices"), more)
    return panel


def _prices(found: ProductList, chosen: str) -> list[FacetValue]:
    values = {
        value.code: value for value in named(found.counts.get("band", {}), {band.code: _words(band) for band in BANDS}, chosen)
    }
    return [values[band.code] for band in BANDS if band.code in values]


def _words(band: Band) -> str:
    language = get_language() or "fr"
    least, most = write_dirhams(band.least_centimes, language), write_dirhams(band.most_centimes, language)
    if not band.most_centimes:
        return _("%(least)s and more") % {"least": least}
    return (
        _("%(least)s to %(most)s") % {"least": least, "most": most}
        if band.least_centimes
        else _("under %(most)s") % {"most": most}
    )
