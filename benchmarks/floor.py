"""The floor: a bare site of the same framework, on the same server. One indexed SELECT of 24
rows, shown as plain cards of one template, in a page of 25 kB."""

from __future__ import annotations

import os

import django
from django.conf import settings

if not settings.configured:
    import dj_database_url

    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {**dj_database_url.parse(os.environ["DATABASE_URL"]), "CONN_MAX_AGE": None}},
        MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
        ROOT_URLCONF="floor",
        SECRET_KEY="only-for-benchmarks",
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

MENU = '<li><a href="/products/?kind=honey">Miel et produits de la ruche</a></li>' * 60
CARD = """<article><a href="/products/{{ row.slug }}/"><img src="/media/{{ row.id }}-240.webp" alt="{{ row.name_fr }}"></a>
<h3><a href="/products/{{ row.slug }}/">{{ row.name_fr }}</a></h3><p lang="ar">{{ row.name_ar }}</p>
<p>{{ row.short_number }} DH</p>{% if row.published_at %}<form method="post" action="/basket/add/{{ row.id }}/"><button>Ajouter
au panier</button></form>{% else %}<p>Bientôt</p>{% endif %}</article>"""
PAGE = f"""<!doctype html><html><head><title>{{{{ title }}}}</title></head><body><ul>{MENU}</ul>
{{% for row in rows %}}{CARD}{{% endfor %}}<p>{"x" * 6_000}</p></body></html>"""


class Row(models.Model):  # noqa: DJ008 -- nobody reads it by name
    slug = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    state = models.CharField(max_length=9)
    short_number = models.IntegerField()
    published_at = models.DateTimeField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "catalogue_product"


template = engines["django"].from_string(PAGE)


def show_rows(request: HttpRequest) -> HttpResponse:
    rows = Row.objects.filter(state="published").order_by("-published_at", "-id")[:24]
    return HttpResponse(template.render({"title": "Catalogue", "rows": rows}, request))


urlpatterns = [path("", show_rows)]
application = get_wsgi_application()
