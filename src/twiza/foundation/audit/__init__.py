"""Who did what to what, through which door, on whose behalf.

Owns: Entry.
Emits: nothing.
May know: accounts.
"""
