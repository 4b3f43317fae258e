"""What buyers make of a reference, and banks of what buyers write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.payments.rules import Awaited, Judgement, Known, Written, judge
from twiza.domain.payments.rules.references import PREFIX, is_one_mistake_away
from twiza.kit.identifiers import damm_digit


def reference(body: str) -> str:
    return f"{PREFIX}{body}{damm_digit(body)}"


OURS, OTHER = reference("4821730"), reference("9055512")
DIGITS = OURS[2:]
AWAITED = Awaited([OURS, OTHER])


@pytest.mark.parametrize(
    "words",
    [f"VIR RECU DE SALMA REF {OURS}", f"vir {OURS.lower()} le 23/11", f"TW {DIGITS[:4]} {DIGITS[4:]}",
     f"T W-{DIGITS[:4]}-{DIGITS[4:]}",
     f"MOTIF:TW.{DIGITS[:2]} {DIGITS[2:]} 20261123", "TW " + DIGITS.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))],
)  # fmt: skip
def test_it_is_found_however_it_is_spaced_and_cased(words):
    assert AWAITED.written_in(words) == Written(frozenset({OURS}), frozenset())


@pytest.mark.parametrize(
    "words", [f"VIR {DIGITS}", f"TV{DIGITS}", f"TW{DIGITS}7", "TW" + DIGITS.replace("0", "O"), f"TW {DIGITS[:4]} {DIGITS[5:]}"]
)
def test_without_its_letters_or_with_a_mistake_it_is_only_like_one(words):
    assert AWAITED.written_in(words) == Written(frozenset(), frozenset({OURS}))


@pytest.mark.parametrize("words", ["", "VIR SALAIRE NOVEMBRE", "TW 1234", "REF 20261123 0661234567", "007780000123456789012396"])
def test_nothing_is_found_where_nothing_is(words):
    assert AWAITED.written_in(words) == Written(frozenset(), frozenset())


def test_two_references_are_two():
    assert AWAITED.written_in(f"{OURS} ET {OTHER}").exact == {OURS, OTHER}


@given(st.integers(0, 7), st.sampled_from("0123456789XO"), st.sampled_from(["change", "drop", "double", "swap"]))
def test_one_mistake_is_never_sure_and_always_found(place, sign, mistake):
    typed = {
        "change": DIGITS[:place] + sign + DIGITS[place + 1 :],
        "drop": DIGITS[:place] + DIGITS[place + 1 :],
        "double": DIGITS[:place] + sign + DIGITS[place:],
        "swap": DIGITS[: max(place - 1, 0)] + DIGITS[max(place - 1, 0) : place + 1][::-1] + DIGITS[place + 1 :],
    }[mistake]
    found = AWAITED.written_in(f"VIR TW{typed}.")

    assert is_one_mistake_away(typed, DIGITS)
    assert found.exact <= {OURS}
    assert (OURS in found.exact) == (typed == DIGITS) or mistake == "double"
    assert OURS in found.exact | found.near


KNOWN = {OURS: Known(1, 15_500, True), OTHER: Known(2, 15_500, False)}


@pytest.mark.parametrize(
    ("centimes", "written", "judgement"),
    [
        (15_500, Written(frozenset({OURS}), frozenset()), Judgement("", (1,))),
        (15_499, Written(frozenset({OURS}), frozenset()), Judgement("too_little", (1,))),
        (15_501, Written(frozenset({OURS}), frozenset()), Judgement("too_much", (1,))),
        (15_500, Written(frozenset({OTHER}), frozenset()), Judgement("not_awaited", (2,))),
        (15_500, Written(frozenset({OURS, OTHER}), frozenset()), Judgement("two_candidates", (1, 2))),
        (15_500, Written(frozenset(), frozenset({OURS})), Judgement("wrong_letter", (1,))),
        (15_500, Written(frozenset(), frozenset({OURS, OTHER})), Judgement("two_candidates", (1, 2))),
        (15_500, Written(frozenset({"TW00000000"}), frozenset()), Judgement("unknown")),
    ],
)
def test_it_is_sure_only_with_one_exact_reference_and_to_the_centime(centimes, written, judgement):
    assert judge(centimes, written, KNOWN) == judgement
