"""A paper's fingerprint: whoever holds what it says can compute it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

CHECK_LENGTH = 16


def fingerprint_of(snapshot: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal digits, of the snapshot as JSON: keys sorted, no spaces, UTF-8."""
    written = json.dumps(snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
