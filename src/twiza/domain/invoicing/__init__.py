"""The invoice of what was delivered, and the credit note of what was given back.

Owns: Issuer, TaxRegime, InvoiceSeries, InvoiceName, Paper.
Emits: nothing.
May know: aftersales, orders, storefronts, payments, catalogue, directory.
"""
