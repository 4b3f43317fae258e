"""Cash that its holder hands over."""

from twiza.domain.payments.services.remitting.handing_over import confirm_hand_over, deny_hand_over, say_handed_over
from twiza.domain.payments.services.remitting.reading import StatedList, StatedRow, read_remittance
from twiza.domain.payments.services.remitting.recording import Came, record_remittance

__all__ = [
    "Came",
    "StatedList",
    "StatedRow",
    "confirm_hand_over",
    "deny_hand_over",
    "read_remittance",
    "record_remittance",
    "say_handed_over",
]
