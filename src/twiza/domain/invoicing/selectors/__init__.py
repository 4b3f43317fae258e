"""Questions about invoices and credit notes."""

from twiza.domain.invoicing.selectors.papers import (
    CheckedPaper,
    checked_paper,
    is_as_issued,
    months_with_papers,
    paper_behind,
    paper_of_cooperative,
    papers_of,
    papers_of_month,
    sums_of,
    tax_of,
)
from twiza.domain.invoicing.selectors.reading import ReadPaper, paper_as_read
from twiza.domain.invoicing.selectors.regimes import (
    missing_numbers,
    own_exemption,
    regime_of,
    regimes_said_by,
)

__all__ = [
    "CheckedPaper",
    "ReadPaper",
    "checked_paper",
    "is_as_issued",
    "missing_numbers",
    "months_with_papers",
    "own_exemption",
    "paper_as_read",
    "paper_behind",
    "paper_of_cooperative",
    "papers_of",
    "papers_of_month",
    "regime_of",
    "regimes_said_by",
    "sums_of",
    "tax_of",
]
