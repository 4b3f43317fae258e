"""Twiza: Moroccan cooperatives are found, sell directly, are trained, supported and honoured."""

__version__ = "0.1.0"
