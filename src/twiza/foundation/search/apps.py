from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "twiza.foundation.search"
    label = "search"

    def ready(self) -> None:
        # Each room says in its `search.py` what of its own can be found.
        autodiscover_modules("search")
