"""Questions about complaints. Each side reads them through what is its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from twiza.domain.aftersales.models import Complaint, Replacement
from twiza.domain.aftersales.rules import PHOTOS_KEPT, may_be_complained_of
from twiza.domain.directory.models import Organisation
from twiza.domain.inventory.selectors import PackedLot, lots_sent_with_each, lots_to_take
from twiza.domain.orders.models import Order, OrderGroup, OrderLine
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST = 200
FOR_COOPERATIVE = frozenset({Complaint.State.OPEN, Complaint.State.ACCEPTED})


def lines_to_complain_of(orders: Iterable[Order]) -> dict[int, list[OrderLine]]:
    """By order, the lines with which something may be said to be wrong. Select the fulfilment, prefetch the lines.

    None while another complaint about it is open, nor after one, unless it was sent again.
    """
    arrived = [order for order in orders if may_be_complained_of(order)]
    if not arrived:
        return {}
    said = Complaint.objects.filter(line__order__in=arrived).exclude(outcome=Complaint.Outcome.REPLACED)
    known = set(said.values_list("line_id", flat=True))
    lines = {order.pk: [line for line in order.lines.all() if line.pk not in known] for order in arrived}
    return {pk: left for pk, left in lines.items() if left}


def complaints_of(orders: Iterable[Order]) -> dict[int, list[Complaint]]:
    """By order, what its buyer complained of, the oldest first."""
    found: dict[int, list[Complaint]] = defaultdict(list)
    for complaint in (
        Complaint.objects.filter(line__order__in=orders)
        .select_related("line__storefront")
        .prefetch_related("replacements")
        .order_by("pk")
    ):
        found[complaint.line.order_id].append(complaint)
    return dict(found)


def complaint_behind(group: OrderGroup, complaint_id: int) -> Complaint:
    """One about an order of this buyer's, whose own link the caller has. Raises NotFound."""
    return _one(Complaint.objects.filter(line__order__group=group), complaint_id)


def complaints_to(cooperative: Organisation) -> Sequence[Complaint]:
    """What its buyers complained of, also of pages merged into its own: what waits for it first, by its last day."""
    found = _with_everything(Complaint.objects.filter(_sold_by(cooperative))).order_by("answer_due_on", "pk")[:MOST]
    return sorted(
        found, key=lambda complaint: (complaint.state not in FOR_COOPERATIVE, complaint.state == Complaint.State.CLOSED)
    )


def open_complaints_to(cooperative: Organisation) -> int:
    """How many of them wait for the cooperative to do something."""
    is_the_markets = Q(refund_due_on__isnull=False, line__order__group__pay_before__isnull=False)
    return Complaint.objects.filter(_sold_by(cooperative), state__in=FOR_COOPERATIVE).exclude(is_the_markets).count()


def complaint_to(cooperative: Organisation, complaint_id: int) -> Complaint:
    """One of the cooperative's own. Another's does not exist for it (NotFound)."""
    return _one(Complaint.objects.filter(line__order__cooperative=cooperative), complaint_id)


def complaints_over(storefront: Storefront) -> Sequence[Complaint]:
    """What is complained of that was chosen in this storefront and not closed yet: what waits for its operator first, by age.

    Ask for the storefront through the viewer first.
    """
    found = Complaint.objects.filter(line__storefront=storefront).exclude(state=Complaint.State.CLOSED)
    rows = _with_everything(found).order_by("opened_at", "pk")[:MOST]
    return sorted(rows, key=lambda complaint: complaint.state != Complaint.State.ESCALATED)


def complaint_over(storefront: Storefront, complaint_id: int) -> Complaint:
    """One about something chosen there. Ask for the storefront through the viewer first. Raises NotFound."""
    return _one(Complaint.objects.filter(line__storefront=storefront), complaint_id)


def complaints_unheard(limit: int = 500) -> Sequence[int]:
    """Those whose cooperative, or whose buyer, had until yesterday to answer and did not."""
    today = clock.today()
    unanswered = Q(state=Complaint.State.OPEN, answer_due_on__lt=today)
    silent = Q(state=Complaint.State.OFFERED, reply_due_on__lt=today)
    return list(Complaint.objects.filter(unanswered | silent).order_by("pk").values_list("pk", flat=True)[:limit])


def complaint_refunds_just_late(limit: int = 500) -> Sequence[int]:
    """Complaints whose money should be back and is not, of which nobody was told yet."""
    late = Complaint.objects.filter(
        state=Complaint.State.ACCEPTED, refund_due_on__lt=clock.today(), told_late_at__isnull=True
    ).filter(Q(decision="", answer=Complaint.Answer.REFUND) | Q(decision=Complaint.Answer.REFUND))
    return list(late.order_by("pk").values_list("pk", flat=True)[:limit])


def photos_to_forget(limit: int = 500) -> Sequence[int]:
    """Complaints closed so long ago that nobody needs their pictures any more."""
    old = Complaint.objects.filter(closed_at__lt=clock.now() - PHOTOS_KEPT).exclude(photo="")
    return list(old.order_by("pk").values_list("pk", flat=True)[:limit])


def photo_of(complaint: Complaint) -> bytes:
    """The picture that came with it, a JPEG, else NotFound. Ask for the complaint through the viewer first."""
    if not complaint.photo:
        raise NotFound
    try:
        with complaint.photo.open("rb") as file:
            return bytes(file.read())
    except FileNotFoundError as missing:
        raise NotFound from missing


def replacements_to_pack(cooperative: Organisation) -> Sequence[Complaint]:
    """Complaints of which something is sent again and has not left, what has to leave first before the others.

    Ask for the cooperative through the viewer first.
    """
    pending = Q(replacements__status=Replacement.Status.PENDING)
    return list(
        _with_everything(Complaint.objects.filter(_sold_by(cooperative), pending)).order_by("replacements__send_due_on", "pk")
    )


def lots_of_replacement(parcel: Replacement) -> Sequence[PackedLot]:
    """What it holds by lot, or what to take from the shelf while it has not left."""
    sent = lots_sent_with_each([parcel.cause]).get(parcel.cause)
    return sent or lots_to_take([(parcel.complaint.line.variant_id, parcel.quantity)])[0]


def _one(complaints: QuerySet[Complaint], complaint_id: int) -> Complaint:
    found = _with_everything(complaints.filter(pk=complaint_id)).first()
    if found is None:
        raise NotFound
    return found


def _sold_by(cooperative: Organisation) -> Q:
    return Q(line__order__cooperative=cooperative) | Q(line__order__cooperative__merged_into=cooperative)


def _with_everything(complaints: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return complaints.select_related(
        "line__order__group__commune",
        "line__order__cooperative__published_revision",
        "line__order__fulfilment",
        "line__storefront__operator",
    ).prefetch_related("replacements")
