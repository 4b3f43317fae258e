"""The organisations there are, and what is publicly known of them.

Owns: Organisation, Revision, Identifier, ContactPoint, Membership, Accreditation, ImportBatch, SavedColumnMap,
UploadedRegister, BankDetailsChange, PagePhoto, StoryRecording, OpeningTimes, DuplicateSearch, DuplicateCandidate,
DuplicateDecision, Merge, FreshnessQuestion, ChangeReport,
Claim, ClaimCode, ClaimPaper, Mandate.
Emits: CooperativeRegistered, BankChangeAsked, BankChangeStopped, BankChangeApplied, OrganisationsMerged, MergeUndone,
FreshnessAsked,
ClaimAccepted, ClaimRefused, MemberAdded,
MandateAsked, MandateGranted, MandateRevoked,
AccreditationEnding, AccreditationEnded.
May know: the foundation.
"""
