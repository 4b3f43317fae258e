"""What the directory refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NameMissing(DomainError):
    code = "name_missing"
    sentence = _("Give the cooperative's name, in French or in Arabic.")


class IdentifierTaken(DomainError):
    code = "identifier_taken"
    sentence = _("The number %(value)s already belongs to another organisation of the directory.")


class RevisionNotWaiting(DomainError):
    code = "revision_not_waiting"
    sentence = _("This version is already published, or was not accepted.")


class StateNotAllowed(DomainError):
    code = "state_not_allowed"
    sentence = _("The organisation cannot go from “%(before)s” to “%(after)s”.")


class AlreadyMember(DomainError):
    code = "already_member"
    sentence = _("This person already belongs to the organisation.")


class PlaceUnknown(DomainError):
    code = "place_unknown"
    sentence = _("We do not know a place with the code %(code)s.")


class CannotKeepRegister(DomainError):
    code = "cannot_keep_register"
    sentence = _("Only an operator or a partner can look after the register, not a cooperative that is in it.")
