"""A photograph is kept at once and made ready by a job: whatever runs twice, breaks off or is removed meanwhile."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.jobs import run_jobs
from tests.pictures import picture
from twiza.domain.catalogue.models import Photo
from twiza.domain.catalogue.services.picturing import add_photo, aim_photo, remove_photo, try_photo_again
from twiza.foundation.pictures import jobs, services
from twiza.kit.photographs import PhotoRefused

TABLE = "catalogue.Photo"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.ORIGINALS_FOLDER = str(tmp_path / "originals")
    return tmp_path


def files_in(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.rglob("*") if path.is_file())


MADE = [".avif", ".avif", ".avif", ".jpg", ".webp", ".webp", ".webp"]


@pytest.fixture
def photo(market) -> Photo:
    return add_photo(market.saffron.product, picture(), by=market.fatima)


def test_the_original_is_kept_at_once_and_shown_when_a_job_made_its_sizes(media, photo):
    assert (photo.state, photo.is_shown, photo.is_awaited) == ("waiting", False, True)
    assert (photo.width, photo.height) == (300, 200)
    assert (files_in(media / "originals"), files_in(media / "media")) == ([".jpg"], [])

    run_jobs()

    photo.refresh_from_db()
    assert (photo.state, photo.is_shown, photo.has_avif, photo.tries) == ("ready", True, True, 0)
    assert files_in(media / "media") == MADE
    assert sorted(Path(name).suffix for name in photo.shown_names) == MADE
    assert all((media / "media" / name).is_file() for name in photo.shown_names)
    with Image.open(media / "originals" / photo.original.name) as kept:
        assert (kept.size, dict(kept.getexif())) == ((300, 200), {})


def test_an_original_has_no_address(photo, client):
    run_jobs()

    with pytest.raises(ValueError, match="no address"):
        _ = photo.original.url
    for path in (photo.original.name, f"originals/{photo.original.name}", f"../originals/{photo.original.name}"):
        assert client.get(f"/media/{path}").status_code in (404, 400)
    with pytest.raises(SuspiciousFileOperation):
        photo.original.storage.open("../media/x.webp")
    assert Path(site_settings.ORIGINALS_FOLDER) not in Path(site_settings.MEDIA_ROOT).parents


def test_a_job_that_runs_twice_makes_it_once(media, photo):
    services.make(TABLE, photo.pk)
    photo.refresh_from_db()
    names = photo.shown_names

    services.make(TABLE, photo.pk)

    photo.refresh_from_db()
    assert photo.shown_names == names
    assert files_in(media / "media") == MADE


def test_asked_twice_before_it_begins_it_waits_once(photo):
    services.have_made(photo)
    services.have_all_made()

    waiting = ProcrastinateJob.objects.filter(task_name=services.MAKE, status="todo")
    assert [job.priority for job in waiting] == [services.AFTER_ALL_ELSE]


def test_what_a_killed_worker_left_is_made_later(media, photo):
    ProcrastinateJob.objects.filter(task_name=services.MAKE).update(status="doing")
    services._begin(TABLE, photo.pk)  # and there the worker died

    jobs.look_after(0)
    run_jobs()

    photo.refresh_from_db()
    assert photo.state == "ready"
    assert files_in(media / "media") == MADE


def test_one_removed_meanwhile_leaves_no_file(media, market, photo, django_capture_on_commit_callbacks):
    begun = services._begin(TABLE, photo.pk)
    assert begun is not None
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo, by=market.fatima)

    services._keep(TABLE, begun, services.render(picture(), (50, 50)))
    services.make(TABLE, photo.pk)

    assert (files_in(media / "media"), files_in(media / "originals")) == ([], [])


def test_one_that_cannot_be_made_says_so_after_three_tries_and_can_be_tried_again(media, market, photo):
    kept = media / "originals" / photo.original.name
    whole = kept.read_bytes()
    kept.write_bytes(whole[:200])

    for _ in range(services.MOST_TRIES - 1):
        with pytest.raises(PhotoRefused):
            services.make(TABLE, photo.pk)
    services.make(TABLE, photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.is_shown, files_in(media / "media")) == ("failed", False, [])

    kept.write_bytes(whole)
    try_photo_again(photo, by=market.brahim)
    run_jobs()
    photo.refresh_from_db()
    assert (photo.state, photo.is_shown) == ("ready", True)


def test_one_on_which_workers_die_is_not_begun_for_ever(photo):
    for _ in range(services.MOST_TRIES):
        assert services._begin(TABLE, photo.pk) is not None

    assert services._begin(TABLE, photo.pk) is None
    photo.refresh_from_db()
    assert photo.state == "failed"


def test_trying_again_what_is_shown_changes_nothing(market, photo):
    run_jobs()
    try_photo_again(photo, by=market.fatima)

    photo.refresh_from_db()
    assert photo.state == "ready"


def test_aimed_anew_it_shows_the_old_files_until_the_new_ones_are_there(media, market, photo, django_capture_on_commit_callbacks):
    run_jobs()
    photo.refresh_from_db()
    before = photo.shown_names

    aim_photo(photo, (120, -3), by=market.fatima)
    photo.refresh_from_db()
    assert (photo.focus, photo.state, photo.is_shown, photo.shown_names) == ((100, 0), "waiting", True, before)
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()

    photo.refresh_from_db()
    assert set(photo.shown_names).isdisjoint(before)
    assert files_in(media / "media") == MADE


def test_what_was_made_for_another_aim_is_thrown_away(media, market, photo):
    begun = services._begin(TABLE, photo.pk)
    assert begun is not None
    aim_photo(photo, (0, 0), by=market.fatima)

    services._keep(TABLE, begun, services.render(picture(), begun.focus))

    assert files_in(media / "media") == []
    run_jobs()
    photo.refresh_from_db()
    assert (photo.state, photo.focus) == ("ready", (0, 0))


def test_a_storage_that_breaks_down_leaves_the_row_as_it_was(photo, monkeypatch):
    def full(*_: object) -> None:
        raise OSError("no room left")

    monkeypatch.setattr(services.default_storage, "save", full)
    with pytest.raises(OSError, match="no room left"):
        services.make(TABLE, photo.pk)

    photo.refresh_from_db()
    assert (photo.state, photo.tries, photo.is_shown) == ("waiting", 1, False)


def test_a_photo_of_before_has_no_original_and_is_cut_anew_from_its_largest_size(media, market):
    file = io.BytesIO()
    Image.new("RGB", (960, 640), "#8f2416").save(file, "WEBP")
    folder = media / "media" / "products"
    folder.mkdir(parents=True)
    for size in (240, 480, 960):
        (folder / f"old-{size}.webp").write_bytes(file.getvalue())
    sizes = {"small": "products/old-240.webp", "medium": "products/old-480.webp", "large": "products/old-960.webp"}
    old = Photo.objects.create(product=market.saffron.product, **sizes)

    aim_photo(old, (50, 0), by=market.fatima)
    run_jobs()

    old.refresh_from_db()
    assert (old.state, bool(old.original), old.has_avif, bool(old.shared)) == ("ready", False, True, True)


def test_photographs_from_before_avif_get_it_a_few_at_a_time_and_show_what_they_have_meanwhile(
    media, market, capsys, django_capture_on_commit_callbacks
):
    photos = [add_photo(market.saffron.product, picture(), by=market.fatima) for _ in range(3)]
    run_jobs()
    Photo.objects.update(has_avif=False)
    for avif in (media / "media").rglob("*.avif"):
        avif.unlink()

    call_command("remake_pictures", "--dry-run")
    assert "3 lack" in capsys.readouterr().out
    call_command("remake_pictures", "--at-most", "2")
    assert services.remake_pictures(0) == 0
    assert "1 lack" in capsys.readouterr().out
    assert all(photo.is_shown for photo in Photo.objects.all())
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()
    assert [photo.has_avif for photo in Photo.objects.order_by("pk")] == [True, True, False]
    assert (services.remake_pictures(10), services.remake_pictures(10)) == (1, 0)
    with django_capture_on_commit_callbacks(execute=True):
        run_jobs()

    assert files_in(media / "media") == sorted(MADE * 3)
    assert [photo.state for photo in Photo.objects.filter(pk__in=[one.pk for one in photos])] == ["ready"] * 3
    assert services.remake_pictures(10) == 0


def test_where_avif_cannot_be_written_nothing_is_made_anew_for_it(photo, monkeypatch):
    run_jobs()
    Photo.objects.update(has_avif=False)
    monkeypatch.setattr("twiza.foundation.pictures.selectors.writes_avif", lambda: False)

    assert services.remake_pictures(10) == 0
