"""What goes wrong after a parcel arrived, and what goes back."""

from twiza.domain.aftersales.models.complaints import Complaint
from twiza.domain.aftersales.models.replacements import Replacement
from twiza.domain.aftersales.models.returns import Return, ReturnedLine

__all__ = ["Complaint", "Replacement", "Return", "ReturnedLine"]
