"""`python -m twiza …` is the same as `twiza …`."""

from twiza.cli import main

main()
