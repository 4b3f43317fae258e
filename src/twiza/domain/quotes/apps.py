from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "twiza.domain.quotes"
    label = "quotes"
