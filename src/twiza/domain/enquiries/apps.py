from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "twiza.domain.enquiries"
    label = "enquiries"
