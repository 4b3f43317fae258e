"""The list of products against a floor: one indexed SELECT of 24 rows in a template of about the same weight."""

from __future__ import annotations

from measure import fresh_database, in_turn, report, size_asked

PRODUCTS = {"small": 240, "full": 10_000}


def main() -> None:
    size = size_asked()
    with fresh_database():
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from django.utils import timezone
        from tests.people import build_market

        from twiza.domain.catalogue.models import Product, Variant
        from twiza.domain.inventory.models import StockLevel

        market = build_market()
        now = timezone.now()
        made = Product.objects.bulk_create(
            Product(
                cooperative=market.honey_cooperative, kind_id="honey", slug=f"miel-{number}", short_number=number % 900 + 50,
                name_fr=f"Miel {number}", name_ar=f"عسل {number}", folded_names=f"miel {number}", withdrawal="standard",
                state="published", published_at=now,
            )
            for number in range(min(PRODUCTS[size], 900))
        )  # fmt: skip
        variants = Variant.objects.bulk_create(
            Variant(product=product, net_content=500, net_unit="g", gross_weight_grams=600, price_centimes=9000)
            for product in made
        )
        StockLevel.objects.bulk_create(StockLevel(variant=variant, on_hand=10) for variant in variants)
        with connection.cursor() as cursor:
            cursor.execute("analyze")
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/fr/products/")
        asked = len(queries)
        times = in_turn({"list": lambda: client.get("/fr/products/"), "floor": lambda: floor(client)}, 40)
        report(
            "list_page",
            {
                "products": len(made),
                "questions to the database": asked,
                "page, bytes": len(page.content),
                "processor ms, list": times["list"],
                "processor ms, floor": times["floor"],
                "list / floor": times["list"] / times["floor"],
            },
        )


def floor(client: object) -> bytes:
    """What any page of 24 rows costs at least in this framework."""
    from django.template import engines
    from django.test import RequestFactory

    from twiza.domain.catalogue.models import Product

    request = RequestFactory().get("/")
    rows = list(Product.objects.filter(state="published")[:24])
    line = "<li><a href='{{ row.slug }}'>{{ row.name_fr }}</a></li>"
    template = engines["django"].from_string("<ul>{% for row in rows %}" + line + "{% endfor %}</ul>" + "x" * 25_000)
    return template.render({"rows": rows}, request).encode()


if __name__ == "__main__":
    main()
