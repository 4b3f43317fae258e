"""Who looks whether a host leads to us. Each file has a `class Envoy` that answers `domain/storefronts/envoy.py`."""
