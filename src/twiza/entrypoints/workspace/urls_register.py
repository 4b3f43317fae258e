"""The pages of those who look after the national register."""

from __future__ import annotations

from django.urls import URLPattern, path

from twiza.entrypoints.workspace.views import register

of_the_register: list[URLPattern] = [
    path("", register.show_register, name="register"),
]
