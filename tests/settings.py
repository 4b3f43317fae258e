"""The settings of the tests: the real ones, with the pages of the demonstration and nothing outside reached.

pytest-django reads the settings before any conftest, so the environment is prepared here.
"""

import os
import tempfile

os.environ["DEMO"] = "1"
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["SMS_GATEWAY"] = "simulator"
os.environ["LOG_LEVEL"] = "ERROR"
if not os.environ.get("JOURNEYS"):
    os.environ["PAYMENT_PROVIDERS"] = "cash_on_delivery"
# Registers that tests upload lie in a folder of their own, which the site's processes share and which goes with the tests.
if "REGISTER_FOLDER" not in os.environ:
    _REGISTERS = tempfile.TemporaryDirectory(prefix="twiza-registers-")
    os.environ["REGISTER_FOLDER"] = _REGISTERS.name

# So do photographs as they were sent.
if "ORIGINALS_FOLDER" not in os.environ:
    _ORIGINALS = tempfile.TemporaryDirectory(prefix="twiza-originals-")
    os.environ["ORIGINALS_FOLDER"] = _ORIGINALS.name

from twiza.config.settings import *  # noqa: F403
from twiza.config.settings import ACCOUNT_RATE_LIMITS as _RATE_LIMITS
from twiza.config.settings import INSTALLED_APPS as _APPS
from twiza.config.settings import MIDDLEWARE as _MIDDLEWARE
from twiza.config.settings import STORAGES as _STORAGES

# Files are served as they lie in the source: nothing is collected before a test.
STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Half a second for each password is meant for whoever guesses; no test does.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A question asked once per row is a fault: in tests it raises.
INSTALLED_APPS = [*_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *_MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_NPLUSONE_THRESHOLD = 3  # twice may be two different reasons, three times is a loop
# Django itself looks a session up again each time it changes the session's key.
ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "*"}]

if os.environ.get("JOURNEYS"):
    # The same few people sign in for one journey after another; how often anybody may is tested apart.
    OFTEN = "300/m/ip,300/m/key"
    ACCOUNT_RATE_LIMITS = {**_RATE_LIMITS, "request_login_code": OFTEN, "enter_login_code": OFTEN}
