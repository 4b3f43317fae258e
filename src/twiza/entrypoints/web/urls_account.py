"""Signing in, out, and the keys of one's account. The names are django-allauth's, which looks for them."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, URLResolver, path
from django.views.generic import TemplateView

from twiza.entrypoints.web.views import account, account_contact, account_keys

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account_keys.show_account, name="account"),
    path("contact/", account_contact.give_contact, name="account_contact"),
    path("contact/code/", account_contact.prove_contact, name="account_contact_code"),
    path("login/", account.sign_in, name="account_login"),
    path("login/code/", account.confirm_code, name="account_confirm_login_code"),
    path("login/name/", account.sign_up, name="account_signup"),
    path("login/staff/", account.staff_sign_in, name="account_staff_login"),
    path("logout/", account.sign_out, name="account_logout"),
    path("closed/", TemplateView.as_view(template_name="account/account_inactive.html"), name="account_inactive"),
    path("password/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("keys/", mfa.index, name="mfa_index"),
    path("keys/second/", account_keys.authenticate, name="mfa_authenticate"),
    path("keys/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("keys/application/", account_keys.add_application, name="mfa_activate_totp"),
    path("keys/application/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("keys/recovery/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("keys/recovery/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keys/recovery/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("keys/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("keys/passkeys/add/", account_keys.add_passkey, name="mfa_add_webauthn"),
    path("keys/passkeys/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("keys/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("keys/passkeys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
