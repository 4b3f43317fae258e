"""What the directory refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError
from twiza.kit.rows import FileUnreadable


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


class RegisterTooLarge(FileUnreadable):
    code = "register_too_large"
    sentence = _("The file is larger than %(megabytes)s MB. Cut it in two, or leave out its pictures.")


class RegisterGone(FileUnreadable):
    code = "register_gone"
    sentence = _("We do not have this file any more. Upload it again.")


class ReadingKeptBreaking(DomainError):
    code = "kept_breaking"
    sentence = _("Reading this file broke off several times, and nothing of it was kept. Tell those who run the site.")


class UploadNotReady(DomainError):
    code = "upload_not_ready"
    sentence = _("This file is not at this step any more; somebody may have been faster. See below where it is now.")


class NameColumnMissing(DomainError):
    code = "name_column_missing"
    sentence = _("Say which column holds the name of the cooperative.")


class ColumnTwice(DomainError):
    code = "column_twice"
    sentence = _("“%(first)s” and “%(second)s” cannot both be the same. Leave one of them unread.")


class BankNumberWrong(DomainError):
    code = "bank_number_wrong"
    sentence = _("This is not a bank account number. Copy the 24 digits of the RIB again, as the bank wrote them.")


class BankAccountKnown(DomainError):
    code = "bank_account_known"
    sentence = _("The cooperative already uses this account. Nothing changes.")


class BankAccountTaken(DomainError):
    """Said to whoever types it, without the number: it is not theirs to read."""

    code = "bank_account_taken"
    sentence = _("This account belongs to another organisation. Ask your bank for your own RIB.")


class BankChangeWaiting(DomainError):
    code = "bank_change_waiting"
    sentence = _("Another change of account already waits. Stop it first, or let it end.")


class BankChangeEnded(DomainError):
    code = "bank_change_ended"
    sentence = _("This change of account has already ended. Nothing more was done.")


class SecondPersonNeeded(DomainError):
    code = "second_person_needed"
    sentence = _("Whoever asks for a new account does not approve it. Somebody else must.")


class MayNotApprove(DomainError):
    code = "may_not_approve"
    sentence = _("Only the president or the treasurer may approve this, or the register's office when there is nobody else.")


class MembersDoNotAddUp(DomainError):
    code = "members_do_not_add_up"
    sentence = _("There cannot be more women, men or young people than members.")


class NothingChosen(DomainError):
    code = "nothing_chosen"
    sentence = _("Choose what to take over, or refuse the whole.")


class PageChangedMeanwhile(DomainError):
    code = "page_changed_meanwhile"
    sentence = _("The page has changed meanwhile. Look at it again, then decide.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    sentence = _("Write why, in a few words.")


class SaidOtherwiseMeanwhile(DomainError):
    """Facts: fields."""

    code = "said_otherwise_meanwhile"
    sentence = _("Somebody else wrote here meanwhile. Read what they wrote; send yours again if it is to replace it.")


class TooManyPhotos(DomainError):
    """Facts: most."""

    code = "too_many_photos"
    sentence = _("A page shows %(most)s photos at most. Remove one first.")


class ContactNotReadable(DomainError):
    code = "contact_not_readable"
    sentence = _("We cannot read this number or address. Write it as 06 12 34 56 78 or as name@example.org.")


class TooManyContacts(DomainError):
    """Facts: most."""

    code = "too_many_contacts"
    sentence = _("A page has %(most)s contacts at most. Remove one first.")


class TimesIncomplete(DomainError):
    code = "times_incomplete"
    sentence = _("Write both: from when, and until when, the first before the second.")


class MergeWithItself(DomainError):
    code = "merge_with_itself"
    sentence = _("Choose two different pages.")


class MergeOfOtherKinds(DomainError):
    """Fact: name."""

    code = "merge_of_other_kinds"
    sentence = _("“%(name)s” is not a cooperative: its page cannot be merged.")


class AlreadyMerged(DomainError):
    """Facts: name, kept."""

    code = "already_merged"
    sentence = _("The page “%(name)s” was already merged into “%(kept)s”.")


class HasTakenInOthers(DomainError):
    """Fact: name."""

    code = "has_taken_in_others"
    sentence = _("Other pages were merged into “%(name)s”. Keep this page, or undo those merges first.")


class SuspendedNotMerged(DomainError):
    """Fact: name."""

    code = "suspended_not_merged"
    sentence = _("“%(name)s” is suspended. Lift the suspension first, then merge.")


class ClosedNotKept(DomainError):
    """Fact: name."""

    code = "closed_not_kept"
    sentence = _("“%(name)s” is closed. Keep the other page.")


class NumbersDisagree(DomainError):
    """Both carry a valid number of the same register, and they differ. Facts: scheme, first, second."""

    code = "numbers_disagree"
    sentence = _("The two pages have different numbers (%(scheme)s): %(first)s and %(second)s. They seem to be two cooperatives.")


class MergeAlreadyUndone(DomainError):
    code = "merge_already_undone"
    sentence = _("This merge was already undone.")


class QuestionAnswered(DomainError):
    code = "question_answered"
    sentence = _("This question is answered or has ended. Nothing more was done.")


class ReportSettled(DomainError):
    code = "report_settled"
    sentence = _("Somebody has already settled this. Nothing more was done.")


class SayWhatChanged(DomainError):
    code = "say_what_changed"
    sentence = _("Write what changed, in a few words.")


class NotClaimable(DomainError):
    code = "not_claimable"
    sentence = _("This page cannot be taken over: the cooperative has closed, or its page is held back.")


class TooManyCodes(DomainError):
    code = "too_many_codes"
    sentence = _("Several codes were sent already. Please wait a little, or send your papers instead.")


class WrongClaimCode(DomainError):
    code = "wrong_claim_code"
    sentence = _("This is not the code we sent. Please look at it again.")


class CodeTooOld(DomainError):
    code = "code_too_old"
    sentence = _("That code counts no more. Please ask for a new one.")


class PapersMissing(DomainError):
    code = "papers_missing"
    sentence = _("Add a photo or a PDF of at least one paper.")


class PaperUnreadable(DomainError):
    code = "paper_unreadable"
    sentence = _("We cannot read one of the files. Send a photo or a PDF.")


class PaperTooLarge(DomainError):
    code = "paper_too_large"
    sentence = _("One of the files is too large. A paper may have %(most)s megabytes at most.")


class TooManyPapers(DomainError):
    code = "too_many_papers"
    sentence = _("That is too much for one day: %(most)s papers at most.")


class ClaimDecided(DomainError):
    code = "claim_decided"
    sentence = _("Somebody has decided on this already.")


class TooLateToObject(DomainError):
    code = "too_late_to_object"
    sentence = _("More than three days have passed. The president can end the membership in the workspace.")


class MandateNeeded(DomainError):
    code = "mandate_needed"
    sentence = _("A field agent asks the cooperative for a mandate; nobody else can give it.")


class AlreadyActsFor(DomainError):
    code = "already_acts_for"
    sentence = _("You act for this cooperative already.")


class MandateAskedAlready(DomainError):
    code = "mandate_asked_already"
    sentence = _("You asked this cooperative some days ago. It has a week to answer.")


class TooManyMandatesAsked(DomainError):
    code = "too_many_mandates_asked"
    sentence = _("You asked many cooperatives today. Please go on tomorrow.")


class NobodyToAsk(DomainError):
    code = "nobody_to_ask"
    sentence = _("Nobody of this cooperative can be asked by text yet. First a member takes over its page.")


class CooperativeNotFound(DomainError):
    code = "cooperative_not_found"
    sentence = _("We found no cooperative with this number or address. Look for its page and copy its address here.")


class MandateOver(DomainError):
    code = "mandate_over"
    sentence = _("This mandate is over. The agent can ask again.")


class ItsPeopleAnswer(DomainError):
    code = "its_people_answer"
    sentence = _("The cooperative has people of its own on Twiza now. They say who may act for it.")


class LastToDecide(DomainError):
    code = "last_to_decide"
    sentence = _("Somebody must stay who decides for the cooperative.")


class SearchNotNeeded(DomainError):
    code = "search_not_needed"
    sentence = _("A search is already under way.")


class LabelEndsBeforeItBegins(DomainError):
    code = "label_ends_before_it_begins"
    sentence = _("The last day comes before the first. Write the dates again.")


class NoSuchCooperative(DomainError):
    code = "no_such_cooperative"
    sentence = _("There is no cooperative at this address. Copy it from its page.")
