"""One file per word of the text-message channel. Being here is being listened for."""
