"""The console script: `faubourg COMMAND` is `python -m faubourg COMMAND`."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from faubourg.config.reading import BadSetting


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "faubourg.config.settings")
    try:
        settings.DEBUG  # noqa: B018 -- the settings are read now, so that what is wrong in them is said alone
    except BadSetting as problem:
        sys.exit(str(problem))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
