"""The people of the demonstration, each with a telephone in the fictional range."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.demo import fiction
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person


@dataclass(frozen=True)
class Person:
    """`number` is the end of the telephone number; `role` says in a word why one would sign in as them."""

    name: str
    number: int
    language: str = "fr"
    email: str = ""

    @property
    def phone(self) -> str:
        return fiction.phone(self.number)


FATIMA = Person("Fatima", 1001, "ary")
BRAHIM = Person("Brahim", 1002)
HAJJA = Person("Hajja", 1003, "ar")
MINA = Person("Mina", 1004, "ary")
SALMA = Person("Salma", 5001)
LEILA = Person("Leïla", 5002)
YOUSSEF = Person("Youssef", 6001, email="youssef@demo.example")
NADIA = Person("Nadia", 7001, email="nadia@demo.example")
HAMID = Person("Hamid", 8001, "ary")
AMINA = Person("Amina", 7002, email="amina@demo.example")
KARIM = Person("Karim", 9001)
EVERYBODY = (FATIMA, BRAHIM, HAJJA, MINA, SALMA, LEILA, YOUSSEF, NADIA, HAMID, AMINA, KARIM)

FIRST_PRESIDENT = 1101
_NAMED_PRESIDENTS = {person.name: person for person in (FATIMA, HAJJA, MINA)}


def welcome_everybody() -> dict[str, User]:
    """The people of the story, by name."""
    return {person.name: welcome(person) for person in EVERYBODY}


def president(name: str, language: str, position: int) -> Person:
    """Who presides the cooperative at this place of the table."""
    return _NAMED_PRESIDENTS.get(name) or Person(name, FIRST_PRESIDENT + position, language)


def welcome(person: Person) -> User:
    return register_person(name=person.name, phone=person.phone, email=person.email or None, language=person.language)
