"""Who people are, and how they prove it.

Owns: User.
Emits: nothing.
May know: places.
"""
