"""A small file of addresses with the columns of the Base adresse nationale."""

import gzip

HEADER = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;code_insee_ancienne_commune;"
    "nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;libelle_acheminement;nom_afnor;"
    "source_position;source_nom_voie;certification_commune;cad_parcelles"
)
AMBROIX, ALES, GRAND_COMBE = ("30500", "30227", "Saint-Ambroix"), ("30100", "30007", "Alès"), (
    "30110",
    "30132",
    "La Grand-Combe",
)  # fmt: skip
COURRY = ("30500", "30097", "Courry")


def line(number, suffix, street, place, lon=4.197, lat=44.262, former=""):
    postcode, code, commune = place
    cells = f";;{number};{suffix};{street};{postcode};{code};{commune};;{former};;;{lon};{lat};entrée"
    return f"{code}_x{cells};;;;;commune;commune;1;"


LINES = (
    line(12, "", "Rue de la République", AMBROIX),
    line(12, "bis", "Rue de la République", AMBROIX, 4.1971),
    line(14, "", "Rue de la République", AMBROIX, 4.1972),
    line(3, "", "Avenue du Général de Gaulle", AMBROIX, 4.25),
    line(5, "b", "Boulevard du Portalet", AMBROIX, 4.26),
    line(8, "", "Rue du 8 Mai 1945", AMBROIX, 4.27),
    line(7, "", "Impasse des Lilas", AMBROIX, 4.28),
    line(99999, "", "Mas de Chabert", AMBROIX, 4.29),
    line(12, "", "Rue de la République", ALES, 4.08, 44.12),
    line(12, "", "Rue de la République", GRAND_COMBE, 4.03, 44.21),
    line(1, "", "Rue de l'Église", COURRY, 4.15, 44.3),
    line(1, "", "Rue de l'Église", AMBROIX, 4.2, 44.26),
)


def write_ban(folder, lines=LINES, name="adresses-30.csv.gz", header=HEADER):
    """The path of a file with these lines, packed when its name says so."""
    content = "\n".join((header, *lines, "")).encode()
    path = folder / name
    path.write_bytes(gzip.compress(content, mtime=0) if name.endswith(".gz") else content)
    return path
