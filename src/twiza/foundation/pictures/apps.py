from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "twiza.foundation.pictures"
    label = "pictures"
