"""Fills the site's database and says, as JSON, who and what is in it."""

from __future__ import annotations

import json

import django

django.setup()

from tests.people import build_market, person, product
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member

market = build_market()
entrust_register(market.operator, by=None)
keeper = person("Nadia", 6002)
add_member(market.operator, keeper, "operator_agent", None)
jar = product(market.honey_cooperative, market.mina, "honey", "Miel rare", "عسل نادر", "250", "g", 9000, 50)
print(
    json.dumps(
        {
            "fatima": market.fatima.phone,
            "hajja": market.hajja.phone,
            "mina": market.mina.phone,
            "keeper": keeper.phone,
            "rare_variant": jar.pk,
            "cooperative": market.honey_cooperative.slug,
            "products": [variant.product.slug for variant in (market.saffron, market.argan, market.honey)],
        }
    )
)
