"""Which pages of the directory may speak of the same cooperative, the likeliest first."""

from twiza.domain.directory.selectors.duplicates.finding import DuplicatePair, duplicates_among, find_duplicates
from twiza.domain.directory.selectors.duplicates.records import Record
from twiza.domain.directory.selectors.duplicates.weighing import LIKELY, REASONS, reason_words

__all__ = ["LIKELY", "REASONS", "DuplicatePair", "Record", "duplicates_among", "find_duplicates", "reason_words"]
