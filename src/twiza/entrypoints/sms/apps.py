from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "twiza.entrypoints.sms"
    label = "sms"
