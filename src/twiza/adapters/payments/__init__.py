"""Ways to pay. Each file has a `class Provider` that answers `domain/payments/provider.py`."""
