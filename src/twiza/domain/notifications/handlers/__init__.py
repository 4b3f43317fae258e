"""Who is told what, when. Each handler may run twice: a message has one key, and so one row."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import ngettext, override, pgettext

from twiza.domain.catalogue.events import MakerAsked
from twiza.domain.catalogue.models import Maker, Variant
from twiza.domain.directory.events import (
    AccreditationEnded,
    AccreditationEnding,
    BankChangeApplied,
    BankChangeAsked,
    BankChangeStopped,
    ClaimAccepted,
    ClaimRefused,
    FreshnessAsked,
    MandateAsked,
    MandateGranted,
    MandateRevoked,
    MemberAdded,
)
from twiza.domain.directory.forms import reason_words
from twiza.domain.directory.models import Accreditation, Claim, Mandate, Membership, Organisation
from twiza.domain.directory.rules import language_on_file, people_who_may_object
from twiza.domain.directory.selectors import (
    get_bank_change,
    get_freshness_question,
    held_facts_of,
    members_with_a_phone,
    people_receiving_texts,
    people_to_ask,
)
from twiza.domain.inventory.events import SoldOut
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import saleable_quantities
from twiza.domain.notifications.composing import compose, shortened
from twiza.domain.notifications.handlers import (  # noqa: F401 -- they listen by being imported
    answers,
    complaints,
    enquiries,
    gifts,
    hosts,
    money,
    parcels,
    parts,
    payouts,
    quotes,
    recalls,
    returns,
    reviews,
)
from twiza.domain.notifications.handlers.telling import (
    link_to,
    orders_with_facts,
    reason_of,
    script_of,
    tell_buyer,
    tell_buyer_of,
    tell_person,
)
from twiza.domain.orders.events import (
    FulfilmentDelivered,
    FulfilmentHandedOver,
    OrderAccepted,
    OrderConfirmed,
    OrderDeclined,
    OrderPlaced,
    OrderReady,
    OrderUnconfirmed,
    OrderWeighed,
)
from twiza.domain.orders.models import Order, OrderGroup, ParcelDriver, Step
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.orders.selectors import short_content
from twiza.domain.storefronts.events import ProductRefused
from twiza.domain.storefronts.models import ProductReview, Storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.selectors import person_reached_at
from twiza.foundation.events.subscriptions import on
from twiza.foundation.messaging.services import queue_text
from twiza.kit.money import plain


@on(OrderPlaced)
def tell_cooperatives_of_an_order(event: OrderPlaced) -> None:
    """Each cooperative hears of its own part and of nothing else."""
    for order in orders_with_facts(group_id=event.group_id):
        for person in people_receiving_texts(order.cooperative):
            facts = {
                "number": order.number,
                "content": shortened(short_content(order, person.language)),
                "total": plain(order.total_centimes),
                "place": _place(order, person.language),
            }
            text = "order_placed.cooperative" if is_paid_on_delivery(order) else "order_placed_paid.cooperative"
            tell_person(person, text, f"order-placed:{order.pk}", **facts)


@on(OrderPlaced)
def tell_buyer_of_the_order(event: OrderPlaced) -> None:
    """The acknowledgement, at once, with how to confirm; what is paid needs no confirming."""
    group = OrderGroup.objects.prefetch_related("orders__lines").get(pk=event.group_id)
    if group.is_paid_first:
        facts = {"number": group.number, "total": plain(group.total_centimes), "link": link_to(group)}
        tell_buyer(group, "order_paid.buyer", f"group-placed:{group.pk}", is_awaited=True, **facts)
        return
    is_weighed, until = group.most_due_centimes != group.due_centimes, group.confirm_before
    tell_buyer(
        group,
        f"{'order_placed_weighed' if is_weighed else 'order_placed'}{'_until' if until else ''}.buyer",
        f"group-placed:{group.pk}",
        number=group.number,
        total=plain(group.most_due_centimes if is_weighed else group.total_centimes),
        code=group.confirmation_code,
        is_awaited=True,
        **({"day": f"{localtime(until):%d/%m %H:%M}"} if until else {}),
    )


@on(OrderConfirmed)
def tell_cooperatives_of_the_confirmation(event: OrderConfirmed) -> None:
    for order in orders_with_facts(group_id=event.group_id).exclude(status=Order.Status.DECLINED):
        for person in people_receiving_texts(order.cooperative):
            tell_person(person, "order_confirmed.cooperative", f"order-confirmed:{order.pk}", number=order.number)


@on(OrderUnconfirmed)
def tell_of_what_was_not_confirmed(event: OrderUnconfirmed) -> None:
    """The buyer may order again; the cooperative has the goods on its shelf again."""
    tell_buyer_of(event.order_id, "order_unconfirmed.buyer", "order-unconfirmed")
    order = orders_with_facts(pk=event.order_id).get()
    for person in people_receiving_texts(order.cooperative):
        tell_person(person, "order_unconfirmed.cooperative", f"order-unconfirmed:{order.pk}", number=order.number)


@on(OrderAccepted)
def tell_buyer_of_the_acceptance(event: OrderAccepted) -> None:
    tell_buyer_of(event.order_id, "order_accepted.buyer", "order-accepted")


@on(OrderDeclined)
def tell_buyer_of_the_refusal(event: OrderDeclined) -> None:
    tell_buyer_of(event.order_id, "order_declined.buyer", "order-declined")


@on(OrderDeclined)
def tell_operators_of_the_refusal(event: OrderDeclined) -> None:
    """Whoever runs the storefront the goods were chosen in may find the buyer something else; what they cancelled is known."""
    order = orders_with_facts(pk=event.order_id).get()
    if order.steps.filter(what=Step.What.UNANSWERED, by__isnull=False).exists():
        return
    storefronts = Storefront.objects.filter(pk__in=order.lines.values("storefront_id"), operator__isnull=False)
    for operator in Organisation.objects.filter(storefronts__in=storefronts).distinct():
        for person in people_receiving_texts(operator):
            facts = {"cooperative": order.cooperative.name_in(script_of(person.language)), "number": order.number}
            tell_person(
                person, "order_declined.operator", f"order-declined:{order.pk}", reason=reason_of(order, person.language), **facts
            )


@on(OrderWeighed)
def tell_buyer_what_it_weighed(event: OrderWeighed) -> None:
    """What is paid now is known; weighed again, it is told again."""
    tell_buyer_of(event.order_id, "order_weighed.buyer", f"order-weighed:{event.total_centimes}", total=event.total_centimes)


@on(OrderReady)
def tell_buyer_to_come(event: OrderReady) -> None:
    """Only a buyer who fetches it wants to know that it is packed."""
    if orders_with_facts(pk=event.order_id).get().fulfilment.is_fetched:
        tell_buyer_of(event.order_id, "order_ready.buyer", "order-ready")


@on(FulfilmentHandedOver)
def tell_buyer_it_left(event: FulfilmentHandedOver) -> None:
    """With a driver, whom to meet where and when."""
    driver = ParcelDriver.objects.filter(fulfilment__order=event.order_id).first()
    text = "fulfilment_handed_over_driver.buyer" if driver else "fulfilment_handed_over.buyer"
    tell_buyer_of(event.order_id, text, "fulfilment-handed-over", driver=driver)


@on(FulfilmentDelivered)
def tell_buyer_it_arrived(event: FulfilmentDelivered) -> None:
    tell_buyer_of(event.order_id, "fulfilment_delivered.buyer", "fulfilment-delivered")


@on(SoldOut)
def tell_cooperative_it_sold_out(event: SoldOut) -> None:
    """Unless more were counted meanwhile."""
    if saleable_quantities([event.variant_id])[event.variant_id]:
        return
    level = StockLevel.objects.get(variant_id=event.variant_id)
    variant = Variant.objects.select_related("product__cooperative").get(pk=event.variant_id)
    for person in people_receiving_texts(variant.product.cooperative):
        product = variant.product.name_ar if person.language == "ar" and variant.product.name_ar else variant.product.name_fr
        movement = level.movements.values_list("pk", flat=True).first()
        tell_person(person, "sold_out.cooperative", f"sold-out:{level.pk}:{movement}", product=product or variant.product.name)


@on(AccreditationEnding)
def warn_of_a_label_that_ends(event: AccreditationEnding) -> None:
    _tell_of_label(event.accreditation_id, "label_ending.cooperative", "label-ending")


@on(AccreditationEnded)
def tell_of_a_label_that_ended(event: AccreditationEnded) -> None:
    _tell_of_label(event.accreditation_id, "label_ended.cooperative", "label-ended")


def _tell_of_label(accreditation_id: int, text: str, key: str) -> None:
    """Once for each last day: a certificate that was renewed ends another time."""
    held = Accreditation.objects.select_related("organisation").get(pk=accreditation_id)
    for person in people_receiving_texts(held.organisation):
        with override(script_of(person.language)):
            label = shortened(f"{held.get_scheme_display()} {held.number}".strip(), 60)
        day = f"{held.valid_until:%d/%m/%Y}" if held.valid_until else ""
        tell_person(person, text, f"{key}:{held.pk}:{held.valid_until}", label=label, day=day)


@on(ProductRefused)
def tell_of_a_product_not_shown(event: ProductRefused) -> None:
    """Not what was decided before or since: only what stands."""
    review = ProductReview.objects.select_related("storefront", "product__cooperative").filter(pk=event.review_id).first()
    if review is None or review.is_shown or review.at.isoformat() != event.at:
        return
    for person in people_receiving_texts(review.product.cooperative):
        with override(script_of(person.language)):
            reason = shortened(review.words or str(review.get_reason_display()), 70)
            facts = {"employer": shortened(review.storefront.name, 28), "product": shortened(review.product.name, 36)}
        tell_person(person, "product_refused.cooperative", f"product-refused:{review.pk}:{event.at}", reason=reason, **facts)


@on(BankChangeAsked)
def warn_members_of_another_account(event: BankChangeAsked) -> None:
    """Everybody in the cooperative, also those who hear of no orders and those who asked for silence: it is their income."""
    _warn_members(event.change_id, "bank_change_asked.cooperative", "bank-change-asked")


@on(BankChangeStopped)
def tell_members_the_account_stays(event: BankChangeStopped) -> None:
    _warn_members(event.change_id, "bank_change_stopped.cooperative", "bank-change-stopped")


@on(BankChangeApplied)
def tell_members_of_the_new_account(event: BankChangeApplied) -> None:
    _warn_members(event.change_id, "bank_change_applied.cooperative", "bank-change-applied")


@on(FreshnessAsked)
def ask_whether_it_is_still_true(event: FreshnessAsked) -> None:
    """One telephone is told what we hold, and asked: 1 still true, 2 changed, 3 closed."""
    question = get_freshness_question(event.question_id)
    words = compose(
        "freshness_asked.cooperative",
        question.language,
        cooperative=shortened(question.organisation.name_in(script_of(question.language)), 30),
        held=_held(question.organisation, question.language),
    )
    queue_text(
        to=question.phone,
        text=words,
        key=question.text_key,
        kind="service",
        language=question.language,
        person=question.person,
    )


def _held(organisation: Organisation, language: str) -> str:
    """The commune, how many members, the telephone: what is known of them."""
    script = script_of(language)
    facts = held_facts_of(organisation, script)
    with override(script):
        count = facts.members
        members = ngettext("%(number)s member", "%(number)s members", count) % {"number": count} if count else ""
        comma = pgettext("between facts in a text", ", ")
    return comma.join(fact for fact in (shortened(facts.place, 24), members, facts.phone) if fact)


def _warn_members(change_id: int, text: str, key: str) -> None:
    """Of the account, only the last four figures are said."""
    change = get_bank_change(change_id)
    begins = localtime(change.not_before)
    for person in members_with_a_phone(change.organisation):
        facts = {
            "cooperative": shortened(change.organisation.name_in(script_of(person.language)), 40),
            "person": shortened(change.asked_by.name, 24),
            "last": change.last_four,
            "day": f"{begins:%d/%m %H:%M}",
        }
        tell_person(person, text, f"{key}:{change.pk}", kind="security", **facts)


@on(ClaimAccepted)
def tell_members_who_joined(event: ClaimAccepted) -> None:
    """Those who belonged to the cooperative before may say that they do not know whoever joined."""
    claim = _claim(event.claim_id)
    if not event.had_members:
        return
    for person in people_who_may_object(claim):
        facts = {
            "person": shortened(claim.person.name, 24),
            "cooperative": _name(claim.organisation, person),
            "number": claim.number,
        }
        tell_person(person, "claim_accepted.members", f"claim-accepted:{claim.pk}", **facts)


@on(ClaimAccepted)
def tell_claimant_that_papers_served(event: ClaimAccepted) -> None:
    """Whoever typed a code saw it on the screen already."""
    claim = _claim(event.claim_id)
    if claim.how == Claim.How.PAPERS:
        name = _name(claim.organisation, claim.person)
        tell_person(claim.person, "claim_accepted.claimant", f"claim-served:{claim.pk}", cooperative=name)


@on(ClaimRefused)
def tell_claimant_of_the_refusal(event: ClaimRefused) -> None:
    claim = _claim(event.claim_id)
    with override(script_of(claim.person.language)):
        reason = shortened(reason_words(claim.reason), 100)
    facts = {"cooperative": _name(claim.organisation, claim.person), "reason": reason}
    tell_person(claim.person, "claim_refused.claimant", f"claim-refused:{claim.pk}", **facts)


@on(MemberAdded)
def tell_member_where_they_belong(event: MemberAdded) -> None:
    membership = Membership.objects.select_related("organisation__published_revision", "user").get(pk=event.membership_id)
    name = _name(membership.organisation, membership.user)
    tell_person(membership.user, "member_added.person", f"member-added:{membership.pk}", cooperative=name)


@on(MakerAsked)
def ask_whether_she_may_be_named(event: MakerAsked) -> None:
    """Unless she answered meanwhile."""
    maker = Maker.objects.select_related("cooperative__published_revision", "person").get(pk=event.maker_id)
    if maker.is_named or maker.has_refused:
        return
    facts = {
        "person": shortened(maker.first_name, 24),
        "cooperative": _name(maker.cooperative, maker.person),
        "number": maker.number,
    }
    tell_person(maker.person, "maker_asked.person", f"maker-asked:{maker.pk}:{event.asked_on}", **facts)


@on(MandateAsked)
def ask_cooperative_for_the_mandate(event: MandateAsked) -> None:
    """Whoever decides for it is asked, in their language, with the answer to write; else the number on file."""
    mandate = _mandate(event.mandate_id)
    if mandate.asked_phone:
        _ask_number_on_file(mandate)
        return
    for person in people_to_ask(mandate.organisation):
        facts = {
            "agent": shortened(mandate.agent.name, 24),
            "employer": shortened(mandate.employer.name_in(script_of(person.language)), 28),
            "cooperative": _name(mandate.organisation, person),
            "number": mandate.number,
        }
        tell_person(person, "mandate_asked.cooperative", f"mandate-asked:{mandate.pk}", **facts)


def _ask_number_on_file(mandate: Mandate) -> None:
    """In the language of whoever holds it. No other text and no screen says this number."""
    holder = person_reached_at(phone=mandate.asked_phone)
    language = str(holder.language) if holder else language_on_file(mandate.organisation)
    words = compose(
        "mandate_asked.on_file",
        language,
        agent=shortened(mandate.agent.name, 24),
        employer=shortened(mandate.employer.name_in(script_of(language)), 28),
        cooperative=shortened(mandate.organisation.name_in(script_of(language)), 40),
        number=mandate.number,
    )
    key = f"mandate-asked:{mandate.pk}"
    queue_text(to=mandate.asked_phone, text=words, key=key, kind="service", language=language, person=holder)


@on(MandateGranted)
def tell_agent_of_the_mandate(event: MandateGranted) -> None:
    mandate = _mandate(event.mandate_id)
    facts = {"cooperative": _name(mandate.organisation, mandate.agent), "day": f"{mandate.ends_at:%d/%m/%Y}"}
    tell_person(mandate.agent, "mandate_granted.agent", f"mandate-granted:{mandate.pk}", **facts)


@on(MandateRevoked)
def tell_agent_there_is_no_mandate(event: MandateRevoked) -> None:
    mandate = _mandate(event.mandate_id)
    name = _name(mandate.organisation, mandate.agent)
    tell_person(mandate.agent, "mandate_revoked.agent", f"mandate-revoked:{mandate.pk}", cooperative=name)


def _claim(claim_id: int) -> Claim:
    return Claim.objects.select_related("organisation__published_revision", "person").get(pk=claim_id)


def _mandate(mandate_id: int) -> Mandate:
    people = ("organisation__published_revision", "employer__published_revision", "agent")
    return Mandate.objects.select_related(*people).get(pk=mandate_id)


def _name(organisation: Organisation, reader: User) -> str:
    return shortened(organisation.name_in(script_of(reader.language)), 40)


def _place(order: Order, language: str) -> str:
    commune = order.group.commune
    return commune.name_ar if language == "ar" else commune.name_fr
