"""The register as files: the list and the GeoJSON of the ANCT, and a GeoPackage."""

from faubourg.territories.exports.geopackage import geopackage
from faubourg.territories.exports.texts import csv_lines, geojson_parts

__all__ = ["csv_lines", "geojson_parts", "geopackage"]
