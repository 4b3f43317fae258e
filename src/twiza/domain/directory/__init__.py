"""The organisations there are, and what is publicly known of them.

Owns: Organisation, Revision, Identifier, ContactPoint, Membership, Accreditation, ImportBatch, SavedColumnMap, UploadedRegister.
Emits: CooperativeRegistered.
May know: the foundation.
"""
