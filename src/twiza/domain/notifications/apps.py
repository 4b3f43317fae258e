from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "twiza.domain.notifications"
    label = "notifications"
