"""What came in is for somebody's order: found by its reference, or decided by a keeper. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from twiza.domain.directory.rules import keeps_register
from twiza.domain.payments.errors import AlreadySettled, NotAwaited, SharesDoNotFit
from twiza.domain.payments.events import TransferFellShort
from twiza.domain.payments.locking import lock_line, lock_payments
from twiza.domain.payments.models import Payment, PaymentAttempt, PaymentEvent, StatementLine, TransferShare
from twiza.domain.payments.provider import PaymentNotice
from twiza.domain.payments.rules import Awaited, Known, Written, judge
from twiza.domain.payments.selectors import awaited_references, known_transfers, missing_of
from twiza.domain.payments.services.notices import hear_of_payment
from twiza.domain.payments.services.surplus import keep_alone, keep_surplus
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

BY_TRANSFER = "bank_transfer"
AT_ONCE = 2_000
WRITTEN_EXACTLY = {StatementLine.Reason.TOO_LITTLE, StatementLine.Reason.TOO_MUCH, StatementLine.Reason.NOT_AWAITED}


def match_new_lines() -> int:
    """Each new line is paid to what it names when that is sure, else waits with a reason. Answers how many were sure.

    Each line that names something has its own transaction: what an interrupted import left is done with the next.
    """
    awaited = Awaited(awaited_references())
    new = StatementLine.objects.filter(state=StatementLine.State.NEW)
    sure = 0
    while lines := list(new.order_by("pk").values_list("pk", "words")[:AT_ONCE]):
        found = {line_id: awaited.written_in(words) for line_id, words in lines}
        nameless = [line_id for line_id, written in found.items() if not (written.exact or written.near)]
        new.filter(pk__in=nameless).update(state=StatementLine.State.WAITING, reason=StatementLine.Reason.UNKNOWN)
        sure += sum(_match(line_id, written) for line_id, written in found.items() if written.exact or written.near)
    return sure


@transaction.atomic
def _match(line_id: int, written: Written) -> bool:
    line = lock_line(line_id)
    if line.state != StatementLine.State.NEW:
        return False
    # The one payment it may be for is held, so that nobody pays or cancels it meanwhile.
    if len(written.exact) == 1:
        lock_payments(PaymentAttempt.objects.filter(reference__in=written.exact).values_list("payment_id", flat=True))
    judgement = judge(line.amount_centimes, written, _known(written.exact | written.near))
    if not judgement.reason:
        _pay(line, judgement.payment_ids[0], line.amount_centimes, by=None)
        line.state = StatementLine.State.MATCHED
    else:
        line.state, line.reason = StatementLine.State.WAITING, judgement.reason
        line.candidates.set(judgement.payment_ids)
    line.save(update_fields=["state", "reason"])
    return not judgement.reason


def _known(references: Collection[str]) -> Mapping[str, Known]:
    return {
        reference: Known(payment.pk, missing_of(payment), payment.state == Payment.State.PENDING)
        for reference, payment in known_transfers(references).items()
    }


@transaction.atomic
def settle_line(line_id: int, shares: Sequence[tuple[int, int]], *, by: User) -> StatementLine:
    """A keeper says what a line is for: so much (centimes) for each of these payments (ids); what is left goes back to whoever
    sent it (RefundOwed). A payment that lacks nothing any more is paid (PaymentCaptured); another waits for its rest, which its
    buyer is told of (TransferFellShort).

    Raises AlreadySettled, NotAwaited for a payment that is paid, cancelled or not by transfer, SharesDoNotFit when it is more
    than came or than is lacking; then nothing changes. NotFound for whoever does not keep the register.
    """
    line = _held_to_decide(line_id, by)
    payments = lock_payments(payment_id for payment_id, _amount in shares)
    _check_shares(line, shares, payments)
    for payment_id, amount in shares:
        _pay(line, payment_id, amount, by=by)
    back = line.amount_centimes - sum(amount for _payment_id, amount in shares)
    if back:
        _send_back(line, back, by)
    _decide(line, StatementLine.State.SETTLED, by)
    details = {"shares": [list(share) for share in shares], "back": back}
    record("payments.transfer_settled", subject=f"transfer:{line.pk}", by=by, details=details)
    return line


@transaction.atomic
def set_line_aside(line_id: int, *, by: User) -> StatementLine:
    """It is money for something else than an order, as what a carrier hands over: nobody is paid, nothing goes back.

    Raises AlreadySettled, NotFound for whoever does not keep the register.
    """
    line = _held_to_decide(line_id, by)
    _decide(line, StatementLine.State.ASIDE, by)
    record("payments.transfer_set_aside", subject=f"transfer:{line.pk}", by=by)
    return line


@transaction.atomic
def take_line_up_again(line_id: int, *, by: User) -> StatementLine:
    """What was set aside waits for a decision again. Raises AlreadySettled when it was not, NotFound."""
    if not keeps_register(by):
        raise NotFound
    line = lock_line(line_id)
    if line.state != StatementLine.State.ASIDE:
        raise AlreadySettled
    line.state, line.settled_by, line.settled_at = StatementLine.State.WAITING, None, None
    line.save(update_fields=["state", "settled_by", "settled_at"])
    record("payments.transfer_taken_up_again", subject=f"transfer:{line.pk}", by=by)
    return line


def _held_to_decide(line_id: int, by: User) -> StatementLine:
    if not keeps_register(by):
        raise NotFound
    line = lock_line(line_id)
    if line.state != StatementLine.State.WAITING:
        raise AlreadySettled
    return line


def _decide(line: StatementLine, state: str, by: User) -> None:
    line.state, line.settled_by, line.settled_at = state, by, clock.now()
    line.save(update_fields=["state", "settled_by", "settled_at"])


def _check_shares(line: StatementLine, shares: Sequence[tuple[int, int]], payments: Mapping[int, Payment]) -> None:
    """Each payment once, awaited, and for no more than it lacks; all together no more than came."""
    if len({payment_id for payment_id, _amount in shares}) != len(shares):
        raise SharesDoNotFit
    for payment_id, amount in shares:
        payment = payments.get(payment_id)
        if payment is None or payment.provider != BY_TRANSFER or payment.state != Payment.State.PENDING:
            raise NotAwaited
        if not 0 < amount <= missing_of(payment):
            raise SharesDoNotFit
    if sum(amount for _payment_id, amount in shares) > line.amount_centimes:
        raise SharesDoNotFit


def _pay(line: StatementLine, payment_id: int, amount_centimes: int, *, by: User | None) -> None:
    """So much of the line is this payment's, which is paid once it lacks nothing. Call it with both locked."""
    share = TransferShare.objects.create(line=line, payment_id=payment_id, amount_centimes=amount_centimes, by=by)
    payment = Payment.objects.get(pk=payment_id)
    if missing_of(payment):
        publish(TransferFellShort(share_id=share.pk))
    else:
        attempt = payment.attempts.get()
        payment.proofs.all().delete()  # they served
        told = {"lines": " ".join(str(share.line_id) for share in payment.shares.all())}
        hear_of_payment(
            payment.provider,
            PaymentNotice(
                attempt.reference, "approved", attempt.amount_centimes, attempt.currency, f"line:{line.pk}/{payment.pk}", told
            ),
        )


def _send_back(line: StatementLine, amount_centimes: int, by: User) -> None:
    """It is owed back: as too much of the one payment that it was taken for, else as nobody's."""
    reference, payment = f"line:{line.pk}", _meant_by(line)
    if payment is not None:
        event = PaymentEvent.objects.create(
            payment=payment,
            provider=BY_TRANSFER,
            kind="surplus",
            provider_reference=reference,
            amount_centimes=amount_centimes,
            told={"by": by.pk},
        )
        kept = keep_surplus(event)
    else:
        kept = keep_alone(BY_TRANSFER, f"transfer:{line.pk}", amount_centimes, told={"by": by.pk, "line": line.pk})
    TransferShare.objects.create(line=line, payment=kept, goes_back=True, amount_centimes=amount_centimes, by=by)


def _meant_by(line: StatementLine) -> Payment | None:
    """Whose money it surely was: of what a keeper assigned it to, else of the one reference that was written without mistake."""
    share = line.shares.select_related("payment").first()
    if share is not None:
        return share.payment
    return line.candidates.get() if line.reason in WRITTEN_EXACTLY else None
