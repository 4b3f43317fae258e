"""A storefront gets a host of its own: asked for, looked at from outside, given up."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from twiza.domain.storefronts.envoy import CannotLook, NobodyAnswers, NobodyKnowsIt, NotPublic, envoy
from twiza.domain.storefronts.errors import (
    HostAskedAlready,
    HostIsAnAddress,
    HostIsOurs,
    HostTaken,
    LookedJustNow,
    NotAHostName,
)
from twiza.domain.storefronts.events import HostLost
from twiza.domain.storefronts.locking import lock_host
from twiza.domain.storefronts.models import Storefront, StorefrontHost
from twiza.domain.storefronts.selectors import host_of, hosts_to_look_at, is_disputed, is_of_another, is_ours, question_about
from twiza.domain.storefronts.services.holding import held_by_manager, record_act
from twiza.domain.storefronts.states import HostFinding, HostState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.host_names import host_name, host_typed, is_address, name_for_people

LOOK = "storefronts.look_at_host"
# Led elsewhere for so many days in a row, it is the storefront's no more.
MOST_DAYS_AWAY = 3
# What was asked for and never led to us is given up after so long.
AWAITED_DAYS = 30
_FOUND = {
    NobodyKnowsIt: HostFinding.UNKNOWN,
    NotPublic: HostFinding.NOT_PUBLIC,
    NobodyAnswers: HostFinding.SILENT,
    CannotLook: HostFinding.UNSURE,
}


@transaction.atomic
def ask_for_host(storefront: Storefront, typed: str, *, by: User) -> StorefrontHost:
    """The storefront waits for this host to lead to us; a job looks at once, and every day.

    Raises NotAHostName, HostIsAnAddress, HostIsOurs, HostTaken, HostAskedAlready, NotFound.
    """
    kept = held_by_manager(storefront, by)
    host = _wanted(typed)
    present = host_of(kept)
    if present is not None:
        raise HostAskedAlready(host=present.name)
    if is_of_another(host, kept):
        raise HostTaken(host=name_for_people(host))
    now = clock.now()
    asked = StorefrontHost.objects.create(
        storefront=kept, host=host, token=secrets.token_hex(16), asked_at=now, looking_since=now
    )
    record_act("ask_for_host", kept, by, {"host": host})
    _enqueue(asked.pk)
    return asked


@transaction.atomic
def order_look(storefront: Storefront, *, by: User) -> None:
    """A job looks at its host now. Raises NotFound, also when it has none; LookedJustNow while a look is under way."""
    kept = _held_host(held_by_manager(storefront, by))
    if kept.is_being_looked_at:
        raise LookedJustNow
    kept.looking_since = clock.now()
    kept.save(update_fields=["looking_since"])
    _enqueue(kept.pk)


@transaction.atomic
def drop_host(storefront: Storefront, *, by: User) -> None:
    """The storefront is found at its path alone, from the next page on. Raises NotFound, also when it has none."""
    held = held_by_manager(storefront, by)
    kept = _held_host(held)
    kept.dropped_at = clock.now()
    kept.save(update_fields=["dropped_at"])
    record_act("drop_host", held, by, {"host": kept.host})


@transaction.atomic
def release_host(host: StorefrontHost, *, by: User | None) -> None:
    """Staff decide that it is not, or no more, this storefront's: it is given up and does not rest, so that whoever has bought
    the name may ask for it at once."""
    kept = lock_host(host.pk)
    kept.dropped_at, kept.seen_at = kept.dropped_at or clock.now(), None
    kept.save(update_fields=["dropped_at", "seen_at"])
    _record("release_host", kept, by)


def look_at_host(host_id: int) -> None:
    """Goes to the host and keeps what it found (`verify_host`). Never inside a transaction."""
    question = question_about(host_id)
    if question is None:
        return
    try:
        heard = envoy().ask(question.host, question.path)
    except tuple(_FOUND) as trouble:
        verify_host(host_id, _FOUND[type(trouble)])
        return
    said = heard.decode("ascii", "replace").strip()
    verify_host(
        host_id, HostFinding.HERE if secrets.compare_digest(said.encode(), question.word.encode()) else HostFinding.ELSEWHERE
    )


@transaction.atomic
def verify_host(host_id: int, finding: HostFinding) -> StorefrontHost:
    """What was found is kept: leading to us, it is in use; elsewhere for three days in a row, no more, and its operator is told.

    Of two storefronts that are seen at once, one has it. What we could not find out changes nothing.
    """
    kept = lock_host(host_id)
    if kept.dropped_at is not None:
        return kept
    before, seen_before = kept.state, kept.seen_at
    kept.looking_since, kept.looked_at, kept.finding = None, clock.now(), finding
    if finding == HostFinding.HERE:
        _count_here(kept)
    elif finding != HostFinding.UNSURE:
        _count_away(kept)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        kept.verified_at, kept.seen_at, kept.finding = None, seen_before, HostFinding.TAKEN
        kept.save()
    _tell(kept, before)
    return kept


def look_at_all_hosts() -> None:
    """Every host is looked at again by a job of its own; what has not led to us for a month is given up."""
    long_ago = clock.now() - timedelta(days=AWAITED_DAYS)
    not_here = StorefrontHost.objects.filter(dropped_at=None, verified_at=None)
    not_here.filter(Q(seen_at=None, asked_at__lt=long_ago) | Q(lost_at__lt=long_ago)).update(dropped_at=clock.now())
    for host_id in hosts_to_look_at():
        _enqueue(host_id)


def _wanted(typed: str) -> str:
    if is_address(typed):
        raise HostIsAnAddress
    host = host_name(typed)
    if host is None:
        raise NotAHostName(typed=host_typed(typed)[:60])
    if is_ours(host):
        raise HostIsOurs(host=name_for_people(host))
    return host


def _held_host(storefront: Storefront) -> StorefrontHost:
    present = host_of(storefront)
    if present is None:
        raise NotFound
    return lock_host(present.pk)


def _count_here(host: StorefrontHost) -> None:
    if host.verified_at is None and is_disputed(host.host, host.storefront):
        host.finding = HostFinding.DISPUTED
        return
    host.seen_at, host.away_days, host.away_on, host.lost_at = host.looked_at, 0, None, None
    host.verified_at = host.verified_at or host.looked_at


def _count_away(host: StorefrontHost) -> None:
    """Each day counts once, however often somebody looks."""
    today = clock.today()
    if host.verified_at is None or host.away_on == today:
        return
    host.away_days, host.away_on = host.away_days + 1, today
    if host.away_days >= MOST_DAYS_AWAY:
        host.verified_at, host.lost_at = None, host.looked_at


def _tell(host: StorefrontHost, before: HostState) -> None:
    """What became of it leaves a trace, and its loss is told."""
    if host.state == before:
        return
    _record(f"host_{host.state}", host, by=None)
    if host.state == HostState.LOST and host.lost_at is not None:
        publish(HostLost(host_id=host.pk, at=host.lost_at.isoformat()))


def _record(act: str, host: StorefrontHost, by: User | None) -> None:
    whose = f"organisation:{host.storefront.operator_id}"
    subject = f"storefront:{host.storefront_id}"
    record(f"storefronts.{act}", subject=subject, by=by, on_behalf_of=whose, details={"host": host.host})


def _enqueue(host_id: int) -> None:
    """Once this transaction is committed, a job goes and looks. Ordered twice, it goes once."""
    job = app.configure_task(LOOK, allow_unknown=True, queue="hosts", queueing_lock=f"{LOOK}:{host_id}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(host_id=host_id)
