"""Fills the site's database and says, as JSON, who and what is in it."""

from __future__ import annotations

import json

import django

django.setup()

from tests.people import build_market, product

market = build_market()
jar = product(market.honey_cooperative, market.mina, "honey", "Miel rare", "عسل نادر", "250", "g", 9000, 50)
print(
    json.dumps(
        {
            "fatima": market.fatima.phone,
            "hajja": market.hajja.phone,
            "mina": market.mina.phone,
            "rare_variant": jar.pk,
            "cooperative": market.honey_cooperative.slug,
            "products": [variant.product.slug for variant in (market.saffron, market.argan, market.honey)],
        }
    )
)
