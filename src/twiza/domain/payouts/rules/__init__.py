"""What follows from numbers and words alone."""

from twiza.domain.payouts.rules.files import Layout, PaidLine, bytes_of, layouts_for
from twiza.domain.payouts.rules.owed import Owed, until_or_all
from twiza.domain.payouts.rules.who import for_those_who_pay_out, hold_codes

__all__ = ["Layout", "Owed", "PaidLine", "bytes_of", "for_those_who_pay_out", "hold_codes", "layouts_for", "until_or_all"]
