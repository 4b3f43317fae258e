"""Carriers. Each file has a `class Carrier` that answers `domain/delivery/carrier.py`."""
