"""How Twilio signs what it tells."""

from twiza.adapters.sms.twilio import signature


def test_the_signature_is_that_of_its_own_example():
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    form = [
        ("To", "+18005551212"),
        ("CallSid", "CA1234567890ABCDE"),
        ("From", "+14158675310"),
        ("Digits", "1234"),
        ("Caller", "+14158675310"),
    ]

    assert signature("12345", url, form) == "GvWf1cFY/Q7PnoempGyD5oXAezc="


def test_a_field_that_stands_twice_is_signed_once():
    assert signature("k", "u", [("a", "1"), ("a", "1"), ("a", "2")]) == signature("k", "u", [("a", "2"), ("a", "1")])
