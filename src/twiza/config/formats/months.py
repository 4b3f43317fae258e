"""The months as Morocco names them: نونبر where Django's Arabic says نوفمبر.

Django asks its catalogues for these very words; listed here they are in ours too, and ours is asked first.
"""

from django.utils.translation import gettext_lazy as _

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
