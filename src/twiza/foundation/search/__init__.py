"""Finding what people mean, whatever the language, the script and the spelling.

Owns: SearchChange.
Emits: nothing.
May know: the kit.
"""
