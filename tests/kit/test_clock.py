from __future__ import annotations

import time_machine

from twiza.kit.clock import seconds_left_today


def test_the_day_ends_at_midnight_in_morocco():
    with time_machine.travel("2026-11-23T22:59:30Z", tick=False):
        assert seconds_left_today() == 30
    with time_machine.travel("2026-11-23T23:00:00Z", tick=False):
        assert seconds_left_today() == 24 * 3600
