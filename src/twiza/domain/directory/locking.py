"""The rows somebody else must wait for."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from twiza.domain.directory.models import (
    BankDetailsChange,
    ChangeReport,
    Claim,
    FreshnessQuestion,
    Mandate,
    Organisation,
    UploadedRegister,
)


def lock_organisation(organisation_id: int) -> Organisation:
    """Nobody else revises or moves this organisation until the transaction ends."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


def lock_organisations(organisation_ids: Collection[int]) -> dict[int, Organisation]:
    """As `lock_organisation`, for many, with their published revisions."""
    locked = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=organisation_ids).order_by("pk")
    return {organisation.pk: organisation for organisation in locked.select_related("published_revision")}


def lock_bank_change(change_id: int) -> BankDetailsChange:
    """Nobody else approves, stops or applies this change until the transaction ends. Lock its organisation first, if both."""
    return BankDetailsChange.objects.select_for_update(of=("self",)).get(pk=change_id)


def lock_claim(claim_id: int) -> Claim:
    """Nobody else decides on this claim. Lock its organisation first."""
    return Claim.objects.select_for_update(of=("self",)).select_related("organisation", "person").get(pk=claim_id)


def lock_mandate(mandate_id: int) -> Mandate:
    """Nobody else grants or revokes this mandate until the transaction ends."""
    return Mandate.objects.select_for_update(of=("self",)).select_related("organisation", "agent").get(pk=mandate_id)


def lock_imports() -> None:
    """Nobody else imports, or undoes an import, until the transaction ends.

    Two readings of one file at once would found everything twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('directory.import'))")


def lock_upload(upload_id: int) -> UploadedRegister:
    """Nobody else moves this uploaded register a step until the transaction ends."""
    return UploadedRegister.objects.select_for_update(of=("self",)).get(pk=upload_id)


def lock_duplicate_searches() -> None:
    """Nobody else writes the candidates until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('directory.duplicates'))")


def lock_freshness_questions() -> None:
    """Nobody else sends questions until the transaction ends, so that no day has more than it may."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('directory.freshness'))")


def lock_freshness_question(question_id: int) -> FreshnessQuestion:
    """Nobody else answers this question until the transaction ends. Lock it before its organisation."""
    return FreshnessQuestion.objects.select_for_update(of=("self",)).get(pk=question_id)


def lock_change_report(report_id: int) -> ChangeReport:
    """Nobody else settles this report until the transaction ends. Lock it before its organisation."""
    return ChangeReport.objects.select_for_update(of=("self",)).get(pk=report_id)
