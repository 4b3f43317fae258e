"""Taking an import back: what nobody has touched since goes, what somebody said later stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.locking import lock_imports, lock_organisations
from twiza.domain.directory.models import ContactPoint, Identifier, ImportBatch, Organisation, Revision
from twiza.domain.directory.services.drafting import details_said_by, draft
from twiza.domain.directory.services.importing.removing import reasons_to_stay, remove_organisations
from twiza.domain.directory.services.importing.restoring import FOUNDING, History
from twiza.domain.directory.services.importing.writing import publish_newest, state_of_news
from twiza.domain.directory.states import OrganisationState, RevisionState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.clock import now
from twiza.kit.errors import NotFound

AT_ONCE = 500
MOST_NAMED = 100
REASONS: dict[str, str | Promise] = {
    "edited": _("somebody has changed it since"),
    "claimed": _("it is no longer only listed"),
    "members": _("somebody acts for it"),
    "other_register": _("another register names it too"),
    "in_use": _("products, orders or other things belong to it"),
}


class ImportNotFound(NotFound):
    code = "import_not_found"
    sentence = _("There is no import with the number %(batch)s.")


@dataclass(frozen=True)
class Kept:
    """An organisation that stays as it is, and why: a code of REASONS."""

    slug: str
    reason: str

    @property
    def sentence(self) -> str:
        """The reason, in the active language."""
        return str(REASONS[self.reason])


@dataclass(frozen=True)
class UndoOutcome:
    """`removed` organisations are gone; `restored` say again what they said before, `waiting` of them once their members
    agree; `kept` stay as they are. `kept_organisations` names the first hundred."""

    batch: int
    removed: int
    restored: int
    waiting: int
    kept: int
    kept_organisations: tuple[Kept, ...]
    was_undone_before: bool


def undo_import(batch_id: int, *, by: User | None, dry_run: bool = False) -> UndoOutcome:
    """The directory is as if this import had not been, but for what people and other registers said since.

    Organisations it founded are gone, unless somebody edited, claimed or uses them, or another register names them: those
    stay whole. Values, numbers and contacts it brought to others go back, unless edited later. A second undoing changes
    nothing. Refuses an unknown batch (ImportNotFound).
    """
    with transaction.atomic():
        lock_imports()
        batch = ImportBatch.objects.filter(pk=batch_id).first()
        if batch is None:
            raise ImportNotFound(batch=batch_id)
        undoing = _Undoing(batch, by)
        if batch.undone_at is None:
            undoing.run()
        outcome = undoing.outcome(was_undone_before=batch.undone_at is not None)
        if not outcome.was_undone_before:
            _remember(batch, by, outcome)
        transaction.set_rollback(dry_run)
    return outcome


def _remember(batch: ImportBatch, by: User | None, outcome: UndoOutcome) -> None:
    batch.undone_at, batch.undone_by = now(), by
    batch.save(update_fields=["undone_at", "undone_by"])
    details = {"removed": outcome.removed, "restored": outcome.restored, "waiting": outcome.waiting, "kept": outcome.kept}
    record("directory.undo_import", subject=f"import:{batch.pk}", by=by, details=details)


@dataclass
class _Undoing:
    """The counts of one undoing, from its first organisation to its last."""

    batch: ImportBatch
    by: User | None
    removed: int = 0
    restored: set[int] = field(default_factory=set)
    waiting: int = 0
    kept: dict[int, Kept] = field(default_factory=dict)

    def run(self) -> None:
        undone = set(ImportBatch.objects.exclude(undone_at=None).values_list("pk", flat=True)) | {self.batch.pk}
        founded = Revision.objects.filter(import_batch=self.batch, number=FOUNDING)
        for ids in _some_at_once(founded.values_list("organisation_id", flat=True)):
            self._take_back(ids)
        revised = Q(revisions__import_batch=self.batch)
        added = Q(identifiers__import_batch=self.batch) | Q(contacts__import_batch=self.batch)
        retired = Q(identifiers__retired_by_batch=self.batch)
        touched = Organisation.objects.filter(revised | added | retired).exclude(pk__in=self.kept).distinct()
        for ids in _some_at_once(touched.values_list("pk", flat=True)):
            self._restore(ids, undone)

    def outcome(self, *, was_undone_before: bool) -> UndoOutcome:
        named = tuple(kept for _id, kept in sorted(self.kept.items())[:MOST_NAMED])
        return UndoOutcome(
            self.batch.pk, self.removed, len(self.restored), self.waiting, len(self.kept), named, was_undone_before
        )

    def _take_back(self, ids: Collection[int]) -> None:
        """Organisations that the import founded."""
        organisations = lock_organisations(ids)
        reasons = reasons_to_stay(organisations.values(), self.batch)
        for organisation_id, reason in reasons.items():
            self.kept[organisation_id] = Kept(organisations[organisation_id].slug, reason)
        remove_organisations([one for one in organisations if one not in reasons])
        self.removed += len(organisations) - len(reasons)

    def _restore(self, ids: Collection[int], undone: Collection[int]) -> None:
        """Organisations that were known before the import."""
        organisations = lock_organisations(ids)
        self.restored |= self._restore_values(organisations, undone) | self._restore_particulars(ids)
        for organisation in organisations.values():
            if organisation.pk not in self.restored:
                self.kept[organisation.pk] = Kept(organisation.slug, "edited")

    def _restore_values(self, organisations: dict[int, Organisation], undone: Collection[int]) -> set[int]:
        offered = Revision.objects.filter(organisation__in=organisations, import_batch=self.batch, state=RevisionState.PENDING)
        withdrawn = set(offered.values_list("organisation_id", flat=True))
        offered.update(state=RevisionState.REJECTED)
        newest = _newest_numbers(organisations)
        histories = _histories(organisations, self.batch, undone)
        revisions = []
        for organisation_id, (history, fingerprint) in histories.items():
            organisation = organisations[organisation_id]
            shown = organisation.published_revision
            if shown is None or not history.says_undone(shown):
                continue
            details, said_in = history.without_undone(shown)
            if details != details_said_by(shown):
                revisions.append(draft(
                    organisation, details, number=newest[organisation_id] + 1, state=state_of_news(organisation), author=self.by,
                    undoes=self.batch, said_in=said_in, row_fingerprint=fingerprint,
                ))  # fmt: skip
        Revision.objects.bulk_create(revisions)
        shown_at_once = [one for one in revisions if one.state == RevisionState.PUBLISHED]
        publish_newest([organisations[one.organisation_id] for one in shown_at_once])
        self.waiting += len(revisions) - len(shown_at_once)
        return withdrawn | {one.organisation_id for one in revisions}

    def _restore_particulars(self, ids: Collection[int]) -> set[int]:
        contacts = ContactPoint.objects.filter(organisation__in=ids, import_batch=self.batch, verified_at=None)
        living = Identifier.objects.filter(organisation__in=ids, import_batch=self.batch, retired_at=None)
        # Whoever keeps its page changes its bank account itself, and may be paid through it.
        living = living.exclude(~Q(organisation__state=OrganisationState.LISTED), scheme=Identifier.Scheme.RIB)
        touched = {*contacts.values_list("organisation_id", flat=True), *living.values_list("organisation_id", flat=True)}
        contacts.delete()
        living.update(retired_at=now())
        return touched | _return_retired(ids, self.batch)


def _return_retired(ids: Collection[int], batch: ImportBatch) -> set[int]:
    """Numbers that the import replaced are carried again, unless they, or others in their place, are carried now."""
    retired = list(Identifier.objects.filter(organisation__in=ids, retired_by_batch=batch).order_by("pk"))
    values = [one.value for one in retired]
    carried = Identifier.objects.filter(Q(organisation__in=ids) | Q(value__in=values), retired_at=None)
    places, numbers = set(), set()
    for organisation_id, scheme, value, court in carried.values_list("organisation_id", "scheme", "value", "court"):
        places.add((organisation_id, scheme))
        numbers.add((scheme, value, court))
    returning = []
    for one in retired:
        if (one.organisation_id, one.scheme) not in places and (one.scheme, one.value, one.court) not in numbers:
            numbers.add((one.scheme, one.value, one.court))
            returning.append(one)
    Identifier.objects.filter(pk__in=[one.pk for one in returning]).update(retired_at=None, retired_by_batch=None)
    return {one.organisation_id for one in returning}


def _newest_numbers(organisation_ids: Iterable[int]) -> dict[int, int]:
    newest = Revision.objects.filter(organisation__in=organisation_ids).values("organisation").annotate(newest=Max("number"))
    return dict(newest.values_list("organisation", "newest"))


def _histories(organisation_ids: Iterable[int], batch: ImportBatch, undone: Collection[int]) -> dict[int, tuple[History, str]]:
    """Of each, its published revisions, and what it was last read as before the import."""
    published: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.filter(organisation__in=organisation_ids, state=RevisionState.PUBLISHED).order_by("number"):
        published[revision.organisation_id].append(revision)
    return {one: (History(some, undone), _read_before(some, batch, undone)) for one, some in published.items()}


def _read_before(revisions: Iterable[Revision], batch: ImportBatch, undone: Collection[int]) -> str:
    fingerprint = ""
    for revision in revisions:
        if revision.import_batch_id == batch.pk:
            break
        is_reading = revision.import_batch_id is not None and revision.import_batch_id not in undone
        if is_reading or revision.undoes_id is not None:
            fingerprint = revision.row_fingerprint
    return fingerprint


def _some_at_once(ids: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(set(ids))
    return (every[begin : begin + AT_ONCE] for begin in range(0, len(every), AT_ONCE))
