"""The look of every page: base templates, components, styles, fonts, drawn kinds and template tags.

Purpose: one place that knows how Twiza looks, so that a screen only says what it shows.
Owns: `templates/ui/`, `static/ui/`, the tags of `{% load ui %}`, the names of `DRAWINGS` and `ICONS`.
Emits: nothing. May know: Django's templates and translations; no room, no model.
"""
