"""The shape of what a buyer tells us, of a refusal and of a parcel's departure. Validates, never saves."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from twiza.domain.inventory.services import LossReason
from twiza.domain.orders.models import Call, Fulfilment, OrderLine, ParcelNews
from twiza.domain.orders.models.call import MOST_WORDS
from twiza.domain.orders.models.cart import MOST_MESSAGE
from twiza.domain.orders.rules import sellable_again
from twiza.domain.orders.services.fulfilling import DriverDetails
from twiza.foundation.places.models import Commune
from twiza.foundation.places.selectors import communes_matching, find_commune, get_commune
from twiza.kit.countries import HOME, countries_to_choose
from twiza.kit.folding import fold
from twiza.kit.phone import read_phone

OTHER = "other"
MOST_GRAMS = 1_000_000
PLAIN_REASONS = (
    ("sold_out", _("There is none left.")),
    ("no_time", _("We cannot make it in time.")),
    ("too_far", _("We cannot send it there.")),
    ("closed", _("We do not work on these days.")),
)


class AddressForm(forms.Form):
    """Who the buyer is and where the parcel goes. A street is not asked: a commune and a landmark find anybody.

    A commune that several places are called after is asked back as a choice, with everything typed kept.
    """

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Your phone"),
        max_length=40,
        help_text=_("The cooperative and the carrier call this number."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    place = forms.CharField(
        label=_("Town or commune"),
        max_length=120,
        help_text=_("In French or in Arabic, as you write it."),
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    commune_code = forms.ChoiceField(label=_("Which one?"), required=False, widget=forms.RadioSelect)
    landmark = forms.CharField(
        label=_("Where exactly"),
        max_length=240,
        help_text=_("District, street or douar, and something everybody knows: a mosque, a school, a shop."),
    )
    note = forms.CharField(label=_("A word to the cooperatives"), max_length=240, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commune: Commune | None = None
        self._offer_communes()

    def _offer_communes(self) -> None:
        """The choice stands there only when the place typed leaves one open."""
        typed = str(self.data.get(self.add_prefix("place"), "")).replace("\x00", "")[:120] if self.is_bound else ""
        self._named = find_commune(typed) if typed else None
        found = communes_matching(typed) if typed and self._named is None else []
        if len(found) > 1:
            self.choices = [(commune.code, commune.label) for commune in found]
            field = self.fields["commune_code"]
            if isinstance(field, forms.ChoiceField):
                field.choices = self.choices
        else:
            self.choices = [(commune.code, commune.label) for commune in found]
            del self.fields["commune_code"]

    def clean_phone(self) -> str:
        return read_number(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "place" in cleaned:
            self.commune = self._commune(cleaned)
            if self.commune is None:
                self._ask_again()
        return cleaned

    def _commune(self, cleaned: dict[str, Any]) -> Commune | None:
        if cleaned.get("commune_code"):
            return get_commune(cleaned["commune_code"])
        if len(self.choices) == 1:
            return get_commune(self.choices[0][0])
        return self._named

    def _ask_again(self) -> None:
        if self.choices:
            self.add_error("commune_code", _("Several places have this name. Choose yours."))
        else:
            self.add_error("place", _("We do not know this place. Write the name of the town or commune, without the street."))


def read_number(typed: str) -> str:
    """In E.164. Raises ValidationError for what nobody can call."""
    number = read_phone(typed)
    if number is None:
        raise forms.ValidationError(_("This is not a phone number we can call. Write it as 06 12 34 56 78."))
    return number


class GiverAbroadForm(AddressForm):
    """The same, of whoever gives from another country: a telephone there or an e-mail address, and the place of the gift."""

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
        help_text=_("We write to it at every step, with the address of the order's page."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    field_order = ("name", "phone", "email")

    def clean_phone(self) -> str:
        return super().clean_phone() if self.cleaned_data["phone"] else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("phone") == "" and cleaned.get("email") == "":
            self.add_error("email", _("Write an e-mail address or a telephone: we tell you how far your gift is."))
        return cleaned


class RecipientForm(forms.Form):
    """Who receives what somebody else buys, and where whoever gives it lives. The place of the gift is asked with the address."""

    name = forms.CharField(label=_("Their name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(
        label=_("Their phone"),
        max_length=40,
        help_text=_("Whoever brings the parcel calls this number, and we write to it when the parcel leaves."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off", "dir": "ltr"}),
    )
    message = forms.CharField(
        label=_("A word to them"),
        max_length=MOST_MESSAGE,
        required=False,
        help_text=_("It lies in the parcel, in the script you write."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
    )
    country = forms.ChoiceField(
        choices=lambda: countries_to_choose(get_language() or "fr"),
        label=_("In which country do you live yourself?"),
        required=False,
        help_text=_("From another country you pay by card: they are never asked for money."),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )

    def clean_phone(self) -> str:
        """Whoever brings the parcel calls it, and parcels stay in Morocco."""
        number = read_number(self.cleaned_data["phone"])
        if not number.startswith("+212"):
            raise forms.ValidationError(_("Parcels go to places in Morocco: write a Moroccan number, as 06 12 34 56 78."))
        return number

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"] or HOME)

    def clean_message(self) -> str:
        """On one line: a slip has little room."""
        return " ".join(self.cleaned_data["message"].split())


LATE_REASONS = (
    ("no_answer", _("The cooperative did not answer in time.")),
    ("cannot", _("The cooperative told us that it cannot prepare it.")),
)


class RefusalForm(forms.Form):
    """Why a cooperative refuses: one of the plain reasons, or its own words. The buyer reads it."""

    reasons: tuple[tuple[str, Any], ...] = PLAIN_REASONS

    reason = forms.ChoiceField(
        label=_("Why?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: the buyer reads it.")},
    )
    words = forms.CharField(label=_("Your own words"), max_length=240, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["reason"].choices = [*self.reasons, (OTHER, _("Another reason"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == OTHER and "words" in cleaned and not cleaned["words"]:
            self.add_error("words", _("Write the reason in a few words."))
        return cleaned

    def reason_in(self, language: str) -> str:
        """The reason as the buyer reads it, in the language of the order; own words stay as they were written."""
        chosen = self.cleaned_data["reason"]
        if chosen == OTHER:
            return str(self.cleaned_data["words"])
        with override("ar" if language == "ary" else language):
            return str(dict(self.reasons)[chosen])


class CallForm(forms.Form):
    """What a cooperative said on the telephone."""

    said = forms.ChoiceField(
        label=_("What was said?"),
        choices=Call.Said.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was said.")},
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Only those who run the storefront read it."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("said") == Call.Said.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Write what was said."))
        return cleaned


class UnansweredForm(RefusalForm):
    """Why an operator cancels what its cooperative did not answer. The buyer reads it."""

    reasons = LATE_REASONS


def _finite(text: str) -> Decimal:
    """Raises ArithmeticError for what is no number."""
    amount = Decimal(text)
    if not amount.is_finite():
        raise ArithmeticError
    return amount


class GramsField(forms.CharField):
    """What the scales say, as people type it: `1620`, or `1,62` kilos; cleaned to grams."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "input-short", "dir": "ltr"})

    def clean(self, value: Any) -> Any:
        text = fold(super().clean(value)).replace(" ", "").replace(",", ".")
        is_kilos = "." in text or text.endswith(("kg", "كغ"))
        try:
            amount = _finite(text.removesuffix("kg").removesuffix("كغ").removesuffix("g").removesuffix("غ"))
        except ArithmeticError:
            raise forms.ValidationError(_("Write what the scales say: 1620 grams, or 1,62 kilos."), code="invalid") from None
        grams = amount * 1000 if is_kilos else amount
        if not 0 < grams <= MOST_GRAMS:
            raise forms.ValidationError(_("Write what the scales say: 1620 grams, or 1,62 kilos."), code="range")
        return int(grams)


class WeighForm(forms.Form):
    """What each thing sold by weight weighed, as one question per line of the order."""

    def __init__(self, *args: Any, lines: Iterable[OrderLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[f"line-{line.pk}"] = GramsField(
                label=f"{line.quantity} × {line.name}", max_length=12, initial=line.weighed_grams
            )

    def grams(self) -> dict[int, int]:
        """By line. Ask of a valid form."""
        return {int(name.removeprefix("line-")): grams for name, grams in self.cleaned_data.items()}


class HandOverForm(forms.Form):
    """How the buyer finds the parcel once it left."""

    tracking = forms.CharField(
        label=_("Parcel number, or the driver's phone"),
        help_text=_("The buyer can ask where the parcel is. Leave it empty if there is none."),
        max_length=60,
        required=False,
    )
    driver_name = forms.CharField(label=_("Name of the driver"), max_length=60, required=False)
    driver_phone = forms.CharField(
        label=_("Phone of the driver"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
    plate = forms.CharField(label=_("Plate"), max_length=20, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}))
    arrives_where = forms.CharField(label=_("Where does the buyer meet him?"), max_length=70, required=False)
    arrives_at = forms.SplitDateTimeField(
        label=_("When does he arrive?"),
        required=False,
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date"}, time_attrs={"type": "time"}, date_format="%Y-%m-%d", time_format="%H:%M"
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        said = [name for name in DRIVER if cleaned.get(name)]
        for name in DRIVER:
            if said and name != "plate" and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("The buyer needs this to meet the driver."))
        if cleaned.get("driver_phone"):
            cleaned["driver_phone"] = read_phone(cleaned["driver_phone"])
            if cleaned["driver_phone"] is None:
                self.add_error("driver_phone", _("This is not a phone number we can call. Write it as 06 12 34 56 78."))
        return cleaned

    def driver(self) -> DriverDetails | None:
        """Whoever takes it along, when somebody was named. Ask of a valid form."""
        said = self.cleaned_data
        if not said.get("driver_name"):
            return None
        return DriverDetails(
            said["driver_name"], said["driver_phone"], said["arrives_where"], said["arrives_at"], plate=said["plate"]
        )


DRIVER = ("driver_name", "driver_phone", "plate", "arrives_where", "arrives_at")
COMES_AGAIN = ("nobody_home", "no_answer", "not_found", "another_day")
COMES_BACK = ("not_wanted", "no_money", "too_late", "not_as_ordered", "never_taken")
LOST = "lost"


class NotDeliveredForm(forms.Form):
    """What happened to a parcel that its buyer does not have: what can happen depends on where the parcel is."""

    what = forms.ChoiceField(
        label=_("What happened?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what happened.")}
    )
    on = forms.DateField(
        label=_("On which day?"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "input-short"})
    )

    def __init__(self, *args: Any, parcel: Fulfilment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(ParcelNews.Reason.choices)
        again = (_("The carrier comes again"), [(reason, words[reason]) for reason in COMES_AGAIN])
        back = (_("It comes back to you"), [(reason, words[reason]) for reason in COMES_BACK])
        lost = (_("It is lost"), [(LOST, _("nobody knows where it is"))])
        if parcel.status == Fulfilment.Status.REFUSED:
            self._choices = [lost]
        else:
            self._choices = [back] if parcel.is_fetched else [again, back, lost]
        if len(self._choices) == 1:
            del self.fields["on"]
        field = self.fields["what"]
        if isinstance(field, forms.ChoiceField):
            field.choices = self._choices

    @property
    def ways(self) -> list[tuple[str, list[BoundWidget]]]:
        """The choices under what they lead to."""
        shown = iter(self["what"])
        return [(str(title), list(islice(shown, len(choices)))) for title, choices in self._choices]

    @property
    def comes_again(self) -> bool:
        return self.cleaned_data["what"] in COMES_AGAIN


class TakeBackForm(forms.Form):
    """How many of each line's pieces may be sold again, and what happened to the rest.

    What perishes is thrown away unless said.
    """

    def __init__(self, *args: Any, pieces: Iterable[tuple[OrderLine, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line, back in pieces:
            self.fields[f"line-{line.pk}"] = forms.IntegerField(
                label=f"{back} × {line.name} {line.content}".strip(),
                min_value=0,
                max_value=back,
                initial=min(sellable_again(line), back),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "input-short", "dir": "ltr"}),
                error_messages={"max_value": _("You sent %(sent)s. No more can come back.") % {"sent": back}},
            )
        self.fields["reason"] = forms.ChoiceField(
            label=_("What happened to the rest?"), choices=LossReason.choices, required=False, widget=forms.RadioSelect
        )

    @property
    def questions(self) -> list[forms.BoundField]:
        """How many, line by line."""
        return [self[name] for name in self.fields if name != "reason"]

    def sellable(self) -> dict[int, int]:
        """By line. Ask of a valid form."""
        return {int(name.removeprefix("line-")): pieces for name, pieces in self.cleaned_data.items() if name != "reason"}
