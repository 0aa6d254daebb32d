"""The product's settings, as they are; only the addresses (the floor page is added) and the static folder differ."""

import os

from faubourg.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
STATIC_ROOT = os.environ.get("BENCH_STATIC") or STATIC_ROOT  # noqa: F405
