"""Keeping a photograph, having it made ready by a job, aiming it, and forgetting its files."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from twiza.foundation.accounts.models import User
from twiza.foundation.pictures.errors import PhotoNotKept
from twiza.foundation.pictures.locking import lock_picture
from twiza.foundation.pictures.models import Picture, PictureAside
from twiza.foundation.pictures.selectors import pictures_lacking_files, tables_of_pictures
from twiza.foundation.pictures.states import PictureState
from twiza.foundation.pictures.storage import originals
from twiza.kit import clock
from twiza.kit.renditions import Original, Renditions, clean, render

MAKE = "pictures.make"
MOST_TRIES = 3
# A list may bring thousands at once: texts and events go before them.
AFTER_ALL_ELSE = -10
ASIDE_FOR = timedelta(days=1)

log = logging.getLogger(__name__)


@contextmanager
def kept(upload: BinaryIO) -> Iterator[dict[str, Any]]:
    """What the row of a new photograph holds, its cleaned original in storage; gone again when the row is not made after all.

    Raises PhotoRefused, PhotoNotKept.
    """
    columns = _columns_of(clean(upload))
    try:
        yield columns
    except BaseException:
        originals().delete(columns["original"])
        raise


def _columns_of(original: Original) -> dict[str, Any]:
    try:
        name = originals().save(original.file.name, original.file)
    except OSError as error:
        log.exception("An uploaded photograph could not be kept.")
        raise PhotoNotKept from error
    return {
        "original": name,
        "width": original.width,
        "height": original.height,
        "colour": original.colour,
        "state": PictureState.WAITING,
    }


def set_aside(upload: BinaryIO, *, by: User) -> PictureAside:
    """The picture waits for its form to be sent again, by this person alone. Raises PhotoRefused, PhotoNotKept."""
    with kept(upload) as columns:
        return PictureAside.objects.create(by=by, original=columns["original"])


def forget_aside(aside: PictureAside) -> None:
    """It was taken up, or nobody came for it: its file is gone once that is certain."""
    PictureAside.objects.filter(pk=aside.pk).delete()
    transaction.on_commit(partial(aside.original.storage.delete, aside.original.name))


def forget_old_asides() -> None:
    """Nobody sends a form again after a day."""
    for aside in PictureAside.objects.filter(sent_at__lt=clock.now() - ASIDE_FOR):
        forget_aside(aside)


def have_made(picture: Picture) -> None:
    """Once this transaction is committed, a job makes its sizes. Asked twice before it begins, they are made once."""
    table = picture.table
    once = f"{MAKE}:{table}:{picture.pk}"
    job = app.configure_task(MAKE, allow_unknown=True, queue="pictures", queueing_lock=once, priority=AFTER_ALL_ELSE)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(table=table, picture_id=picture.pk)


def have_all_made() -> None:
    """What a stopped worker left behind is begun again; what waits for its turn is left alone."""
    enqueued = ProcrastinateJob.objects.filter(task_name=MAKE, status="todo").values_list("args", flat=True)
    in_turn = {(job["table"], job["picture_id"]) for job in enqueued}
    for table in tables_of_pictures():
        for picture in table.objects.filter(state=PictureState.WAITING):
            if (picture.table, picture.pk) not in in_turn:
                have_made(picture)


def remake_pictures(most: int) -> int:
    """So many photographs at most that lack a size or a form of today are made anew by jobs, after all other work; says how many.

    Each shows what it has until it is ready. Begun again it goes on where it was, and does nothing when none is lacking.
    """
    return sum(_remake(picture) for picture in islice(pictures_lacking_files(), most))


@transaction.atomic
def try_again(picture: Picture) -> None:
    """One that could not be made ready is begun anew; of any other nothing changes."""
    locked = lock_picture(picture.table, picture.pk)
    if locked is not None and locked.state == PictureState.FAILED:
        _begin_anew(locked)


@transaction.atomic
def _remake(picture: Picture) -> bool:
    locked = lock_picture(picture.table, picture.pk)
    if locked is None or locked.state != PictureState.READY:
        return False
    _begin_anew(locked)
    return True


@transaction.atomic
def aim(picture: Picture, focus: tuple[int, int]) -> None:
    """What is at this point, in hundredths from its top left, stays in whatever is cut from it."""
    locked = lock_picture(picture.table, picture.pk)
    if locked is None or locked.focus == focus:
        return
    locked.focus_x, locked.focus_y = (max(0, min(100, value)) for value in focus)
    _begin_anew(locked)


def make(table: str, picture_id: int) -> None:
    """Its sizes are in storage and it is shown. May run twice, late, or after it was removed.

    What goes wrong is raised, so that the job is tried again; at the last time the photograph says that it failed.
    """
    picture = _begin(table, picture_id)
    if picture is None:
        return
    try:
        with (picture.original or picture.large).open("rb") as original:
            made = render(original, picture.focus)
        _keep(table, picture, made)
    except Exception:
        if picture.tries < MOST_TRIES:
            raise
        log.exception("A photograph could not be made ready: %s %s", table, picture_id)
        _fail(table, picture_id)


def put_in_place(pictures: Sequence[Picture], picture: Picture, to: int) -> None:
    """Of the owner's photographs this one stands at this place, 0 being the first; the others move up. Lock the owner first."""
    others = [one for one in pictures if one.pk != picture.pk]
    at = max(0, min(to, len(others)))
    for position, one in enumerate([*others[:at], picture, *others[at:]]):
        type(one).objects.filter(pk=one.pk).update(position=position)


def take_away(pictures: Sequence[Picture], picture: Picture) -> None:
    """It is gone, its files too once that is certain; those behind it move up. Lock the owner first."""
    locked, rows = lock_picture(picture.table, picture.pk), type(picture).objects
    if locked is None:
        return
    rows.filter(pk=locked.pk).delete()
    for position, one in enumerate(one for one in pictures if one.pk != locked.pk):
        rows.filter(pk=one.pk).update(position=position)
    _forget_when_certain(locked.shown_names)
    if locked.original:
        transaction.on_commit(partial(locked.original.storage.delete, locked.original.name))


@transaction.atomic
def _begin(table: str, picture_id: int) -> Picture | None:
    """Counted before anything else, so that one on which workers die is not begun for ever."""
    picture = lock_picture(table, picture_id)
    if picture is None or picture.state != PictureState.WAITING:
        return None
    picture.tries += 1
    picture.save(update_fields=["tries"])
    if picture.tries > MOST_TRIES:
        _fail(table, picture_id)
        return None
    return picture


def _keep(table: str, begun: Picture, made: Renditions) -> None:
    """The row names the new files or they are gone again: whatever happened to it meanwhile."""
    names = {column: default_storage.save(f"{begun.folder}/{file.name}", file) for column, file in made.files.items()}
    beside = [default_storage.save(f"{begun.folder}/{file.name}", file) for file in made.avif]
    is_kept = False
    try:
        is_kept = _name_files(table, begun, names, has_avif=bool(beside))
    finally:
        if not is_kept:
            _forget([*names.values(), *beside])


@transaction.atomic
def _name_files(table: str, begun: Picture, names: dict[str, str], *, has_avif: bool) -> bool:
    picture = lock_picture(table, begun.pk)
    if picture is None or picture.state != PictureState.WAITING or picture.focus != begun.focus:
        return False
    _forget_when_certain(picture.shown_names)
    for column, name in names.items():
        setattr(picture, column, name)
    picture.state, picture.has_avif, picture.tries = PictureState.READY, has_avif, 0
    picture.save(update_fields=[*names, "state", "has_avif", "tries"])
    return True


@transaction.atomic
def _fail(table: str, picture_id: int) -> None:
    picture = lock_picture(table, picture_id)
    if picture is not None and picture.state == PictureState.WAITING:
        picture.state = PictureState.FAILED
        picture.save(update_fields=["state"])


def _begin_anew(picture: Picture) -> None:
    picture.state, picture.tries = PictureState.WAITING, 0
    picture.save(update_fields=["state", "tries", "focus_x", "focus_y"])
    have_made(picture)


def _forget_when_certain(names: Iterable[str]) -> None:
    """A change that fails keeps them."""
    transaction.on_commit(partial(_forget, list(names)))


def _forget(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
