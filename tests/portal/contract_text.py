"""A contract file as short as the format allows, to break one line at a time."""

SMALLEST = """\
format: faubourg-contrat/1

contrat:
  identifiant: petit-contrat
  nom: Petit Contrat
  periode: 2024-2030
  intercommunalite: "200035129"
  animateur: gip
  debut: 2024-01-01

geographie:
  regions:
    - {code: "76", nom: Occitanie}
  departements:
    - {code: "30", nom: Gard, region: "76"}
  intercommunalites:
    - siren: "200035129"
      nom: CC
      departement: "30"
      communes:
        - {insee: "30227", nom: Saint-Ambroix}
  quartiers:
    - nature: qpv
      code: QN03014M
      nom: L'Écusson
      communes: ["30227"]

organisations:
  - {cle: etat, nom: État, nature: etat}
  - {cle: gip, nom: GIP, nature: gip}

priorites:
  - code: "1"
    libelle: Cadre de vie
    themes: [transitions]
    objectifs:
      - {code: "1.1", libelle: Plus vert}
      - {code: "1.2", libelle: Plus propre}

parametres:
  - code: fph.max_action
    libelle: Maximum par action
    valeur: 700
    unite: €
    effet: bloque
    preuve: contrat
    source: contrat, l. 904
    depuis: 2024-01-01
"""


def line_of(text: str, part: str) -> int:
    """The line, counted from 1, of the first line that holds `part`."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)
