"""The directory's jobs: reading registers, and what its calendar asks for."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.domain.directory.selectors.duplicates import find_duplicates
from twiza.domain.directory.services import labels, searching
from twiza.domain.directory.services.bank_details import apply_due_bank_changes
from twiza.domain.directory.services.claiming import expire_claims
from twiza.domain.directory.services.freshness import ask_due_questions
from twiza.domain.directory.services.uploads import queue, work
from twiza.domain.directory.services.welcoming import forget_papers
from twiza.foundation.audit.services import acting_through

# Places gone through between two words about how far it is.
TOLD_EVERY = 100


@app.periodic(cron="10 * * * *")
@app.task(name="directory.follow_labels", queue="search", queueing_lock="directory.follow_labels")
def follow_labels(timestamp: int) -> None:
    """A label that began or ended is found, or no more, on its day; asked each hour, in case a worker slept at midnight."""
    labels.note_labels_by_date()


@app.periodic(cron="30 9 * * *")
@app.task(name="directory.tell_of_label_endings", queue="events", queueing_lock="directory.tell_of_label_endings")
def tell_of_label_endings(timestamp: int) -> None:
    """Each morning: whose label ends in a month is warned, whose is over is told."""
    with acting_through("system"):
        labels.tell_of_endings()


@app.task(name=queue.ADVANCE, queue="registers", retry=RetryStrategy(max_attempts=10, wait=20))
def advance_upload(upload_id: int) -> None:
    """Opens, checks, imports or undoes an uploaded register, as its state asks."""
    work.advance_upload(upload_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="directory.look_after_uploads", queue="registers", queueing_lock="directory.look_after_uploads")
def look_after_uploads(timestamp: int) -> None:
    """What a stopped worker left is begun again, and files are kept no longer than we said."""
    queue.enqueue_all_under_way()
    work.purge_old_uploads()


@app.periodic(cron="*/10 * * * *")
@app.task(name="directory.apply_bank_changes", queue="events", queueing_lock="directory.apply_bank_changes")
def apply_bank_changes(timestamp: int) -> None:
    """Accounts that two people wanted and nobody stopped for 72 hours are in use."""
    with acting_through("system"):
        apply_due_bank_changes()


@app.periodic(cron="17 * * * *")
@app.task(name="directory.ask_freshness", queue="events", queueing_lock="directory.ask_freshness")
def ask_freshness(timestamp: int) -> None:
    """By day, some cooperatives are asked whether their page is still true."""
    with acting_through("system"):
        ask_due_questions()


@app.periodic(cron="20 3 * * *")
@app.task(name="directory.tidy_claims", queue="events", queueing_lock="directory.tidy_claims")
def tidy_claims(timestamp: int) -> None:
    """Unfinished claims are over, and papers that served are forgotten."""
    expire_claims()
    forget_papers()


@app.task(name=searching.SEARCH, queue="registers", retry=RetryStrategy(max_attempts=3, wait=60))
def search_duplicates(search_id: int) -> None:
    """Goes through the whole directory, and keeps the likeliest pairs for whoever weighs them. Run twice, it looks twice."""

    def tell(done: int, total: int) -> None:
        if done % TOLD_EVERY == 0:
            searching.note_progress(search_id, done, total)

    searching.note_progress(search_id, 0, 1)  # it has begun: what is imported from now on asks for another one
    pairs = find_duplicates(on_progress=tell)
    searching.keep_candidates(search_id, ((pair.a.id, pair.b.id, pair.score, pair.reasons) for pair in pairs))


@app.periodic(cron="40 1 * * *")
@app.task(name="directory.search_duplicates_at_night", queue="registers", queueing_lock="directory.search_duplicates_at_night")
def search_duplicates_at_night(timestamp: int) -> None:
    """What people typed and merged during the day is weighed anew."""
    searching.ask_for_search(by=None)
