"""A keeper brings the bank's statement: each line of it is known once, however often it comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction

from twiza.domain.directory.rules import keeps_register
from twiza.domain.payments.errors import StatementTooLong
from twiza.domain.payments.models import BankStatement, StatementLine
from twiza.domain.payments.rules import LineTrouble, MoneyIn, lines_of
from twiza.domain.payments.services.matching import match_new_lines
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold_words
from twiza.kit.kept_files import KeptFile, keep_file, plain_name
from twiza.kit.rows import FileTooLarge
from twiza.kit.tables import read_table

MOST_LINES = 20_000
MOST_MEGABYTES = 10
MOST_TROUBLES = 100


def import_statement(pieces: Iterable[bytes], *, file_name: str, by: User) -> BankStatement:
    """What came in is known from now on, and what is sure is paid at once (PaymentCaptured); the rest waits for a keeper.

    The same file twice, or days that were in another file, change nothing: a line is told from the same line of another
    statement by its day, amount, words, and by being the first, second … of its like.
    Raises NotFound for whoever does not keep the register, a FileUnreadable, NoStatement, WrongAccount, StatementTooLong; then
    nothing is kept.
    """
    if not keeps_register(by):
        raise NotFound
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statement"
        kept = keep_file(path, pieces, MOST_MEGABYTES * 1_000_000, FileTooLarge(megabytes=MOST_MEGABYTES))
        rows = list(islice(read_table(path), MOST_LINES + 1))
    if len(rows) > MOST_LINES:
        raise StatementTooLong(most=MOST_LINES)
    read = list(lines_of(rows, settings.TRANSFER_RIB))
    statement = _keep(read, kept, plain_name(file_name), by)
    match_new_lines()
    return statement


@transaction.atomic
def _keep(read: list[MoneyIn | LineTrouble], kept: KeptFile, file_name: str, by: User) -> BankStatement:
    lines = fingerprints([line for line in read if isinstance(line, MoneyIn)], settings.TRANSFER_RIB)
    known = set(StatementLine.objects.filter(fingerprint__in=lines).values_list("fingerprint", flat=True))
    statement = BankStatement.objects.create(
        file_name=file_name,
        sha256=kept.sha256,
        rib=settings.TRANSFER_RIB,
        imported_by=by,
        credits=len(lines),
        news=len(lines) - len(known),
        troubles=[[line.number, line.what] for line in read if isinstance(line, LineTrouble)][:MOST_TROUBLES],
    )
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                statement=statement, fingerprint=fingerprint, on=line.on, words=line.words, amount_centimes=line.amount_centimes
            )
            for fingerprint, line in lines.items()
            if fingerprint not in known
        ),
        batch_size=1000,
        ignore_conflicts=True,  # another keeper brings the same days at this moment
    )
    details = {"sha256": kept.sha256, "lines": len(lines), "news": statement.news}
    record("payments.statement_imported", subject=f"statement:{statement.pk}", by=by, details=details)
    return statement


def fingerprints(lines: Iterable[MoneyIn], rib: str) -> dict[str, MoneyIn]:
    """Each line under what tells it from all others, in any file of this account."""
    found: dict[str, MoneyIn] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        said = (rib, line.on.isoformat(), str(line.amount_centimes), fold_words(line.words))
        alike[said] += 1
        found[sha256("\n".join((*said, str(alike[said]))).encode()).hexdigest()] = line
    return found
