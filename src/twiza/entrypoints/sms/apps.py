from importlib import import_module

from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "twiza.entrypoints.sms"
    label = "sms"

    def ready(self) -> None:
        # Its handler subscribes by being read: texts are heard from now on.
        import_module("twiza.entrypoints.sms.inbound")
