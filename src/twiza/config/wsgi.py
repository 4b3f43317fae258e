"""What a web server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twiza.config.settings")

from django.core.wsgi import get_wsgi_application

from twiza.config.database import hold_database

hold_database()
application = get_wsgi_application()
