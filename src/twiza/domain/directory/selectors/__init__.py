"""The directory's questions."""

from twiza.domain.directory.selectors.counting import (
    RegisterAtAGlance,
    Spread,
    listed_cooperatives,
    register_at_a_glance,
    spread_of_cooperatives,
)
from twiza.domain.directory.selectors.finding import (
    CooperativeCard,
    CooperativeList,
    DirectoryFilters,
    Facets,
    FacetValue,
    cooperative_cards,
    find_cooperatives,
)
from twiza.domain.directory.selectors.open_data import OpenRecord, open_records, public_addresses
from twiza.domain.directory.selectors.people import (
    cooperatives_run_by,
    get_cooperative_for,
    get_organisation_for,
    organisations_of,
    people_receiving_texts,
)
from twiza.domain.directory.selectors.public import (
    PublicContact,
    PublicIdentifier,
    PublicLabel,
    PublicOrganisation,
    get_public_organisation,
)

__all__ = [
    "CooperativeCard",
    "CooperativeList",
    "DirectoryFilters",
    "FacetValue",
    "Facets",
    "OpenRecord",
    "PublicContact",
    "PublicIdentifier",
    "PublicLabel",
    "PublicOrganisation",
    "RegisterAtAGlance",
    "Spread",
    "cooperative_cards",
    "cooperatives_run_by",
    "find_cooperatives",
    "get_cooperative_for",
    "get_organisation_for",
    "get_public_organisation",
    "listed_cooperatives",
    "open_records",
    "organisations_of",
    "people_receiving_texts",
    "public_addresses",
    "register_at_a_glance",
    "spread_of_cooperatives",
]
