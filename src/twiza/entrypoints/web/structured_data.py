"""What a page says to machines in the words of schema.org. Only what the page itself shows to everybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from twiza.domain.directory.selectors import PublicLabel, PublicOrganisation, PublicRecording
from twiza.entrypoints.web.product_facts import facts_of
from twiza.entrypoints.web.public_address import absolute, address_of_gift_basket, product_address
from twiza.kit.clock import today
from twiza.kit.quantities import content_in

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Photo, Product, Variant
    from twiza.domain.catalogue.rules import Buying
    from twiza.domain.directory.models import OpeningTimes
    from twiza.domain.storefronts.models import GiftBasket

SCHEMA = "https://schema.org"
LONGEST_DESCRIPTION = 300
HOURS = "OpeningHoursSpecification"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AVAILABILITY = {"shelf": "InStock", "made_to_order": "MadeToOrder", "preorder": "PreOrder"}
DAYS_TO_RETURN = 7  # law 31-08
# Of the United Nations' recommendation 20, which schema.org goes by.
UNIT_CODES = {"kg": "KGM", "g": "GRM", "l": "LTR", "ml": "MLT", "piece": "C62"}
FICTION = "Fictional: made for a demonstration."
# What could close the element, or be read as markup before it.
_ESCAPED = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def as_script(data: Mapping[str, Any]) -> SafeString:
    """Data, not a program: no browser runs it, and nothing written in it can close the element."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{words}</script>')  # noqa: S308 -- escaped above


def cooperative_data(cooperative: PublicOrganisation) -> dict[str, Any]:
    """A business with a place when its commune is known, an organisation otherwise."""
    url = absolute(reverse("web:cooperative", args=[cooperative.slug]))
    phones = [contact.value for contact in cooperative.contacts if contact.kind in ("phone", "whatsapp")]
    emails = [contact.value for contact in cooperative.contacts if contact.kind == "email"]
    return _said(
        {
            "@context": SCHEMA,
            "@type": "LocalBusiness" if cooperative.commune_name and cooperative.state != "closed" else "Organization",
            "@id": url,
            "url": url,
            "name": cooperative.name,
            "alternateName": [name for _language, name in cooperative.names[1:]]
            + [cooperative.acronym] * bool(cooperative.acronym),
            "description": (cooperative.activities or cooperative.story)[:LONGEST_DESCRIPTION],
            "disambiguatingDescription": FICTION if cooperative.is_fictional else "",
            "foundingDate": cooperative.founded_on.isoformat() if cooperative.founded_on else "",
            "telephone": phones[0] if phones else "",
            "email": emails[0] if emails else "",
            "sameAs": [cooperative.website] if cooperative.website else [],
            "address": _address(cooperative),
            "identifier": [
                {"@type": "PropertyValue", "propertyID": number.scheme, "value": number.value}
                for number in cooperative.identifiers
            ],
            "image": [absolute(photo.large) for photo in cooperative.photos],
            "openingHoursSpecification": _opening_hours(cooperative.opening),
            "subjectOf": _recording(cooperative.recording),
            "hasCertification": [_certificate(held) for held in cooperative.labels],
        }
    )


def product_data(
    product: Product,
    buying: Mapping[int, Buying],
    labels: Sequence[PublicLabel] = (),
    told: PublicRecording | None = None,
    store: str = "",
) -> dict[str, Any]:
    """A product with its labels of today, and an offer for each variant, with how it can be bought today; at its one address."""
    url = product_address(store, product.slug)
    return _said(
        {
            "@context": SCHEMA,
            "@type": "Product",
            "@id": url,
            "url": url,
            "name": product.name,
            "category": product.kind.name,
            "description": product.story[:LONGEST_DESCRIPTION],
            "disambiguatingDescription": FICTION if product.cooperative.is_fictional else "",
            "image": [absolute(photo.large.url) for photo in product.shown_photos],
            "subjectOf": _recording(told),
            "brand": {"@type": "Brand", "name": product.cooperative.name},
            "additionalProperty": [
                {"@type": "PropertyValue", "name": fact.label, "value": fact.text} for fact in facts_of(product)
            ],
            "hasCertification": [_certificate(held) for held in labels],
            "offers": [_offer(product, variant, url, buying[variant.pk]) for variant in product.live_variants],
        }
    )


def gift_basket_data(gift: GiftBasket, store: str, *, is_there: bool) -> dict[str, Any]:
    """One product with one offer of the operator; its parts are named and have no offer here."""
    url = address_of_gift_basket(store, gift.slug)
    operator = gift.storefront.operator
    return _said(
        {
            "@context": SCHEMA,
            "@type": "Product",
            "@id": url,
            "url": url,
            "name": gift.name,
            "brand": {"@type": "Brand", "name": gift.storefront.name},
            "disambiguatingDescription": FICTION if operator is not None and operator.is_fictional else "",
            "isRelatedTo": [
                {"@type": "Product", "name": part.variant.product.name, "url": product_address(store, part.variant.product.slug)}
                for part in gift.components.all()
            ],
            "offers": [
                {
                    "@type": "Offer",
                    "url": url,
                    "price": f"{gift.price_centimes // 100}.{gift.price_centimes % 100:02}",
                    "priceCurrency": "MAD",
                    "availability": f"{SCHEMA}/{'InStock' if is_there else 'OutOfStock'}",
                }
            ],
        }
    )


def shared_address(photo: Photo) -> str:
    """The picture that messengers show beside a link: JPEG where there is one."""
    return str(photo.shared.url if photo.shared else photo.large.url)


def unit_price_data(variant: Variant) -> dict[str, Any] | None:
    """What a kilo, a litre or a piece costs: the price of this size, how much of the unit is in it (`valueReference`), and
    the unit; None for a single piece, whose price says it.

    Written as shopping sites read it: they take `price` for what is paid, here as in the offer, and divide.
    """
    compared = variant.unit_price
    if compared is None:
        return None
    _centimes, unit = compared
    amount = content_in(variant.net_content, variant.net_unit, unit)
    measured = {"@type": "QuantitativeValue", "value": f"{amount.normalize():f}", "unitCode": UNIT_CODES[unit]}
    reference = {**measured, "value": "1", "valueReference": measured}
    return {"@type": "UnitPriceSpecification", **_price(variant.price_centimes), "referenceQuantity": reference}


def _offer(product: Product, variant: Variant, url: str, buying: Buying) -> dict[str, Any]:
    seller = product.cooperative
    return _said(
        {
            "@type": "Offer",
            "name": variant.content,
            "url": url,
            **_price(variant.price_centimes),
            "priceSpecification": unit_price_data(variant),
            "availability": f"{SCHEMA}/{_AVAILABILITY[buying.way] if buying.is_possible else 'OutOfStock'}",
            # Of what is reserved; what is made to order says its days beside the price.
            "availabilityStarts": buying.ships_by.isoformat() if buying.ships_by and buying.is_preorder else "",
            "deliveryLeadTime": _lead_time(product) if buying.is_made_to_order else {},
            "itemCondition": f"{SCHEMA}/NewCondition",
            "seller": {
                "@type": "Organization",
                "name": seller.name,
                "url": settings.SITE_URL + reverse("web:cooperative", args=[seller.slug]),
            },
            "hasMerchantReturnPolicy": _return_policy(product),
        }
    )


def _price(centimes: int) -> dict[str, str]:
    return {"price": f"{centimes // 100}.{centimes % 100:02}", "priceCurrency": "MAD"}


def _lead_time(product: Product) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "maxValue": product.made_to_order_days, "unitCode": "DAY"}


def _return_policy(product: Product) -> dict[str, Any]:
    policy = {"@type": "MerchantReturnPolicy", "applicableCountry": "MA"}
    if not product.is_returnable:
        return {**policy, "returnPolicyCategory": f"{SCHEMA}/MerchantReturnNotPermitted"}
    window = f"{SCHEMA}/MerchantReturnFiniteReturnWindow"
    return {**policy, "returnPolicyCategory": window, "merchantReturnDays": DAYS_TO_RETURN}


def _address(cooperative: PublicOrganisation) -> dict[str, Any]:
    street = ", ".join(part for part in (cooperative.address, cooperative.douar) if part)
    return _said(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": cooperative.commune_name or cooperative.province_name,
            "addressRegion": cooperative.region_name,
            "addressCountry": "MA",
        }
    )


def _opening_hours(times: OpeningTimes | None) -> list[dict[str, Any]]:
    """Hours of the week, and the days on which it is closed: both ends at midnight, as schema.org writes that."""
    if times is None:
        return []
    hours = []
    if times.weekdays and times.opens_at and times.closes_at:
        days = [f"{SCHEMA}/{DAYS[day]}" for day in times.weekdays]
        hours.append(
            {"@type": HOURS, "dayOfWeek": days, "opens": f"{times.opens_at:%H:%M}", "closes": f"{times.closes_at:%H:%M}"}
        )
    if times.closed_from and times.closed_until and times.closed_until >= today():
        closed = {"validFrom": times.closed_from.isoformat(), "validThrough": times.closed_until.isoformat()}
        hours.append({"@type": HOURS, "opens": "00:00", "closes": "00:00", **closed})
    return hours


def _recording(told: PublicRecording | None) -> dict[str, Any] | None:
    if told is None:
        return None
    duration = f"PT{told.seconds}S" if told.seconds else ""
    said = {"encodingFormat": told.media_type, "inLanguage": told.language, "duration": duration, "transcript": told.transcript}
    return _said({"@type": "AudioObject", "contentUrl": absolute(told.url), **said})


def _certificate(held: PublicLabel) -> dict[str, Any]:
    issuer = {"@type": "Organization", "name": held.issued_by} if held.issued_by else None
    until = held.valid_until.isoformat() if held.valid_until else ""
    since = held.valid_from.isoformat() if held.valid_from else ""
    told = {
        "name": held.label,
        "certificationIdentification": held.number,
        "validFrom": since,
        "expires": until,
        "issuedBy": issuer,
    }
    return _said({"@type": "Certification", **told})


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value not in ("", None, [])}
