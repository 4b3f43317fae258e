"""Issuing invoices and credit notes. None is ever changed: what is wrong is credited, and issued again."""

from twiza.domain.invoicing.services.catching_up import issue_what_is_missing
from twiza.domain.invoicing.services.crediting import credit_complaint, credit_return
from twiza.domain.invoicing.services.issuing import issue_invoice
from twiza.domain.invoicing.services.naming import name_on_invoices
from twiza.domain.invoicing.services.numbering import Draft, put_in_series
from twiza.domain.invoicing.services.regimes import say_regime

__all__ = [
    "Draft",
    "credit_complaint",
    "credit_return",
    "issue_invoice",
    "issue_what_is_missing",
    "name_on_invoices",
    "put_in_series",
    "say_regime",
]
