"""Who hears of a question: the cooperative when it is asked, whoever asked when it is answered. Neither sees a number."""

from __future__ import annotations

from django.conf import settings

from twiza.domain.directory.selectors import people_receiving_texts
from twiza.domain.enquiries.events import EnquiryAnswered, EnquiryAsked
from twiza.domain.enquiries.models import Enquiry
from twiza.domain.notifications.composing import compose, shortened
from twiza.domain.notifications.handlers.telling import script_of, tell_person
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.services import queue_text


@on(EnquiryAsked)
def tell_cooperative_of_a_question(event: EnquiryAsked) -> None:
    """Unless it was answered meanwhile, or forgotten."""
    enquiry = _enquiry(event.enquiry_id)
    if enquiry is None or enquiry.answered_at is not None:
        return
    for person in people_receiving_texts(enquiry.cooperative):
        content = shortened(" ".join(enquiry.words.split()), 60)
        tell_person(person, "enquiry_asked.cooperative", f"enquiry-asked:{enquiry.pk}", content=content)


@on(EnquiryAnswered)
def tell_asker_of_the_answer(event: EnquiryAnswered) -> None:
    """By text to a Moroccan telephone; everybody else comes back to the page of their link."""
    enquiry = _enquiry(event.enquiry_id)
    if enquiry is None or not enquiry.is_told_by_text:
        return
    language = enquiry.language
    words = compose(
        "enquiry_answered.asker",
        language,
        cooperative=shortened(enquiry.cooperative.name_in(script_of(language)), 40),
        link=f"{settings.SITE_URL}/{language}/questions/{enquiry.token}/",
    )
    queue_text(to=enquiry.asker_phone, text=words, key=f"enquiry-answered:{enquiry.pk}", kind="service", language=language)


def _enquiry(enquiry_id: int) -> Enquiry | None:
    return Enquiry.objects.select_related("cooperative__published_revision").filter(pk=enquiry_id).first()
