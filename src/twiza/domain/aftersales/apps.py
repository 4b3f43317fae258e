from django.apps import AppConfig


class AftersalesConfig(AppConfig):
    name = "twiza.domain.aftersales"
    label = "aftersales"
