"""The directory's questions."""

from twiza.domain.directory.selectors.people import (
    cooperatives_run_by,
    get_organisation_for,
    organisations_of,
    people_receiving_texts,
)

__all__ = ["cooperatives_run_by", "get_organisation_for", "organisations_of", "people_receiving_texts"]
