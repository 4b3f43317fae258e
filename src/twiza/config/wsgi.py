"""What a web server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twiza.config.settings")

from django.core.wsgi import get_wsgi_application

from twiza.config.database import hold_database

hold_database()
site = get_wsgi_application()

from twiza.entrypoints.web.page_cache import PageCache  # the rooms are ready only now

application = PageCache(site)
