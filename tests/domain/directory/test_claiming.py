"""Whose page it is: proved by a code to the number on file, or by papers, and open to objection."""

from __future__ import annotations

import io
import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from PIL import Image

from tests.jobs import run_jobs
from tests.people import KHOURIBGA, person
from twiza.domain.directory import rules, selectors
from twiza.domain.directory.errors import (
    AlreadyMember,
    ClaimDecided,
    CodeTooOld,
    NotClaimable,
    PaperTooLarge,
    PaperUnreadable,
    TooLateToObject,
    TooManyCodes,
    TooManyPapers,
    WrongClaimCode,
)
from twiza.domain.directory.forms import ContactDetails, OrganisationDetails
from twiza.domain.directory.models import Claim, ClaimCode, ClaimPaper, ContactPoint, Membership, Organisation
from twiza.domain.directory.services import claim_papers
from twiza.domain.directory.services.claim_papers import claim_by_papers, read_paper
from twiza.domain.directory.services.claiming import enter_claim_code, expire_claims, send_claim_code, withdraw_claim
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.registering import change_state, register_organisation
from twiza.domain.directory.services.welcoming import accept_claim, forget_papers, object_to_claim, refuse_claim
from twiza.foundation.audit.models import Entry
from twiza.foundation.messaging.models import Message
from twiza.foundation.search.models import SearchChange
from twiza.kit import clock
from twiza.kit.errors import NotFound

ON_FILE = "+212683001004"
OTHER = "+212683001042"

pytestmark = pytest.mark.django_db


def listed(name: str = "Coopérative Tazouta", *phones: str) -> Organisation:
    contacts = tuple(ContactDetails("phone", phone) for phone in phones or (ON_FILE,))
    details = OrganisationDetails(name_fr=name, name_ar="تعاونية تازوطا", commune_code=KHOURIBGA, contacts=contacts)
    return register_organisation(kind="cooperative", details=details, by=None)


@pytest.fixture
def tazouta():
    return listed()


@pytest.fixture
def mina(db):
    return person("Mina", 1004, "ary")


@pytest.fixture
def zahra(db):
    return person("Zahra", 1005, "ar")


def send(organisation, who, role="president", phone=ON_FILE):
    contact = ContactPoint.objects.get(organisation=organisation, value=phone)
    return send_claim_code(organisation, who, contact_id=contact.pk, role=role, language="fr")


def code_to(phone=ON_FILE) -> str:
    text = Message.objects.filter(to=phone, key__startswith="claim-code").latest("pk").text
    return re.search(r"\b\d{6}\b", text).group()


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def join(organisation, who, role="president"):
    send(organisation, who, role)
    return enter_claim_code(organisation, who, code_to())


def picture(**saved) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG", **saved)
    file.seek(0)
    return file


def test_the_right_code_makes_a_president_and_the_page_is_kept_by_its_members(tazouta, mina):
    SearchChange.objects.all().delete()
    claim = join(tazouta, mina)

    tazouta.refresh_from_db()
    membership = Membership.objects.get(organisation=tazouta)
    assert (tazouta.state, claim.state, claim.how) == ("claimed", "accepted", "code")
    assert (membership.user, membership.role, membership.receives_texts) == (mina, "president", True)
    assert ContactPoint.objects.get(value=ON_FILE).verified_at is not None
    assert SearchChange.objects.filter(kind="cooperative", object_id=tazouta.pk).exists()
    assert Entry.objects.filter(action="directory.accept_claim", actor=mina).count() == 1


def test_the_code_goes_out_in_the_holders_language_and_only_its_imprint_is_kept(tazouta, mina, zahra):
    send(tazouta, zahra)

    message = Message.objects.get(key__startswith="claim-code")
    assert (message.kind, message.language, message.person) == ("security", "ary", mina)
    assert "houwa l-code" in message.text
    assert code_to() not in str(ClaimCode.objects.values().get())
    assert message.parts == 1


def test_a_code_typed_in_arabic_figures_or_with_spaces_is_the_same_code(tazouta, mina):
    send(tazouta, mina)
    code = code_to()
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert enter_claim_code(tazouta, mina, f"{arabic[:3]} {arabic[3:]}").state == "accepted"


def test_three_wrong_tries_end_a_code_and_nothing_happened(tazouta, mina):
    send(tazouta, mina)
    code = code_to()
    for _ in range(2):
        with pytest.raises(WrongClaimCode):
            enter_claim_code(tazouta, mina, wrong(code))
    with pytest.raises(CodeTooOld):
        enter_claim_code(tazouta, mina, wrong(code))

    with pytest.raises(CodeTooOld):
        enter_claim_code(tazouta, mina, code)
    tazouta.refresh_from_db()
    assert (tazouta.state, Membership.objects.filter(organisation=tazouta).count()) == ("listed", 0)


def test_a_code_is_good_for_ten_minutes_and_the_next_one_ends_it(tazouta, mina):
    send(tazouta, mina)
    first = code_to()
    send(tazouta, mina)
    second = code_to()
    if first != second:
        with pytest.raises(WrongClaimCode):
            enter_claim_code(tazouta, mina, first)
    ClaimCode.objects.update(sent_at=clock.now() - timedelta(minutes=10, seconds=1))
    with pytest.raises(CodeTooOld):
        enter_claim_code(tazouta, mina, second)


def test_another_persons_code_is_nobody_elses(tazouta, mina, zahra):
    send(tazouta, mina)
    with pytest.raises(CodeTooOld):
        enter_claim_code(tazouta, zahra, code_to())
    assert not Membership.objects.filter(organisation=tazouta).exists()


def test_numbers_are_never_shown_whole_and_only_mobile_ones_are_offered(mina):
    organisation = listed("Coopérative Izlane", ON_FILE, "+212523000001")
    ContactPoint.objects.create(organisation=organisation, kind="whatsapp", value=ON_FILE)

    assert [number.masked for number in selectors.numbers_on_file(organisation)] == ["06 •• •• •• 04"]
    fixed = ContactPoint.objects.get(value="+212523000001")
    with pytest.raises(NotFound):
        send_claim_code(organisation, mina, contact_id=fixed.pk, role="member", language="fr")
    elsewhere = ContactPoint.objects.get(organisation=listed("Ailleurs", OTHER))
    with pytest.raises(NotFound):
        send_claim_code(organisation, mina, contact_id=elsewhere.pk, role="member", language="fr")
    assert not ClaimCode.objects.exists()


def test_codes_are_limited_per_number_per_organisation_and_per_person(tazouta, mina, zahra):
    for _ in range(3):
        send(tazouta, mina)
    sent = Message.objects.count()
    other_page = listed("Coopérative Anzi")  # the same number on file
    two_numbers = listed("Coopérative Tifawin", OTHER)

    with pytest.raises(TooManyCodes):
        send(tazouta, zahra)
    with pytest.raises(TooManyCodes):
        send(other_page, zahra)
    with pytest.raises(TooManyCodes):
        send(two_numbers, mina, phone=OTHER)
    assert Message.objects.count() == sent
    send(two_numbers, zahra, phone=OTHER)


def test_nine_codes_a_day_are_enough(tazouta, mina):
    for _ in range(9):
        send(tazouta, mina)
        ClaimCode.objects.update(sent_at=clock.now() - timedelta(hours=1))
    with pytest.raises(TooManyCodes):
        send(tazouta, mina)


@pytest.mark.parametrize("state", ["closed", "suspended"])
def test_a_page_that_is_closed_or_suspended_is_not_claimed(tazouta, mina, state):
    send(tazouta, mina)
    change_state(tazouta, state, None)

    with pytest.raises(NotClaimable):
        send(tazouta, mina)
    with pytest.raises(NotClaimable):
        enter_claim_code(tazouta, mina, code_to())
    assert not Membership.objects.filter(organisation=tazouta).exists()


def test_several_members_may_claim_and_the_first_ones_hear_of_it(tazouta, mina, zahra):
    join(tazouta, mina)
    claim = join(tazouta, zahra)
    run_jobs()

    assert Membership.objects.get(user=zahra).role == "member", "a code makes no second president"
    text = Message.objects.get(key=f"claim-accepted:{claim.pk}:{mina.pk}").text
    assert "Zahra" in text
    assert f"MEMBRE NON {claim.number}" in text
    assert not Message.objects.filter(key__startswith=f"claim-accepted:{claim.pk}:{zahra.pk}").exists()
    with pytest.raises(AlreadyMember):
        send(tazouta, zahra)
    assert enter_claim_code(tazouta, zahra, "whatever") == claim, "entered again, nothing changes"


def test_a_member_from_before_may_object_for_three_days(tazouta, mina, zahra):
    join(tazouta, mina)
    claim = join(tazouta, zahra)
    with pytest.raises(NotFound):
        object_to_claim(claim, by=zahra)

    object_to_claim(claim, by=mina)
    object_to_claim(claim, by=mina)
    run_jobs()

    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("refused", "objected")
    assert not rules.speaks_for(zahra, tazouta)
    assert Message.objects.filter(to=zahra.phone, key__startswith="claim-refused").count() == 1
    assert Entry.objects.filter(action="directory.object_to_claim").count() == 1


def test_the_newcomer_does_not_object_to_the_first_one_and_nobody_does_after_three_days(tazouta, mina, zahra):
    first = join(tazouta, mina)
    second = join(tazouta, zahra)
    with pytest.raises(NotFound):
        object_to_claim(first, by=zahra)
    Claim.objects.filter(pk=second.pk).update(decided_at=clock.now() - timedelta(hours=72))
    Membership.objects.filter(user=mina).update(since=clock.now() - timedelta(days=9))
    with pytest.raises(TooLateToObject):
        object_to_claim(second, by=mina)
    assert rules.speaks_for(zahra, tazouta)


@pytest.mark.django_db(transaction=True)
def test_two_who_type_their_codes_at_once_both_belong_and_one_presides():
    organisation = listed("Coopérative Tazouta", ON_FILE, OTHER)
    mina, zahra = person("Mina", 1004), person("Zahra", 1042)
    codes = {}
    for who in (mina, zahra):
        send(organisation, who, phone=who.phone)
        codes[who] = code_to(who.phone)

    def enter(who):
        try:
            enter_claim_code(organisation, who, codes[who])
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=[who]) for who in (mina, zahra, mina)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(Membership.objects.filter(organisation=organisation).values_list("role", flat=True)) == ["member", "president"]
    assert Entry.objects.filter(action="directory.change_state", subject=f"organisation:{organisation.pk}").count() == 1
    run_jobs()  # what is enqueued outlives a test like this one


def test_unfinished_claims_are_over_after_a_day(tazouta, mina):
    claim = send(tazouta, mina)
    assert expire_claims() == 0
    Claim.objects.update(asked_at=clock.now() - timedelta(days=2))
    assert expire_claims() == 0, "a code went out an hour ago"
    ClaimCode.objects.update(sent_at=clock.now() - timedelta(days=2))
    assert expire_claims() == 1
    claim.refresh_from_db()
    assert claim.state == "expired"
    assert send(tazouta, mina) != claim


@pytest.fixture
def keeper(market):
    entrust_register(market.operator, by=None)
    return market.youssef


def test_papers_wait_for_a_keeper_who_accepts_them(tazouta, zahra, keeper):
    claim = claim_by_papers(tazouta, zahra, role="president", papers=[picture()], words="  Le numéro\x00 a changé ")
    assert list(selectors.claims_waiting_for_a_keeper()) == [claim]
    assert not rules.speaks_for(zahra, tazouta)

    accept_claim(claim, role="president", by=keeper)
    run_jobs()

    claim.refresh_from_db()
    tazouta.refresh_from_db()
    assert (claim.state, claim.decided_by, claim.words, tazouta.state) == ("accepted", keeper, "Le numéro a changé", "claimed")
    assert Membership.objects.get(user=zahra).role == "president"
    assert "قبلنا وثائقكم" in Message.objects.get(key__startswith="claim-served").text
    with pytest.raises(ClaimDecided):
        refuse_claim(claim, reason="another", by=keeper)


def test_a_refusal_says_why_in_the_claimants_language_and_changes_nothing(tazouta, zahra, keeper):
    claim = claim_by_papers(tazouta, zahra, role="member", papers=[picture()])
    refuse_claim(claim, reason="unreadable", by=keeper)
    run_jobs()

    tazouta.refresh_from_db()
    assert tazouta.state == "listed"
    assert not Membership.objects.filter(organisation=tazouta).exists()
    assert "صورا أوضح" in Message.objects.get(key__startswith="claim-refused").text


def test_nobody_but_a_keeper_decides_and_no_keeper_on_their_own_claim(tazouta, zahra, mina, keeper):
    claim = claim_by_papers(tazouta, zahra, role="president", papers=[picture()])
    own = claim_by_papers(tazouta, keeper, role="president", papers=[picture()])
    for decide in (
        lambda: accept_claim(claim, role="president", by=mina),
        lambda: refuse_claim(claim, reason="another", by=zahra),
        lambda: accept_claim(own, role="president", by=keeper),
    ):
        with pytest.raises(NotFound):
            decide()
    assert Claim.objects.filter(state="asked").count() == 2


def test_a_claim_by_code_is_not_decided_by_a_keeper(tazouta, mina, keeper):
    claim = send(tazouta, mina)
    with pytest.raises(NotFound):
        accept_claim(claim, role="president", by=keeper)


def test_a_photo_is_kept_without_where_it_was_taken():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (30.0, 20.0, 10.0)
    exif[0x010F] = "Somebody's phone"
    kept = read_paper(picture(exif=exif))

    assert kept.media_type == "image/jpeg"
    assert dict(Image.open(io.BytesIO(kept.content)).getexif()) == {}


@pytest.mark.parametrize("content", [b"", b"<html><script>alert(1)</script>", b"MZ\x90", b"%PDF-1.7 cut off", b"GIF89a"])
def test_what_is_no_photo_and_no_pdf_is_refused(tazouta, zahra, content):
    with pytest.raises(PaperUnreadable):
        claim_by_papers(tazouta, zahra, role="member", papers=[picture(), io.BytesIO(content)])
    assert not Claim.objects.exists()


def test_a_pdf_is_known_by_its_content():
    assert read_paper(io.BytesIO(b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n")).media_type == "application/pdf"


def test_papers_have_a_size_and_a_number_a_day(tazouta, zahra, monkeypatch):
    monkeypatch.setattr(claim_papers, "MOST_MEGABYTES", 0)
    with pytest.raises(PaperTooLarge):
        claim_by_papers(tazouta, zahra, role="member", papers=[picture()])
    monkeypatch.undo()
    with pytest.raises(TooManyPapers):
        claim_by_papers(tazouta, zahra, role="member", papers=[picture() for _ in range(13)])
    assert not ClaimPaper.objects.exists()


def test_papers_go_when_the_claim_is_withdrawn_and_three_months_after_the_answer(tazouta, zahra, mina, keeper):
    claim = claim_by_papers(tazouta, zahra, role="member", papers=[picture()])
    with pytest.raises(NotFound):
        withdraw_claim(claim, mina)
    withdraw_claim(claim, zahra)
    assert not ClaimPaper.objects.exists()

    again = claim_by_papers(tazouta, zahra, role="member", papers=[picture()])
    refuse_claim(again, reason="another", by=keeper)
    assert forget_papers() == 0
    Claim.objects.filter(pk=again.pk).update(decided_at=clock.now() - timedelta(days=91))
    assert forget_papers() == 1
