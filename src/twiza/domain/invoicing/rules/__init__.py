"""What a paper comes to, and what makes it what it is."""

from twiza.domain.invoicing.rules.fingerprints import CHECK_LENGTH, fingerprint_of
from twiza.domain.invoicing.rules.taxes import TaxLine, TaxSum, credited, spread, sums_by_class, tax_within

__all__ = ["CHECK_LENGTH", "TaxLine", "TaxSum", "credited", "fingerprint_of", "spread", "sums_by_class", "tax_within"]
