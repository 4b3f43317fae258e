"""`twiza offer_coupon`: a coupon that Twiza bears, alone or with a cooperative."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from twiza.domain.directory.models import Organisation
from twiza.domain.orders.services import CouponTerms, offer_coupon
from twiza.domain.storefronts.selectors import storefront_with
from twiza.kit.errors import DomainError
from twiza.kit.money import read_dirhams


class Command(BaseCommand):
    help = "Offers a coupon that Twiza bears. With a share of the cooperative's, it holds once the cooperative agreed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        off = parser.add_mutually_exclusive_group(required=True)
        off.add_argument("--percent", type=int, choices=range(1, 101), metavar="1–100", help="so much of a hundred less")
        off.add_argument("--dirhams", help="so many dirhams less")
        parser.add_argument("--cooperative", help="the address of the cooperative whose products it is for")
        parser.add_argument(
            "--cooperative-bears", type=int, default=0, choices=range(101), metavar="0–100", help="its share, percent"
        )
        parser.add_argument("--storefront", help="the address of the storefront through which one buys")
        parser.add_argument("--least", default="0", help="from so many dirhams on")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="its first day, as 2026-12-01")
        parser.add_argument("--until", dest="valid_until", type=date.fromisoformat, help="its last day")
        parser.add_argument("--most-uses", type=int, help="so many orders at most")
        parser.add_argument("--per-phone", type=int, help="so many orders of one telephone at most")

    def handle(self, *args: Any, **options: Any) -> None:
        cooperative = Organisation.objects.filter(slug=options["cooperative"]).first() if options["cooperative"] else None
        if options["cooperative"] and cooperative is None:
            raise CommandError(f"There is no cooperative {options['cooperative']}.")
        if options["cooperative_bears"] and cooperative is None:
            raise CommandError("Say which cooperative bears a share: --cooperative.")
        try:
            coupon = offer_coupon(
                options["code"],
                _terms(options),
                by=None,
                cooperative=cooperative,
                storefront=storefront_with(options["storefront"]) if options["storefront"] else None,
                cooperative_percent=options["cooperative_bears"],
            )
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"✓ {coupon.code}" + ("" if coupon.agreed_at else ": waits for the cooperative"))


def _terms(options: dict[str, Any]) -> CouponTerms:
    """Raises CommandError for an amount nobody can read."""
    off = read_dirhams(options["dirhams"]) if options["dirhams"] else None
    least = read_dirhams(options["least"])
    if least is None or (options["dirhams"] and not off):
        raise CommandError("Write amounts in dirhams, as 20 or 12,50.")
    return CouponTerms(
        percent_off=options["percent"],
        centimes_off=off,
        least_centimes=least,
        most_uses=options["most_uses"],
        most_uses_per_phone=options["per_phone"],
        valid_from=options["valid_from"],
        valid_until=options["valid_until"],
    )
