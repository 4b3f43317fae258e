"""A gateway for tests: does what `behaviour` says and remembers what it was given."""

import time

from django.db import connection

from twiza.foundation.messaging.gateway import Sent, TextNotSent

given: list = []
inside_transaction: list[bool] = []
takes_seconds = 0.0
behaviour: list = []


class Gateway:
    code = "listens"
    needs = ()
    pace = None

    def send(self, text):
        given.append(text)
        inside_transaction.append(connection.in_atomic_block)
        time.sleep(takes_seconds)
        wanted = behaviour.pop(0) if behaviour else None
        if wanted is not None:
            raise wanted
        return Sent(reference=f"ref-{len(given)}")


__all__ = ["Gateway", "TextNotSent"]
