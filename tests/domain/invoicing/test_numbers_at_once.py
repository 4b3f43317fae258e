"""Fifty issue at once, and some of them fail: no number is missing, none is given twice. Committed rows, threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from tests.jobs import run_jobs
from tests.people import build_market
from twiza.domain.invoicing.locking import lock_issuer
from twiza.domain.invoicing.models import InvoiceSeries, Paper
from twiza.domain.invoicing.services import Draft, put_in_series
from twiza.kit.errors import DomainError

PAPERS, AT_ONCE = 50, 20


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_though_every_fifth_fails():
    """Not all fifty have a connection at one moment: the database of the tests is shared."""
    cooperative = build_market().saffron_cooperative.pk

    def issue(place: int) -> None:
        try:
            with transaction.atomic():
                put_in_series(lock_issuer(cooperative), Draft("invoice", f"order:{place}", place, {"place": place}))
                if place % 5 == 0:
                    raise DomainError
        except DomainError:
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(issue, range(PAPERS)))

    papers = list(Paper.objects.order_by("number"))
    assert [paper.number for paper in papers] == list(range(1, PAPERS - PAPERS // 5 + 1))
    assert {paper.total_centimes for paper in papers} == {place for place in range(PAPERS) if place % 5}
    before = ["", *(paper.fingerprint for paper in papers)]
    assert [paper.previous_fingerprint for paper in papers] == before[:-1]
    assert InvoiceSeries.objects.get().last_fingerprint == before[-1]
    run_jobs()  # nothing waits for the tests that follow
