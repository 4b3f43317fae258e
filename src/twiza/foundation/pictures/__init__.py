"""How a photograph becomes what pages show: kept at once, made small by a job, shown when it is ready.

Owns: PictureAside; what a room's own table of photographs inherits, and the files of them all.
Emits: nothing.
May know: accounts.
"""
