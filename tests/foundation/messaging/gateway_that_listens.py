"""A gateway for tests: does what `behaviour` says and remembers what it was given."""

from twiza.foundation.messaging.gateway import Sent, TextNotSent

given: list = []
behaviour: list = []


class Gateway:
    code = "listens"

    def send(self, text):
        given.append(text)
        wanted = behaviour.pop(0) if behaviour else None
        if wanted is not None:
            raise wanted
        return Sent(reference=f"ref-{len(given)}")


__all__ = ["Gateway", "TextNotSent"]
