"""The organisations there are, and what is publicly known of them.

Owns: Organisation, Revision, Identifier, ContactPoint, Membership, Accreditation, ImportBatch, SavedColumnMap,
UploadedRegister, BankDetailsChange.
Emits: CooperativeRegistered, BankChangeAsked, BankChangeStopped, BankChangeApplied.
May know: the foundation.
"""
