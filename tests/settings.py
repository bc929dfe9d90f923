"""The settings under test: those of an installation, with a PostgreSQL that starts when the first test asks for it."""

import os

from tests.postgres import url

os.environ.setdefault("DULY_MODE", "test")
os.environ.setdefault("DULY_SECRET_KEY", "only-for-tests")
os.environ.setdefault("DULY_UNDO_SECONDS", "0")
os.environ["DATABASE_URL"] = url()

from duly.config.settings import *  # noqa: F403 - the environment comes first

DATABASES["default"]["ENGINE"] = "tests.backend"  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each client of a test would look through all files of the pages when it is made; this looks when one is asked for.
WHITENOISE_AUTOREFRESH = True
