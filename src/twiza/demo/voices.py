"""What buyers ask before they buy and say after it, and what cooperatives answer."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.demo import fiction
from twiza.demo.cooperatives import Seller
from twiza.demo.orders import Buying, first_size_of
from twiza.demo.tables import rows_of
from twiza.domain.enquiries.services import Asking, answer_enquiry, ask_about_product, show_enquiry
from twiza.domain.reviews.services import Opinion, answer_review, report_review, write_review
from twiza.domain.storefronts.models import Storefront
from twiza.foundation.accounts.models import User

FIRST_ASKER = 5201


def write_reviews(buying: Mapping[str, Buying], sellers: Mapping[str, Seller]) -> None:
    """The lines of `reviews.tsv`, each of an order that arrived; some answered, one reported."""
    for row in rows_of("reviews"):
        line = buying[row["buyer"]].delivered(row["cooperative"]).lines.get()
        review = write_review(line, Opinion(int(row["stars"]), row["words"], row["buyer"], row["language"]))
        if row["answer"]:
            answer_review(review, row["answer"], by=sellers[row["cooperative"]].president)
        if row["reported"]:
            report_review(review, row["reported"])


def ask_questions(storefront: Storefront, youssef: User, sellers: Mapping[str, Seller]) -> None:
    """The lines of `questions.tsv`; what was answered is shown to everybody."""
    for place, row in enumerate(rows_of("questions")):
        seller = sellers[row["cooperative"]]
        asking = Asking(row["words"], fiction.phone(FIRST_ASKER + place), row["language"], may_be_shown=True)
        enquiry = ask_about_product(first_size_of(seller).product, asking, storefront=storefront)
        if row["answer"]:
            show_enquiry(answer_enquiry(enquiry, row["answer"], by=seller.president), by=youssef)
