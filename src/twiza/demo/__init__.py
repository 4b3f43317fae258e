"""Builds a believable small Morocco through the services. Everything in it is marked fictional."""
