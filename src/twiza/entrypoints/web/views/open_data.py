"""The open data: what it is, and the files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from twiza.domain.directory.selectors import open_records, spread_of_cooperatives
from twiza.entrypoints.web.open_data import CONTENT_TYPES, FIELDS, LICENCE, LICENCE_URL, WRITERS, in_pieces
from twiza.foundation.places.selectors import provinces_in_memory


def show_open_data(request: HttpRequest) -> HttpResponse:
    """What is in the files, under which licence, and where they are: the whole country, and each region."""
    spread = spread_of_cooperatives()
    of_region = spread.per_region
    names = {province.region_id: province.region.name for province in provinces_in_memory()}
    context = {
        "fields": FIELDS.items(),
        "formats": [(form, "GeoJSON" if form == "geojson" else form.upper()) for form in WRITERS],
        "regions": [(code, names[code], of_region[code]) for code in sorted(names)],
        "spread": spread,
        "licence": LICENCE.replace("-", " "),
        "licence_url": LICENCE_URL,
    }
    return render(request, "web/directory/open_data.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def download(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """The file, sent while it is written: of the country, or of `?region=`, a code of HCP."""
    region = request.GET.get("region", "")
    if form not in WRITERS or (region and region not in {province.region_id for province in provinces_in_memory()}):
        raise Http404
    records = open_records(region) if request.method == "GET" else iter(())
    answer = StreamingHttpResponse(in_pieces(WRITERS[form](records)), content_type=CONTENT_TYPES[form])
    name = f"cooperatives-{region}.{form}" if region else f"cooperatives.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"  # data for everybody's pages; it carries nobody's session
    return answer
