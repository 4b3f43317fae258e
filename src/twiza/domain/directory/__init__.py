"""The organisations there are, and what is publicly known of them.

Owns: Organisation, Revision, Identifier, ContactPoint, Membership, Accreditation, ImportBatch, SavedColumnMap,
UploadedRegister, BankDetailsChange, PagePhoto, StoryRecording, OpeningTimes,
DuplicateSearch, DuplicateCandidate, DuplicateDecision, Merge.
Emits: CooperativeRegistered, BankChangeAsked, BankChangeStopped, BankChangeApplied, OrganisationsMerged, MergeUndone.
May know: the foundation.
"""
