from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "twiza.foundation.audit"
    label = "audit"
