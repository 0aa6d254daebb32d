"""A very small geographic code, and the file that carries it."""

import gzip
import json

BOOK = {
    "format": "faubourg-cog/1",
    "package": "6.0.0",
    "year": 2026,
    "regions": [
        ["76", "Occitanie"],
        ["11", "Île-de-France"],
        ["978", "Saint-Martin"],
        ["84", "Auvergne-Rhône-Alpes"],
    ],
    "departments": [
        ["30", "Gard", "76"],
        ["93", "Seine-Saint-Denis", "11"],
        ["75", "Paris", "11"],
        ["978", "Saint-Martin", "978"],
        ["01", "Ain", "84"],
        ["97", "Nulle part", "11"],
    ],
    "epcis": [["200035129", "CC de Cèze Cévennes", "30"], ["200066918", "CA Alès Agglomération", "30"]],
    "communes": [
        ["30227", "Saint-Ambroix", "30", "200035129", 3445],
        ["30007", "Alès", "30", "200066918", 43892],
        ["30132", "La Grand-Combe", "30", "200066918", None],
        ["30307", "Les Salles-du-Gardon", "30", "200066918", None],
        ["30051", "Branoux-les-Taillades", "30", "200066918", None],
        ["93066", "Saint-Denis", "93", None, 149077],
        ["75056", "Paris", "75", None, 2103778],
        ["97801", "Saint-Martin", "978", None, 31160],
        ["01053", "Bourg-en-Bresse", "01", None, None],
    ],
    "former": [["93059", "Pierrefitte-sur-Seine", "93", "93066"]],
}


def write_book(folder, **changes):
    """The path of a file with that code, changed."""
    path = folder / "geography.json.gz"
    path.write_bytes(gzip.compress(json.dumps(BOOK | changes).encode(), mtime=0))
    return path
