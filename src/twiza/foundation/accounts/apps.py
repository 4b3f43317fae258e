from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "twiza.foundation.accounts"
    label = "accounts"
