"""What goes back to a cooperative because its buyer changed their mind."""

from twiza.domain.aftersales.models.returns import Return, ReturnedLine

__all__ = ["Return", "ReturnedLine"]
