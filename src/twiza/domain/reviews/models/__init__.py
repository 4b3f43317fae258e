"""What buyers say, what it said before, who was asked, and what was reported."""

from twiza.domain.reviews.models.asking import ReviewReport, ReviewRequest
from twiza.domain.reviews.models.review import MOST_WORDS, Hiding, Review, ReviewVersion

__all__ = ["MOST_WORDS", "Hiding", "Review", "ReviewReport", "ReviewRequest", "ReviewVersion"]
