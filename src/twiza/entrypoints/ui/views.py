"""The living page: every component, drawing, icon and token, in the language of `?lang=`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from twiza.entrypoints.ui import specimens
from twiza.entrypoints.ui.amounts import is_arabic


@require_safe
def show_components(request: HttpRequest) -> HttpResponse:
    """The page in French unless `?lang=ar`; `?theme=dark` shows the other theme."""
    language = "ar" if is_arabic(request.GET.get("lang", "fr")) else "fr"
    with translation.override(language):
        return render(request, "ui/living/page.html", specimens.everything(language, request.GET.get("theme", "")))
