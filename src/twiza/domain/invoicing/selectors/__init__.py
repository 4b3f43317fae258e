"""Questions about invoices and credit notes."""

from twiza.domain.invoicing.selectors.faults import invoice_faults, orders_without_invoice
from twiza.domain.invoicing.selectors.lists import PAPER_COLUMNS, paper_rows, rates_in
from twiza.domain.invoicing.selectors.market import IssuerMonth, MarketMonth, market_month, months_of_the_market
from twiza.domain.invoicing.selectors.papers import (
    CheckedPaper,
    checked_paper,
    is_as_issued,
    may_be_named,
    months_with_papers,
    name_asked_for,
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
    "PAPER_COLUMNS",
    "CheckedPaper",
    "IssuerMonth",
    "MarketMonth",
    "ReadPaper",
    "checked_paper",
    "invoice_faults",
    "is_as_issued",
    "market_month",
    "may_be_named",
    "missing_numbers",
    "months_of_the_market",
    "months_with_papers",
    "name_asked_for",
    "orders_without_invoice",
    "own_exemption",
    "paper_as_read",
    "paper_behind",
    "paper_of_cooperative",
    "paper_rows",
    "papers_of",
    "papers_of_month",
    "rates_in",
    "regime_of",
    "regimes_said_by",
    "sums_of",
    "tax_of",
]
