"""People who sign in, or who are known by the number they write from."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """What somebody reads. Darija in Latin letters costs a third of Arabic script in a text message."""

    FRENCH = "fr", "Français"
    ARABIC = "ar", "العربية"
    DARIJA = "ary", "Darija"
    TAMAZIGHT = "zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ"
    ENGLISH = "en", "English"


class People(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str, name: str = "") -> User:
        person = User(email=email.lower(), name=name or email, is_staff=True, is_superuser=True)
        person.set_password(password)
        person.save()
        return person


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody, reachable by phone or e-mail. Signs in with a code sent there; staff also with a password."""

    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("phone"), max_length=16, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    language = models.CharField(_("language"), max_length=3, choices=Language, default=Language.FRENCH)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phone__isnull=False) | Q(email__isnull=False), name="user_reachable"),
            models.CheckConstraint(condition=Q(phone__isnull=True) | Q(phone__startswith="+"), name="user_phone_e164"),
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(condition=Q(language__in=["fr", "ar", "ary", "zgh", "en"]), name="user_language_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
