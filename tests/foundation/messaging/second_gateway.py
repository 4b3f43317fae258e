"""Another gateway for tests, which takes everything and remembers it."""

from twiza.foundation.messaging.gateway import Sent

given: list = []


class Gateway:
    code = "second"
    pace = None

    def send(self, text):
        given.append(text)
        return Sent(reference=f"second-{len(given)}")
