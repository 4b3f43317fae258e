"""The cooperatives that sell, with their presidents, certificates and places where parcels are fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from twiza.demo import fiction, people
from twiza.demo.tables import rows_of
from twiza.domain.delivery.services import PointDetails, open_pickup_point
from twiza.domain.directory.forms import OpeningDetails, OrganisationDetails
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.labels import LabelDetails, state_label
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.opening import say_opening_times
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import change_state, register_organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.places.models import Commune
from twiza.foundation.places.selectors import get_commune
from twiza.kit.clock import today

ROLES_BESIDE_PRESIDENTS = (("zafrane", "Brahim", "member"),)


@dataclass(frozen=True)
class Seller:
    """A cooperative of the demonstration and who answers for it. `place` is khouribga or elsewhere."""

    code: str
    place: str
    cooperative: Organisation
    president: User
    commune: Commune


def register_seller(row: dict[str, str], position: int, chance: Random) -> Seller:
    """A line of `cooperatives.tsv` is in the directory, verified, and its president hears of orders by text."""
    commune = get_commune(row["commune"])
    if commune is None:
        raise LookupError(row["commune"])
    person = people.president(row["president"], row["language"], position)
    cooperative = register_organisation(
        kind="cooperative", details=_details(row, position, commune, person.phone, chance), by=None, is_fictional=True
    )
    president = people.welcome(person)
    add_member(cooperative, president, "president", None, receives_texts=True)
    change_state(cooperative, "verified", None)
    return Seller(row["code"], row["place"], cooperative, president, commune)


def add_others(sellers: dict[str, Seller], known: dict[str, User]) -> None:
    """Brahim is a member beside Fatima."""
    for code, name, role in ROLES_BESIDE_PRESIDENTS:
        add_member(sellers[code].cooperative, known[name], role, None)


def certify(sellers: dict[str, Seller]) -> None:
    """A few hold labels. Dates are counted from today, so that they hold whenever the demonstration is built."""
    for row in rows_of("accreditations"):
        seller = sellers[row["cooperative"]]
        held = record_accreditation(seller.cooperative, scheme=row["scheme"], is_verified=True, by=None)
        details = LabelDetails(
            number=row["number"],
            issued_by=row["issued_by"],
            valid_from=today() - timedelta(days=int(row["since_days"])),
            valid_until=today() + timedelta(days=int(row["days_left"])),
            kinds=tuple(row["kinds"].split()),
            provinces=(seller.commune.province_id,) if row["place"] else (),
        )
        state_label(held, details, by=None)


def open_points(sellers: dict[str, Seller]) -> None:
    """Where some of them hand parcels over, and on which days."""
    for row in rows_of("pickup_points"):
        seller = sellers[row["cooperative"]]
        open_pickup_point(
            seller.cooperative,
            PointDetails(
                commune=seller.commune,
                name_fr=row["name_fr"],
                name_ar=row["name_ar"],
                kind=row["kind"],
                landmark=row["landmark"],
                weekdays=[int(day) for day in row["weekdays"]],
                opens_at=time(int(row["opens"])),
                closes_at=time(int(row["closes"])),
            ),
            by=seller.president,
        )


def say_opening(sellers: dict[str, Seller]) -> None:
    """When one may come to some of them."""
    for row in rows_of("opening_times"):
        seller = sellers[row["cooperative"]]
        details = OpeningDetails(
            weekdays=tuple(int(day) for day in row["weekdays"].split(",") if day),
            opens_at=time(int(row["opens"])) if row["opens"] else None,
            closes_at=time(int(row["closes"])) if row["closes"] else None,
            souk_weekday=_number(row["souk_weekday"]),
            souk_name=row["souk"],
            season_from_month=_number(row["season_from"]),
            season_until_month=_number(row["season_until"]),
        )
        say_opening_times(seller.cooperative, details, by=seller.president)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _details(row: dict[str, str], position: int, commune: Commune, phone: str, chance: Random) -> OrganisationDetails:
    year, members, women = int(row["founded"]), int(row["members"]), int(row["women"])
    return OrganisationDetails(
        name_fr=row["name_fr"],
        name_ar=row["name_ar"],
        story_fr=row["story_fr"],
        story_ar=row["story_ar"],
        legal_form="cooperative",
        sectors=tuple(row["sectors"].split(",")),
        commune_code=commune.code,
        members_total=members,
        members_women=women,
        members_men=members - women,
        members_youth=chance.randint(1, max(1, members // 3)),
        is_womens=row["womens"] == "yes",
        founded_on=date(year, chance.randint(1, 12), chance.randint(1, 28)),
        contacts=fiction.contacts(phone),
        identifiers=fiction.identifiers(position, year, commune.province.name_fr),
    )
