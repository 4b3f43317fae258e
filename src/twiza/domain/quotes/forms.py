"""The shape of a question for a price, of an answer, and of what is said of a country. Validates, never saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from twiza.domain.catalogue.models import Variant
from twiza.domain.quotes.models import MOST_PIECES, MOST_WORDS, Quote, QuoteReceipt, Sending
from twiza.domain.quotes.rules import MOST_DELIVERY_CENTIMES, MOST_PREPARE_DAYS, MOST_PRICE_CENTIMES, last_possible_day
from twiza.domain.quotes.services import Asker, Offer
from twiza.kit import clock
from twiza.kit.countries import HOME, countries_to_choose
from twiza.kit.folding import fold
from twiza.kit.money import read_dirhams
from twiza.kit.phone import read_phone

MOST_RECEIVED_CENTIMES = MOST_PIECES * MOST_PRICE_CENTIMES + MOST_DELIVERY_CENTIMES
DIGITS = {"inputmode": "numeric", "autocomplete": "off", "class": "input-short", "dir": "ltr"}


class NumberField(forms.CharField):
    """A whole number as people type it: `1 200`, `١٢٠٠`; the least possible where nothing has to be said."""

    widget = forms.TextInput(attrs=DIGITS)

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(max_length=12, **kwargs)

    def clean(self, value: Any) -> Any:
        text = fold(super().clean(value)).replace(" ", "")
        if not text and not self.required:
            return self.least
        if not text.isascii() or not text.isdecimal() or not self.least <= int(text) <= self.most:
            sentence = _("Write a whole number between %(least)s and %(most)s.")
            raise forms.ValidationError(sentence, code="number", params={"least": self.least, "most": self.most})
        return int(text)


class AmountField(forms.CharField):
    """Dirhams as people type them (`90`, `12,50`, `1 200 DH`); cleaned to centimes."""

    widget = forms.TextInput(attrs={**DIGITS, "inputmode": "decimal"})

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> Any:
        centimes = read_dirhams(fold(super().clean(value)).replace("د.م.", "").replace("درهم", ""))
        if centimes is None or not self.least <= centimes <= self.most:
            raise forms.ValidationError(_("This is not an amount. Write it as 90 or 12,50."), code="invalid")
        return centimes


class CountryField(forms.ChoiceField):
    """Every country, in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: countries_to_choose(get_language() or "fr"), **kwargs)


class QuoteForm(forms.Form):
    """What somebody wants a price for, and where the answer goes. `website` is a trap: people do not see it."""

    variant = forms.ChoiceField(label=_("Which size?"), widget=forms.RadioSelect)
    quantity = NumberField(label=_("How many?"), least=1, most=MOST_PIECES)
    country = CountryField(label=_("To which country?"), initial=HOME)
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Your phone"),
        max_length=40,
        required=False,
        help_text=_("With the country's number: +33 6 12 34 56 78."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={"invalid": _("This is not an e-mail address. Write it as name@example.com.")},
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=MOST_WORDS,
        required=False,
        help_text=_("A shop, a wedding, a present: it helps the cooperative to answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any = None, *, variants: Sequence[Variant], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.variants = {str(variant.pk): variant for variant in variants}
        size = self.fields["variant"]
        if isinstance(size, forms.ChoiceField):
            size.choices = [(pk, variant.content or variant.product.name) for pk, variant in self.variants.items()]
        if len(self.variants) == 1:
            size.initial = next(iter(self.variants))

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = read_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("This is not a phone number we can call. Write it as 06 12 34 56 78."))
        return number

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this empty"), code="trap")
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("phone") and not cleaned.get("email") and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("Write a phone number or an e-mail address: the cooperative answers you there."))
        return cleaned

    def asker(self, language: str) -> Asker:
        """Ask of a valid form."""
        given = self.cleaned_data
        return Asker(given["name"], given["phone"], given["email"], language)

    def chosen(self) -> Variant:
        """Ask of a valid form."""
        return self.variants[self.cleaned_data["variant"]]


class OfferForm(forms.Form):
    """A cooperative's answer."""

    price = AmountField(label=_("Price of one, in dirhams"), least=1, most=MOST_PRICE_CENTIMES)
    delivery = AmountField(
        label=_("Delivery of everything, in dirhams"),
        least=0,
        most=MOST_DELIVERY_CENTIMES,
        help_text=_("0 when they fetch it. Say in your words what the delivery leaves out, such as customs."),
    )
    prepare_days = NumberField(label=_("How many days to prepare it?"), least=0, most=MOST_PREPARE_DAYS)
    valid_until = forms.DateField(
        label=_("This price holds until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deposit_percent = NumberField(
        label=_("Deposit before you prepare it, in percent"),
        least=0,
        most=100,
        required=False,
        help_text=_("Leave it empty when you want none."),
    )
    words = forms.CharField(
        label=_("A word to whoever asks"), max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if not clock.today() <= day <= last_possible_day():
            raise forms.ValidationError(
                _("Choose a day between today and %(last)s."), params={"last": f"{last_possible_day():%d/%m/%Y}"}
            )
        return day

    def offer(self) -> Offer:
        """Ask of a valid form."""
        given = self.cleaned_data
        return Offer(
            given["price"],
            given["delivery"],
            given["valid_until"],
            given["prepare_days"],
            given["words"],
            given["deposit_percent"],
        )

    @staticmethod
    def initial_of(quote: Quote, valid_until: Any) -> dict[str, Any]:
        """The price on its page is where one begins to count."""
        return {"price": read_back(quote.variant.price_centimes), "valid_until": valid_until}


class ReceiptForm(forms.Form):
    """Money that came for a quote."""

    amount = AmountField(label=_("How much did you receive, in dirhams?"), least=1, most=MOST_RECEIVED_CENTIMES)
    how = forms.ChoiceField(label=_("How did it come?"), choices=QuoteReceipt.How, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=clock.today
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CountryTermForm(forms.Form):
    """Whether a product goes to a country."""

    country = CountryField(label=_("Country"), initial="FR")
    sending = forms.ChoiceField(label=_("Do you send it there?"), choices=Sending, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why not?"), max_length=240, required=False, help_text=_("Whoever asks reads it."), widget=forms.TextInput()
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("sending") == Sending.NEVER and not cleaned.get("reason"):
            self.add_error("reason", _("Write the reason in a few words: whoever asks reads it."))
        return cleaned


def read_back(centimes: int) -> str:
    """As one would type it: `90`, `12,50`."""
    whole, rest = divmod(centimes, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)
