"""Which version of the data something was made from, so that what was kept is never shown after a change.

Owns: Change.
Emits: nothing.
May know: the kit.
"""
