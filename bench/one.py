"""The bench on one database, in a process of its own that `python -m bench` starts."""

import importlib
import json
import os
import sys
from pathlib import Path

import django

FOUND = "found.json"
"""What went above its target, one sentence each, in the folder of the installation."""


def main() -> None:
    django.setup()
    asked = json.loads(sys.argv[1])
    found = importlib.import_module("bench.course").run(**asked)
    Path(os.environ["FAUBOURG_DATA"], FOUND).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
