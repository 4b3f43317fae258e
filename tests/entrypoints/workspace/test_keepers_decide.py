"""In a storefront without an operator a complaint is decided by whoever keeps the register, who is told."""

from __future__ import annotations

from tests.domain.aftersales.test_complaints import NOTHING, opened
from tests.jobs import run_jobs
from twiza.domain.aftersales.services import answer_complaint, dispute_answer
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.foundation.messaging.models import Message


def test_a_complaint_of_the_national_storefront_is_decided_by_a_keeper(market, signed_in):
    assert market.national.operator is None
    complaint = dispute_answer(answer_complaint(opened(market), NOTHING, by=market.fatima))
    screen = f"/fr/workspace/stores/{market.national.slug}/complaints/"
    youssef = signed_in(market.youssef)
    assert youssef.get(screen).status_code == 404
    assert youssef.post(f"{screen}{complaint.pk}/", {}).status_code == 404

    market.karim.is_staff = True
    market.karim.save(update_fields=["is_staff"])
    entrust_register(market.operator, by=market.karim)
    run_jobs()
    told = Message.objects.filter(key__startswith=f"complaint-escalated:{complaint.pk}").values_list("to", flat=True)
    assert set(told) == {market.karim.phone}  # Youssef has no texts

    register = youssef.get("/fr/workspace/register/").content.decode()
    assert f'href="{screen}"' in register
    assert complaint.line.order.number in youssef.get(screen).content.decode()
    said = {"kind": "refund", "amount": "38", "words": "La photo le montre."}
    assert youssef.post(f"{screen}{complaint.pk}/", said).status_code == 302
    complaint.refresh_from_db()
    assert (complaint.decision, complaint.decision_centimes, complaint.decided_by) == ("refund", 3800, market.youssef)
