"""The directory's tables."""

from twiza.domain.directory.models.bank_details import BankDetailsChange
from twiza.domain.directory.models.claims import Claim, ClaimCode, ClaimPaper
from twiza.domain.directory.models.freshness import ChangeReport, FreshnessQuestion
from twiza.domain.directory.models.imports import ImportBatch, SavedColumnMap
from twiza.domain.directory.models.mandates import Mandate
from twiza.domain.directory.models.merging import DuplicateCandidate, DuplicateDecision, DuplicateSearch, Merge
from twiza.domain.directory.models.organisation import Organisation
from twiza.domain.directory.models.page import OpeningTimes, PagePhoto, StoryRecording
from twiza.domain.directory.models.particulars import Accreditation, ContactPoint, Identifier
from twiza.domain.directory.models.people import Membership
from twiza.domain.directory.models.revision import Revision
from twiza.domain.directory.models.sectors import Sector
from twiza.domain.directory.models.uploads import UploadedRegister

__all__ = [
    "Accreditation",
    "BankDetailsChange",
    "ChangeReport",
    "Claim",
    "ClaimCode",
    "ClaimPaper",
    "ContactPoint",
    "DuplicateCandidate",
    "DuplicateDecision",
    "DuplicateSearch",
    "FreshnessQuestion",
    "Identifier",
    "ImportBatch",
    "Mandate",
    "Membership",
    "Merge",
    "OpeningTimes",
    "Organisation",
    "PagePhoto",
    "Revision",
    "SavedColumnMap",
    "Sector",
    "StoryRecording",
    "UploadedRegister",
]
