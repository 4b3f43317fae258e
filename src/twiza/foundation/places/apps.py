from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "twiza.foundation.places"
    label = "places"
