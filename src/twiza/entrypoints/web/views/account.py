"""Signing in: a phone or an e-mail, the code sent there, and a name the first time."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginByCodeStage
from allauth.core.exceptions import RateLimited
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from twiza.domain.orders.selectors import cart_with
from twiza.entrypoints.web.basket_cookie import basket_token, forget_basket
from twiza.entrypoints.web.forms_account import CodeForm, NameForm, SignInForm, StaffSignInForm
from twiza.entrypoints.web.sign_in_code import SignInCode, forget_proof, proven_contact
from twiza.foundation.accounts.services import join
from twiza.kit.phone import shown_phone


class OurFrame:
    """allauth puts its own `site` into the context of a page; ours is the frame of every page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        context.pop("site", None)
        return context


class SignIn(OurFrame, allauth_views.LoginView):
    """The first page: where shall the code go?"""

    form_class = SignInForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        """Who waits for a code may come back and give another number."""
        return None if stage.key == LoginByCodeStage.key else super()._redirect_to_pending_stage(request, stage)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        try:
            SignInCode.start(self.request, form.cleaned_data["login"])
        except RateLimited:
            return self._refused(form, get_adapter().error_messages["rate_limited"])
        except OSError:
            return self._refused(form, _("Our mail does not go out at the moment. Please try with your phone number."))
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_confirm_login_code")))

    def _refused(self, form: SignInForm, sentence: str) -> HttpResponse:
        form.add_error("login", sentence)
        return self.form_invalid(form)


class StaffSignIn(OurFrame, allauth_views.LoginView):
    """Staff come in with a password; the second factor follows."""

    form_class = StaffSignInForm
    template_name = "account/staff_login.html"


@method_decorator(never_cache, name="dispatch")
@method_decorator(login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"), name="dispatch")
class ConfirmCode(OurFrame, allauth_views.ConfirmLoginCodeView):
    """The second page: the code we sent."""

    form_class = CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.stage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001 -- allauth's way of handing it over
        waiting = SignInCode.resume(self.stage)
        if waiting is None:
            get_adapter().add_message(request, messages.WARNING, message=_("That code is too old. Please ask for a new one."))
            return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))
        self._process = waiting
        return super(allauth_views.ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        return kwargs if self._action == "resend" else {**kwargs, "address": self._process.contact.address}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contact = self._process.contact
        return super().get_context_data(**kwargs) | {"sent_to": shown_phone(contact.phone) if contact.phone else contact.email}


@method_decorator(never_cache, name="dispatch")
@method_decorator(rate_limit(action="signup"), name="dispatch")
class SignUp(OurFrame, allauth_views.NextRedirectMixin, allauth_views.FormView):
    """The third page, the first time only: the name of whoever proved a number or an e-mail."""

    form_class = NameForm
    template_name = "account/signup.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.contact = proven_contact(request)
        if request.user.is_authenticated or self.contact is None:
            return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: NameForm) -> HttpResponse:
        contact = self.contact
        assert contact is not None  # noqa: S101 -- dispatch sent the others away
        person = join(name=form.cleaned_data["name"], phone=contact.phone, email=contact.email, language=get_language() or "fr")
        forget_proof(self.request)
        record_authentication(self.request, person, method="code", phone=contact.phone, email=contact.email)
        return flows.signup.complete_signup(self.request, user=person, redirect_url=self.get_next_url())


class SignOut(OurFrame, allauth_views.LogoutView):
    """Out, and the basket one filled signed in goes along: the telephone may be lent."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        cart = cart_with(basket_token(self.request))
        response: HttpResponse = super().post(*args, **kwargs)
        return forget_basket(response) if cart and cart.buyer_id else response


sign_in = SignIn.as_view()
staff_sign_in = StaffSignIn.as_view()
confirm_code = ConfirmCode.as_view()
sign_out = SignOut.as_view()
sign_up = SignUp.as_view()
