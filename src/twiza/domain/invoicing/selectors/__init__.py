"""Questions about invoices and credit notes."""

from twiza.domain.invoicing.selectors.regimes import own_exemption, regime_of

__all__ = ["own_exemption", "regime_of"]
