"""Django's admin, for what is rare."""
