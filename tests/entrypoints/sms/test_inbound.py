"""A cooperative without a screen answers by text, with the same rights and rules as behind the button."""

import itertools

import pytest

from tests.jobs import run_jobs
from twiza.domain.orders.models import Fulfilment, Order, OrderGroup, Step
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import InboundText, Message, OptOut
from twiza.foundation.messaging.services import queue_text, receive_text

SALMA = "+212683005001"
STRANGER = "+212683777777"
counter = itertools.count()


@pytest.fixture
def group(market):
    placed = market.order()
    run_jobs()
    return placed


def order_of(group, cooperative):
    return Order.objects.get(group=group, cooperative=cooperative)


def write(sender, text):
    """The text arrives, is read and answered; gives back the answer or None, and what we remember."""
    phone = sender if isinstance(sender, str) else sender.phone
    inbound = receive_text(gateway="simulator", gateway_id=f"t{next(counter)}", sender=phone, text=text)
    run_jobs()
    inbound.refresh_from_db()
    return (inbound.answered_by.text if inbound.answered_by else None), inbound


def test_a_yes_accepts_the_order_and_everybody_is_told(market, group):
    order = order_of(group, market.honey_cooperative)

    answer, inbound = write(market.mina, f"OUI {order.number}")

    order.refresh_from_db()
    assert order.status == "accepted"
    assert answer == f"Talab {order.number} ma9boul: 1 x Miel de thym 500 g. 160 DH. Melli ywjed: WAJDA {order.number}"
    assert (inbound.intent, inbound.outcome, inbound.person, inbound.needs_person) == ("accept", "done", market.mina, False)
    assert inbound.answered_by.state == "delivered"
    assert Message.objects.filter(to=SALMA, key__startswith="order-accepted").exists()
    entry = Entry.objects.get(action="orders.accepted", subject=f"order:{order.pk}")
    assert (entry.actor, entry.channel) == (market.mina, "sms")
    assert Step.objects.get(order=order, what="accepted").channel == "sms"


def test_an_order_goes_its_whole_way_by_text(market, group):
    order = order_of(group, market.argan_cooperative)
    group.refresh_from_db()
    write(SALMA, f"oui {group.number}")

    for text in (f"٤ {order.number}", f"جاهز {order.number}", f"أرسلت {order.number} LD123456789MA", f"وصل {order.number}"):
        answer, inbound = write(market.hajja, text)
        assert (inbound.outcome, inbound.answered_by.parts) == ("done", 1), answer

    order.refresh_from_db()
    assert (order.status, order.fulfilment.status) == ("closed", "delivered")
    assert order.fulfilment.tracking == "LD123456789MA"


def test_a_no_with_its_reason_declines(market, group):
    order = order_of(group, market.honey_cooperative)

    answer, _ = write(market.mina, f"non {order.number} plus de miel")

    order.refresh_from_db()
    assert (order.status, order.decline_reason) == ("declined", "plus de miel")
    assert answer.startswith(f"Talab {order.number} merfoud")


def test_a_parcel_that_leaves_before_the_buyer_confirmed_is_warned_about(market, group):
    order = order_of(group, market.saffron_cooperative)
    write(market.fatima, f"oui {order.number}")

    answer, _ = write(market.fatima, f"sifet {order.number}")

    assert Fulfilment.objects.get(order=order).status == "handed_over"
    assert "mazal ma 2akkedch" in answer


def test_a_second_yes_changes_nothing_and_is_told_so(market, group):
    order = order_of(group, market.honey_cooperative)
    write(market.mina, f"oui {order.number}")

    answer, inbound = write(market.mina, f"ok pour la {order.number}")

    assert inbound.outcome == "already_answered"
    assert order.number in answer
    assert Step.objects.filter(order=order, what="accepted").count() == 1


def test_the_same_words_again_get_the_same_answer_and_do_nothing(market, group):
    order = order_of(group, market.honey_cooperative)
    first, _ = write(market.mina, f"oui {order.number}")

    second, inbound = write(market.mina, f"oui {order.number}")

    assert (first, inbound.outcome) == (second, "repeated")


def test_the_handler_may_run_twice(market, group):
    from twiza.entrypoints.sms.inbound import answer_text
    from twiza.foundation.messaging.events import TextReceived

    _, inbound = write(market.mina, "1")
    answer_text(TextReceived(inbound_id=inbound.pk))

    assert Message.objects.filter(kind="reply").count() == 1


@pytest.mark.parametrize("text", ["oui {n} ?", "pas encore oui {n}", "accpete {n}", "oui {n} demain", "mabghitch oui {n}"])
def test_in_doubt_nothing_is_done_and_the_sure_word_is_taught(market, group, text):
    order = order_of(group, market.honey_cooperative)

    answer, inbound = write(market.mina, text.format(n=order.number))

    order.refresh_from_db()
    assert (order.status, inbound.outcome) == ("placed", "asked")
    assert "OUI" in answer or "LA" in answer


def test_a_yes_without_number_names_the_one_order_that_waits(market, group):
    order = order_of(group, market.honey_cooperative)

    answer, inbound = write(market.mina, "oui")

    order.refresh_from_db()
    assert (order.status, inbound.outcome) == ("placed", "asked")
    assert f"OUI {order.number}" in answer


def test_a_yes_without_number_lists_several_orders(market, group):
    market.order(market.honey)
    run_jobs()

    answer, _ = write(market.mina, "oui")

    assert all(order.number in answer for order in Order.objects.filter(cooperative=market.honey_cooperative))
    assert not Order.objects.filter(status="accepted").exists()


def test_another_cooperatives_order_does_not_exist(market, group):
    order = order_of(group, market.honey_cooperative)

    answer, inbound = write(market.hajja, f"oui {order.number}")

    order.refresh_from_db()
    assert (order.status, inbound.outcome) == ("placed", "not_found")
    assert order.number in answer


def test_a_wrong_digit_finds_nothing(market, group):
    order = order_of(group, market.honey_cooperative)
    wrong = order.number[:-1] + str((int(order.number[-1]) + 1) % 10)

    _, inbound = write(market.mina, f"oui {wrong}")

    assert inbound.outcome == "not_found"
    assert not Order.objects.filter(status="accepted").exists()


def test_a_buyer_confirms_with_a_bare_yes(market, group):
    answer, inbound = write(SALMA, "oui")

    group.refresh_from_db()
    assert group.confirmed_at is not None
    assert inbound.outcome == "done"
    assert str(group.number) in answer


@pytest.mark.parametrize("text", ["oui {number}", "ok {code}", "نعم {number}"])
def test_a_buyer_confirms_with_the_number_or_the_code(market, group, text):
    group.refresh_from_db()
    write(SALMA, text.format(number=group.number, code=group.confirmation_code))

    assert OrderGroup.objects.get(pk=group.pk).confirmed_at is not None


def test_a_buyer_who_says_yes_again_is_thanked_again(market, group):
    first, _ = write(SALMA, "oui")
    confirmed_at = OrderGroup.objects.get(pk=group.pk).confirmed_at
    again, inbound = write(SALMA, "OUI !")

    assert (again, inbound.outcome) == (first, "done")
    assert OrderGroup.objects.get(pk=group.pk).confirmed_at == confirmed_at


def test_an_order_that_everybody_declined_cannot_be_confirmed(market, group):
    for cooperative, person in (
        (market.saffron_cooperative, market.fatima),
        (market.argan_cooperative, market.hajja),
        (market.honey_cooperative, market.mina),
    ):
        write(person, f"non {order_of(group, cooperative).number}")

    answer, _ = write(SALMA, "oui")

    assert OrderGroup.objects.get(pk=group.pk).confirmed_at is None
    assert str(group.number or OrderGroup.objects.get(pk=group.pk).number) in answer


def test_a_buyer_hears_of_his_order_and_is_called_when_he_asks_for_help(market, group):
    group.refresh_from_db()
    write(SALMA, "oui")

    status, _ = write(SALMA, "1")
    help_, inbound = write(SALMA, "AIDE")

    assert status.startswith(f"Votre commande {group.number} :")
    assert str(group.number) in help_
    assert (inbound.outcome, inbound.needs_person) == ("passed_on", True)


def test_another_phone_confirms_nothing(market, group):
    group.refresh_from_db()
    answer, inbound = write(STRANGER, f"oui {group.number}")

    assert OrderGroup.objects.get(pk=group.pk).confirmed_at is None
    assert (inbound.outcome, inbound.needs_person) == ("stranger", True)
    assert answer is not None


@pytest.mark.parametrize("before", [[], ["oui"]])
def test_a_buyer_who_says_no_is_heard_by_a_person(market, group, before):
    for text in before:
        write(SALMA, text)

    _, inbound = write(SALMA, "non")

    assert (inbound.outcome, inbound.needs_person) == ("passed_on", True)
    assert not Order.objects.exclude(status="placed").exists()


def test_who_both_sells_and_buys_is_asked_which(market, group):
    group.refresh_from_db()
    OrderGroup.objects.filter(pk=group.pk).update(buyer_phone=market.mina.phone)
    order = order_of(group, market.honey_cooperative)

    answer, inbound = write(market.mina, "oui")
    assert inbound.outcome == "asked"
    assert str(group.number) in answer
    assert order.number in answer

    write(market.mina, f"oui {order.number}")
    order.refresh_from_db()
    assert order.status == "accepted"
    assert OrderGroup.objects.get(pk=group.pk).confirmed_at is None


def test_a_stranger_is_answered_once_a_day_and_nothing_is_done(market, group):
    first, inbound = write(STRANGER, "Bonjour, vendez-vous du miel ?")
    second, _ = write(STRANGER, "Allô ?")

    assert first is not None
    assert second is None
    assert inbound.needs_person is True
    assert inbound.person is None


def test_a_stranger_abroad_and_a_name_are_not_answered(market):
    abroad, _ = write("+33612345678", "hello")
    name, inbound = write("PROMO", "Gagnez")

    assert abroad is None
    assert name is None
    assert inbound.needs_person is True


def test_a_riddle_is_answered_three_times_an_hour_then_left_to_a_person(market):
    answers = [write(market.mina, f"salam labas {number}")[0] for number in ("a", "b", "c", "d")]

    assert [answer is not None for answer in answers] == [True, True, True, False]
    assert InboundText.objects.filter(needs_person=True).count() == 4


@pytest.mark.parametrize("text", ["", "  \x00 ", "x" * 2000, "oui " * 500, "😀" * 300])
def test_an_odd_text_does_no_harm(market, group, text):
    answer, _ = write(market.mina, text)

    assert answer
    assert not Order.objects.exclude(status="placed").exists()


@pytest.mark.parametrize("text", ["STOP", "7bes", "توقف", "ⵙⴱⴷⴷ"])
def test_stop_is_obeyed_from_anybody_in_any_language(market, text):
    answer, inbound = write(STRANGER, text)

    assert OptOut.objects.get(phone=STRANGER, until=None).words == text
    assert (inbound.outcome, inbound.answered_by.state) == ("done", "delivered")
    assert answer
    assert queue_text(to=STRANGER, text="a", key="k", kind="service", language="fr").state == "suppressed"


def test_start_ends_the_silence_however_often_one_changes_ones_mind(market):
    for text in ("STOP", "START", "STOP", "START"):
        write(market.mina, text)

    assert not OptOut.objects.filter(phone=market.mina.phone, until=None).exists()


def test_a_doubtful_stop_is_asked_back(market):
    _, inbound = write(market.mina, "safi")

    assert inbound.outcome == "asked"
    assert not OptOut.objects.exists()


def test_the_list_names_what_waits_then_what_is_to_prepare(market, group):
    order = order_of(group, market.honey_cooperative)
    waiting, _ = write(market.mina, "1")
    write(market.mina, f"oui {order.number}")
    accepted, _ = write(market.mina, "talabat")
    none, _ = write(market.karim, "1")

    assert waiting == f"Jawbou 3la: {order.number} (160 DH). Ktbou OUI {order.number} wla LA {order.number}."
    assert accepted.startswith(f"Wejjdou wla siftou: {order.number}")
    assert none == "Aucune commande ne vous attend."


def test_help_uses_ones_own_order_as_the_example(market, group):
    order = order_of(group, market.argan_cooperative)

    answer, _ = write(market.hajja, "مساعدة")

    assert f"نعم {order.number}" in answer


def test_a_refusal_is_said_in_the_senders_language(market, group):
    order = order_of(group, market.argan_cooperative)

    answer, inbound = write(market.hajja, f"وصل {order.number}")

    assert inbound.outcome == "not_accepted_yet"
    assert order.number in answer
    assert not Fulfilment.objects.filter(status="delivered").exists()
