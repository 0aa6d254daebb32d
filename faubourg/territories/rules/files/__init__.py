"""Read the files people have of neighbourhoods: outlines, lists, correspondence."""

from faubourg.territories.rules.files.layers import FileRefused
from faubourg.territories.rules.files.reading import Link, ReadFile, Row, read_file

__all__ = ["FileRefused", "Link", "ReadFile", "Row", "read_file"]
