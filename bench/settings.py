"""The product's settings as they are, but for the floor page and the static folder."""

import os
from pathlib import Path

from faubourg.config.settings import *  # noqa: F403
from faubourg.config.settings import MIDDLEWARE, STATIC_ROOT

ROOT_URLCONF = "bench.urls"
# The floor owes nothing to the product: it does not read what a person holds.
MIDDLEWARE = [
    "bench.floor.SecondFactorButOnFloor" if name.endswith("SecondFactorMiddleware") else name
    for name in MIDDLEWARE
]
STATIC_ROOT = Path(os.environ.get("BENCH_STATIC") or STATIC_ROOT)
