"""The text-message channel: one file per word, the same services as the buttons."""
