"""A register of made-up cooperatives, some of which stand in it twice as two offices would have written them.

Beside the dirty copies stand those that only look like copies: the same name in the next commune, “Al Amal” and “Al Amal 2”,
a union and its member. The same for the same seed. Two kinds of dirt: `typing` (slips, lost numbers, dropped words) and
`writing` (another script, other spellings, other words around the name); what is tuned on one is judged on both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from twiza.domain.directory.forms import ContactDetails, IdentifierDetails, OrganisationDetails
from twiza.domain.directory.models import ContactPoint, Identifier, Organisation, Revision
from twiza.domain.directory.services.drafting import draft
from twiza.domain.directory.services.particulars import unsaved_identifier
from twiza.foundation.places.models import Commune
from twiza.kit.identifiers import mod97_key

DIRTY_PER_HUNDRED = 5
LOOKALIKES_PER_HUNDRED = 6
FIRST = (
    ("Al Amal", "الأمل"), ("Al Baraka", "البركة"), ("Annour", "النور"), ("Al Wifaq", "الوفاق"), ("Attadamoun", "التضامن"),
    ("Al Fath", "الفتح"), ("Annahda", "النهضة"), ("Al Manar", "المنار"), ("Al Khayr", "الخير"), ("Al Wahda", "الوحدة"),
    ("Afoulki", "أفولكي"), ("Tighanimine", "تيغانيمين"), ("Zafrane", "زعفران"), ("Argana", "أركانة"), ("Toudarte", "تودرت"),
    ("Tamounte", "تامونت"), ("Tiwizi", "تويزي"), ("Al Karama", "الكرامة"), ("Assafa", "الصفاء"), ("Al Moustaqbal", "المستقبل"),
    ("Nahlat", "نحلات"), ("Jbal", "جبال"), ("Ouarda", "وردة"), ("Chifa", "شفاء"), ("Yasmine", "ياسمين"), ("Imsker", "إمسكر"),
    ("Tifaouine", "تيفاوين"), ("Agrour", "أكرور"), ("Al Ghaith", "الغيث"), ("Anamel", "الأنامل"), ("Al Hanae", "الهناء"),
    ("Tagmate", "تاكمات"), ("Assaada", "السعادة"), ("Amoud", "أمود"), ("Tamaynoute", "تماينوت"), ("Ighrem", "إغرم"),
    ("Al Ikhlass", "الإخلاص"), ("Azrou", "أزرو"), ("Targante", "تاركنت"), ("Tazouri", "تازوري"),
)  # fmt: skip
SECOND = (
    ("", ""), ("", ""), ("du Sud", "الجنوب"), ("Assalam", "السلام"), ("Sidi Ali", "سيدي علي"), ("Tizi", "تيزي"),
    ("N'Oudrar", "نودرار"), ("Lalla Aziza", "لالة عزيزة"),
    ("Tagadirt", "تكاديرت"), ("Oumnas", "أومناس"), ("Bni Yazgha", "بني يازغة"), ("Al Kobra", "الكبرى"),
    ("Al Jadida", "الجديدة"), ("Ait Daoud", "آيت داود"), ("Aghbalou", "أغبالو"), ("Timoulay", "تيمولاي"), ("Al Houda", "الهدى"),
    ("Sahel", "الساحل"), ("Talate", "تالات"), ("Ifassen", "إفاسن"), ("Tigmijjou", "تكميجو"), ("Bougafer", "بوكافر"),
)  # fmt: skip
TRADE = (
    ("Agricole", "الفلاحية", "AGRI"), ("Artisanale", "الحرفية", "ARTI"), ("Féminine", "النسوية", "AGRI"), ("", "", "AGRI"),
    ("d'Argane", "للأركان", "ARGA"), ("de Safran", "للزعفران", "AGRI"), ("Apicole", "لتربية النحل", "AGRI"),
    ("de Couscous", "للكسكس", "DALI"), ("de Tissage", "للنسيج", "ARTI"), ("de Lait", "للحليب", "AGRI"),
)  # fmt: skip
RESPELT = (
    ("ou", "u"), ("ou", "o"), ("k", "q"), ("q", "k"), ("kh", "5"), ("h", "7"), ("w", "ou"), ("i", "y"), ("y", "i"), ("ss", "s"),
    ("nn", "n"), ("tt", "t"), ("ch", "sh"), ("gh", "g"), ("e", ""), ("a", "e"),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What a register says of one cooperative; `copy_of` is the place in the list of the one it repeats."""

    kind: str
    details: OrganisationDetails
    copy_of: int | None = None


def dirty_register(size: int, seed: int, dirt: str) -> list[Entry]:
    """`size` entries, one in twenty the copy of another, as many and more that only look like copies."""
    chance = Random(f"{seed}-{dirt}")
    communes = list(Commune.objects.order_by("code").values_list("code", "name_fr", "name_ar"))
    neighbours: dict[str, list[str]] = {}
    for code, *_names in communes:
        neighbours.setdefault(code[:6], []).append(code)
    entries = _originals(size * (100 - DIRTY_PER_HUNDRED - LOOKALIKES_PER_HUNDRED) // 100, communes, chance)
    originals = len(entries)
    for _ in range(size * LOOKALIKES_PER_HUNDRED // 100):
        entries.append(_lookalike(entries[chance.randrange(originals)], len(entries), neighbours, chance))
    dirty = _mistyped if dirt == "typing" else _rewritten
    for place in chance.sample(range(originals), size - len(entries)):
        entries.append(Entry(entries[place].kind, dirty(entries[place].details, chance), place))
    return entries


def _originals(number: int, communes: list[tuple[str, str, str]], chance: Random) -> list[Entry]:
    made: dict[tuple[str, str, str], Entry] = {}
    while len(made) < number:
        commune, first, second = chance.choice(communes), chance.choice(FIRST), chance.choice(SECOND)
        trade = chance.choice(TRADE)
        with_place = chance.random() < 0.3
        key = (first[0], second[0], commune[0])
        if key in made:
            continue
        words_fr = ["Coopérative", trade[0], first[0], second[0], commune[1] if with_place else ""]
        words_ar = ["تعاونية", first[1], second[1], trade[1], commune[2] if with_place else ""]
        numbered = len(made) + 1
        details = OrganisationDetails(
            name_fr=" ".join(word for word in words_fr if word),
            name_ar=" ".join(word for word in words_ar if word) if chance.random() < 0.8 else "",
            commune_code=commune[0],
            province_code=commune[0][:6],
            sectors=(trade[2],),
            members_total=chance.choice((5, 7, 9, 12, 15, 22, 34)),
            founded_on=date(1998, 1, 1) + timedelta(days=chance.randrange(9_800)) if chance.random() < 0.7 else None,
            contacts=_contacts(numbered),
            identifiers=_identifiers(numbered, commune[0], chance),
        )
        made[key] = Entry("cooperative", details)
    return list(made.values())


def _contacts(number: int) -> tuple[ContactDetails, ...]:
    return (ContactDetails("phone", f"+2126{number:08d}", "private"),)


def _identifiers(number: int, commune: str, chance: Random) -> tuple[IdentifierDetails, ...]:
    body = f"99{number:07d}0000"
    told = []
    if chance.random() < 0.7:
        told.append(IdentifierDetails("ice", body + mod97_key(body)))
    if chance.random() < 0.7:
        told.append(IdentifierDetails("registration", f"{number}/{number + 7}/2019", f"Tribunal {commune[:6]}"))
    return tuple(told)


def _lookalike(entry: Entry, number: int, neighbours: dict[str, list[str]], chance: Random) -> Entry:
    """The same name in the next commune; the second of that name; the union of the first's members."""
    said = replace(
        entry.details,
        contacts=_contacts(number + 1_000_000),
        identifiers=_identifiers(number + 1_000_000, entry.details.commune_code, chance),
        founded_on=date(1999, 3, 1) + timedelta(days=chance.randrange(9_000)),
        members_total=chance.choice((6, 8, 11, 19)),
    )
    which = chance.choice(("next_commune", "second", "union"))
    if which == "second":
        return Entry(
            "cooperative", replace(said, name_fr=f"{said.name_fr} 2", name_ar=f"{said.name_ar} 2" if said.name_ar else "")
        )
    if which == "union":
        names = {
            "name_fr": said.name_fr.replace("Coopérative", "Union des coopératives"),
            "name_ar": said.name_ar.replace("تعاونية", "اتحاد تعاونيات"),
        }
        contacts = entry.details.contacts if chance.random() < 0.3 else said.contacts
        return Entry("union", replace(said, **names, contacts=contacts))
    others = [code for code in neighbours[said.province_code] if code != said.commune_code] or [said.commune_code]
    return Entry("cooperative", replace(said, commune_code=chance.choice(others)))


def _mistyped(said: OrganisationDetails, chance: Random) -> OrganisationDetails:
    """Typed in a hurry: slips, a lost or wrong number, words dropped or swapped, no commune."""
    name_fr, name_ar = said.name_fr, said.name_ar
    if chance.random() < 0.6:
        name_fr = re.sub(r"^Coopérative ?", chance.choice(("", "Coop ", "COOPERATIVE ", "Sté Coop. ")), name_fr)
    name_fr = _slipped(name_fr, chance) if chance.random() < 0.6 else name_fr
    if chance.random() < 0.2:
        words = name_fr.split()
        chance.shuffle(words)
        name_fr = " ".join(words)
    if name_ar and chance.random() < 0.5:
        name_ar = ""
    return _with_lost_numbers(replace(said, name_fr=name_fr, name_ar=name_ar), chance)


def _rewritten(said: OrganisationDetails, chance: Random) -> OrganisationDetails:
    """Another office's list: one script only, heard and spelt otherwise, the trade or the place left out."""
    name_fr, name_ar = _heard(said.name_fr, chance), said.name_ar
    if name_ar and chance.random() < 0.4:
        name_fr = ""
    elif name_ar and chance.random() < 0.5:
        name_ar = ""
    if chance.random() < 0.3:
        name_ar = name_ar.replace("أ", "ا").replace("ة", "ه").replace("ى", "ي")
    return _with_lost_numbers(replace(said, name_fr=name_fr, name_ar=name_ar), chance)


def _heard(name: str, chance: Random) -> str:
    for trade, _ar, _sector in TRADE:
        if trade and chance.random() < 0.4:
            name = name.replace(f" {trade} ", " ")
    for _ in range(2):
        written, heard = chance.choice(RESPELT)
        if (at := name.lower().find(written, 12)) > 0:
            name = name[:at] + heard + name[at + len(written) :]
    name = name.replace("Coopérative", "Taawniya") if chance.random() < 0.2 else name
    return name.upper() if chance.random() < 0.3 else name


def _with_lost_numbers(said: OrganisationDetails, chance: Random) -> OrganisationDetails:
    """Every copy lost its ICE and its registration: with them the importer itself would have known it again."""
    contacts = said.contacts
    if (lost := chance.random()) < 0.35:
        contacts = ()
    elif lost < 0.6:
        contacts = _contacts(chance.randrange(5_000_000, 9_000_000))
    return replace(
        said,
        identifiers=(),
        contacts=contacts,
        commune_code="" if chance.random() < 0.12 else said.commune_code,
        founded_on=said.founded_on if chance.random() < 0.5 else None,
        members_total=said.members_total if chance.random() < 0.5 else said.members_total + chance.randrange(1, 9),
    )


def _slipped(name: str, chance: Random) -> str:
    """One letter lost, doubled, swapped with the next, or another one."""
    at = chance.randrange(max(1, len(name) - 8), len(name) - 1) if len(name) > 12 else chance.randrange(0, len(name) - 1)
    return chance.choice((
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + chance.choice("aeioulmnrst") + name[at + 1 :],
    ))  # fmt: skip


def save_register(entries: list[Entry]) -> set[tuple[int, int]]:
    """The directory holds them all; says which pairs of ids are copies, the smaller id first."""
    organisations = [Organisation(kind=entry.kind, slug=f"dirty-{place}") for place, entry in enumerate(entries)]
    Organisation.objects.bulk_create(organisations, batch_size=2_000)
    pairs = list(zip(organisations, (entry.details for entry in entries), strict=True))
    revisions = [draft(organisation, said, number=1, state="published") for organisation, said in pairs]
    Revision.objects.bulk_create(revisions, batch_size=2_000)
    for organisation, revision in zip(organisations, revisions, strict=True):
        organisation.published_revision = revision
    Organisation.objects.bulk_update(organisations, ["published_revision"], batch_size=2_000)
    Identifier.objects.bulk_create(
        [unsaved_identifier(organisation, one) for organisation, said in pairs for one in said.identifiers], batch_size=2_000
    )
    ContactPoint.objects.bulk_create(
        [
            ContactPoint(organisation=organisation, kind=one.kind, value=one.value, visibility=one.visibility)
            for organisation, said in pairs
            for one in said.contacts
        ],
        batch_size=2_000,
    )
    return {
        (organisations[entry.copy_of].pk, organisations[place].pk)
        for place, entry in enumerate(entries)
        if entry.copy_of is not None
    }
