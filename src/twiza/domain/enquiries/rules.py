"""How much may be asked, and how long it is kept."""

from __future__ import annotations

from datetime import timedelta

# What one telephone may ask in a day, of all cooperatives together.
MOST_ASKED_A_DAY = 10
# Then the telephone is gone, and with it every question that not everybody reads (law 09-08).
KEPT_DAYS = 180
KEPT = timedelta(days=KEPT_DAYS)
