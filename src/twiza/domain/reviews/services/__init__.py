"""What one may do with reviews."""

from twiza.domain.reviews.services.answering import answer_review
from twiza.domain.reviews.services.asking import ask_buyers
from twiza.domain.reviews.services.hiding import hide_review, keep_review, report_review
from twiza.domain.reviews.services.writing import Opinion, write_review

__all__ = ["Opinion", "answer_review", "ask_buyers", "hide_review", "keep_review", "report_review", "write_review"]
