"""What every test stands on: the real PostgreSQL, and people whose relations never change."""

from __future__ import annotations

import os

# Before the settings are read: the pages of the demonstration exist, and nothing outside is reached.
os.environ["DEMO"] = "1"
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["SMS_GATEWAY"] = "simulator"
os.environ["LOG_LEVEL"] = "ERROR"

from twiza.config.database import hold_database

hold_database()
