"""The product's settings, in a folder of their own, with quick passwords and unhashed static names."""

import os
import tempfile
from pathlib import Path

os.environ["FAUBOURG_DATA"] = tempfile.mkdtemp(prefix="faubourg-tests-")
os.environ.setdefault("FAUBOURG_SECRET_KEY", "tests-only-" + "x" * 50)

from faubourg.config.settings import *  # noqa: F403
from faubourg.config.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
SHARED = Path(os.environ.get("FAUBOURG_SHARED", Path(__file__).resolve().parents[2] / "shared"))
