"""Another gateway for tests, which takes everything and remembers it."""

from twiza.foundation.messaging.gateway import ReceiptNotice, Sent

given: list = []


class Gateway:
    code = "second"
    needs = ()
    pace = None

    def send(self, text):
        given.append(text)
        return Sent(reference=f"second-{len(given)}")

    def read_receipt(self, notice):
        return ReceiptNotice(notice.fields["about"], notice.fields["state"])
