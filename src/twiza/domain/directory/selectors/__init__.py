"""The directory's questions."""

from twiza.domain.directory.selectors.bank_details import (
    BankChangeView,
    bank_account_ending_of,
    bank_change_of,
    count_open_bank_changes,
    get_bank_change,
    has_open_bank_change,
    open_bank_change_of,
    open_bank_changes,
    past_bank_changes_of,
)
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
    members_with_a_phone,
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
    "BankChangeView",
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
    "bank_account_ending_of",
    "bank_change_of",
    "cooperative_cards",
    "cooperatives_run_by",
    "count_open_bank_changes",
    "find_cooperatives",
    "get_bank_change",
    "get_cooperative_for",
    "get_organisation_for",
    "get_public_organisation",
    "has_open_bank_change",
    "listed_cooperatives",
    "members_with_a_phone",
    "open_bank_change_of",
    "open_bank_changes",
    "open_records",
    "organisations_of",
    "past_bank_changes_of",
    "people_receiving_texts",
    "public_addresses",
    "register_at_a_glance",
    "spread_of_cooperatives",
]
