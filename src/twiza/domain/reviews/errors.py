"""Refusals about reviews."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError


class NotDeliveredYet(DomainError):
    """Only what arrived can be spoken of."""

    code = "not_delivered_yet"
    sentence = _("You can say what you think once it is in your hands.")


class ReviewSettled(DomainError):
    """Its author may change it no more, or it is hidden."""

    code = "review_settled"
    sentence = _("This review cannot be changed any more.")


class StarsMissing(DomainError):
    code = "stars_missing"
    sentence = _("Choose between one and five stars.")


class AnswerMissing(DomainError):
    code = "review_answer_missing"
    sentence = _("Write your answer in a few words.")


class AnswerSettled(DomainError):
    """The cooperative has answered, more than a day ago."""

    code = "review_answer_settled"
    sentence = _("You have answered this review. An answer can be changed for one day.")


class ReviewHiddenAlready(DomainError):
    code = "review_hidden_already"
    sentence = _("This review is not shown any more.")
