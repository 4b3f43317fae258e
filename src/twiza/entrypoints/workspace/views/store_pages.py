"""The pages of a storefront: what the templates propose, read and made one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.directory.services.operators import declare_data_handling
from twiza.domain.storefronts.selectors import page_drafts_of, page_title, unread_pages_of
from twiza.domain.storefronts.services import begin_page_again, keep_templates, write_page
from twiza.entrypoints.workspace.store_page_forms import DataPageForm, StorePageForm
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager_or_the_markets

LANGUAGES = ("fr", "ar")


@require_safe
@for_its_manager_or_the_markets
def show_pages(request: StoreRequest) -> HttpResponse:
    """Every page, and whether its words are one's own, read, or only proposed."""
    drafts = page_drafts_of(request.storefront)
    context = {
        "storefront": request.storefront,
        "pages": [(kind, page_title(kind), versions) for kind, versions in drafts.items()],
        "unread": len(unread_pages_of(request.storefront)),
    }
    return render(request, "workspace/store_pages.html", context)


@require_POST
@for_its_manager_or_the_markets
def keep_them(request: StoreRequest) -> HttpResponse:
    keep_templates(request.storefront, by=request.user)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("workspace:store_pages", args=[request.storefront.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager_or_the_markets
def write(request: StoreRequest, page: str) -> HttpResponse:
    """One page in both languages; either begins again from its template when asked."""
    title = page_title(page)
    again = request.POST.get("again", "")
    if again in LANGUAGES:
        begin_page_again(request.storefront, page, again, by=request.user)
        messages.success(request, _("It says again what the template says."))
        return HttpResponseRedirect(reverse("workspace:store_page", args=[request.storefront.slug, page]))
    drafts = page_drafts_of(request.storefront)[page]
    operator = request.storefront.operator if page == "data" else None
    said = {f"text_{draft.language}": draft.text for draft in drafts}
    said["declaration"] = operator.data_declaration if operator else ""
    form = (DataPageForm if operator else StorePageForm)(request.POST or None, initial=said)
    if form.is_valid():
        for language in LANGUAGES:
            write_page(request.storefront, page, language, form.cleaned_data[f"text_{language}"], by=request.user)
        if operator:
            declare_data_handling(operator, form.cleaned_data["declaration"], by=request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("workspace:store_pages", args=[request.storefront.slug]))
    context = {"storefront": request.storefront, "page": page, "title": title, "drafts": drafts, "form": form}
    return render(request, "workspace/store_page.html", context)
