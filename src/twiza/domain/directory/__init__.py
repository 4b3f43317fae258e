"""The organisations there are, and what is publicly known of them.

Owns: Organisation, Revision, Identifier, ContactPoint, Membership, Accreditation, ImportBatch, SavedColumnMap,
UploadedRegister, BankDetailsChange, PagePhoto, StoryRecording, OpeningTimes, DuplicateSearch, DuplicateCandidate,
DuplicateDecision, Merge, FreshnessQuestion, ChangeReport.
Emits: CooperativeRegistered, BankChangeAsked, BankChangeStopped, BankChangeApplied, OrganisationsMerged, MergeUndone,
FreshnessAsked.
May know: the foundation.
"""
