"""The directory's verbs."""
