"""The first page, and the choice of language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language_from_request


def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the language the visitor chose before, else to what the browser asks for, else French."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def show_home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html")
