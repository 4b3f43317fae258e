"""Cash that its holder hands over."""

from twiza.domain.payments.services.remitting.reading import StatedList, StatedRow, read_remittance
from twiza.domain.payments.services.remitting.recording import Came, record_remittance

__all__ = ["Came", "StatedList", "StatedRow", "read_remittance", "record_remittance"]
