from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "twiza.domain.reviews"
    label = "reviews"
