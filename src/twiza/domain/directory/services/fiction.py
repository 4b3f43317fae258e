"""Marking what was made up."""

from __future__ import annotations

from twiza.domain.directory.models import Organisation


def mark_batch_fictional(batch_id: int) -> int:
    """Every organisation that this import brought says on its page that it is fictional; how many there are."""
    return Organisation.objects.filter(revisions__import_batch=batch_id, revisions__number=1).update(is_fictional=True)
