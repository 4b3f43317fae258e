"""Where things are in Morocco.

Owns: Region, Province, Commune, Spelling.
Emits: nothing.
May know: the kit.
"""
