"""Certificates for tests: whose, for which products, of which place, until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services.labelling import claim_label
from twiza.domain.directory.models import Accreditation, Organisation
from twiza.domain.directory.services.labels import LabelDetails, state_label
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.foundation.accounts.models import User


def certificate(
    holder: Organisation,
    scheme: str,
    kinds: Iterable[str],
    provinces: Iterable[str] = (),
    *,
    begin: date | None = None,
    end: date | None = None,
) -> Accreditation:
    """Checked, with a number."""
    held = record_accreditation(holder, scheme=scheme, by=None)
    details = LabelDetails(f"{scheme.upper()}-7", "Organisme", begin, end, tuple(kinds), tuple(provinces))
    return state_label(held, details, by=None)


def label(variant: Variant, scheme: str, *, by: User, end: date | None = None) -> Accreditation:
    """The product carries the label, by a certificate of its cooperative for its kind and its province."""
    product = variant.product
    province = product.cooperative.published_revision.province_id
    held = certificate(product.cooperative, scheme, [product.kind_id], [province], end=end)
    claim_label(product, held, by=by)
    return held
