from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from twiza.entrypoints.workspace.steppers import stepped


@given(st.text(max_size=12), st.sampled_from(["less", "more"]))
def test_a_step_always_leaves_a_number_that_can_be_counted(written, step):
    typed = QueryDict(mutable=True)
    typed.update({"on_hand": written, "step": step})

    assert int(stepped(typed, "on_hand")["on_hand"]) >= 0


@given(st.integers(1, 10_000))
def test_more_and_less_undo_each_other(number):
    typed = QueryDict(mutable=True)
    typed.update({"on_hand": str(number), "step": "more"})
    up = stepped(typed, "on_hand").copy()
    up["step"] = "less"

    assert stepped(up, "on_hand")["on_hand"] == str(number)
