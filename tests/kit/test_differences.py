"""Two texts compared word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.differences import words_compared

TEXTS = st.text(alphabet=st.sampled_from("ab éتعاونية ،.\n "), max_size=60)


def marked(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "left", "right"),
    [
        ("le soir", "le matin", "le [soir]", "le [matin]"),
        ("le soir.", "le soir !", "le soir[.]", "le soir[ !]"),
        ("un deux trois", "un quatre cinq", "un [deux trois]", "un [quatre cinq]"),
        ("تعاونية زعفران", "تعاونية الزعفران", "تعاونية [زعفران]", "تعاونية [الزعفران]"),
        ("", "Une", "", "[Une]"),
        ("Une", "", "[Une]", ""),
        ("same", "same", "same", "same"),
    ],
)
def test_only_the_words_that_changed_are_marked(before, after, left, right):
    old, new = words_compared(before, after)

    assert (marked(old), marked(new)) == (left, right)


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_texts(before, after):
    old, new = words_compared(before, after)

    assert ("".join(piece.text for piece in old), "".join(piece.text for piece in new)) == (before, after)
    assert before != after or not any(piece.is_changed for piece in (*old, *new))


def test_texts_too_long_to_compare_are_marked_whole():
    old, new = words_compared("a " * 5000, "b " * 5000)

    assert [len(pieces) for pieces in (old, new)] == [1, 1]
    assert old[0].is_changed
