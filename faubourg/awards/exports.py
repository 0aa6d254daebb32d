"""The programming report as a workbook and as a PDF."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from faubourg.awards.queries.report import Report, Share
from faubourg.awards.rules import LABELS
from faubourg.toolkit.money import format_euros, format_number, format_rate
from faubourg.toolkit.tables import Sheet, workbook
from faubourg.toolkit.typeset import typeset

UNKNOWN = "non disponible"
SHARED = (
    "Un dossier qui relève de plusieurs lignes compte une fois dans chacune ; ses euros y sont partagés en "
    "parts égales, au centime, si bien que la colonne fait exactement le total."
)
BREAKDOWNS = (("objectif", "by_objective"), ("quartier", "by_neighbourhood"), ("thématique", "by_theme"))


def report_pdf(report: Report, *, now: datetime) -> bytes:
    """The tagged PDF of the report."""
    return typeset("toolkit/typst/report.typ", report_words(report), now=now)


def report_xlsx(report: Report, *, now: datetime) -> bytes:
    """One sheet per table, then one line per dossier."""
    sheets = [_summary_sheet(report), _envelopes_sheet(report)]
    sheets += [_breakdown_sheet(f"Par {word}", word, getattr(report, name)) for word, name in BREAKDOWNS]
    sheets += [_filings_sheet(report), _lines_sheet(report)]
    return workbook(sheets, title=f"Bilan de programmation, {report.call}", now=now)


def figures(report: Report) -> list[tuple[str, str]]:
    """(label, value in words) of the summary, the same on the page, in the PDF and in the workbook."""
    return [
        ("Dossiers déposés", str(report.filed)),
        ("Retenus", str(report.kept)),
        ("Refusés par les financeurs", str(report.refused)),
        ("Irrecevables", str(report.inadmissible)),
        ("Retirés", str(report.withdrawn)),
        ("En attente", str(report.pending)),
        ("Demandé", format_euros(report.asked)),
        ("Accordé", format_euros(report.granted)),
        (
            "Part en conventions de trois ans, en montant",
            _rate(report.share.amount, report.share.total_amount),
        ),
        (
            "Part en conventions de trois ans, en nombre",
            _rate(report.share.number, report.share.total_number),
        ),
        ("Délai médian du dépôt à la dernière décision", _days(report.delays.median)),
        ("Délai le plus court", _days(report.delays.shortest)),
        ("Délai le plus long", _days(report.delays.longest)),
        ("Participants visés par les dossiers retenus", _or_unknown(report.participants)),
        (
            "Accordé sur du droit commun",
            UNKNOWN if report.mainstream is None else format_euros(report.mainstream),
        ),
        ("Bilans manquants des années passées", UNKNOWN),
    ]


def report_words(report: Report) -> dict[str, Any]:
    """The data of the `report` layout."""
    return {
        "title": f"Bilan de programmation {report.call.year}",
        "subtitle": str(report.call.contract),
        "organisation": str(report.call.contract.gip or report.call.contract),
        "mention": "Données de démonstration : dossiers fictifs."
        if report.call.contract.is_demonstration
        else None,
        "key_figures": [
            {"value": str(report.filed), "label": "dossiers déposés"},
            {"value": str(report.kept), "label": "retenus"},
            {"value": format_euros(report.asked), "label": "demandés"},
            {"value": format_euros(report.granted), "label": "accordés"},
        ],
        "sections": [
            {"title": "En bref", "facts": [list(pair) for pair in figures(report)]},
            {"title": "Par financeur", "table": _envelopes_table(report)},
            *[
                {
                    "title": f"Par {word}",
                    "paragraphs": [SHARED],
                    "table": _breakdown_table(word, getattr(report, name), report),
                }
                for word, name in BREAKDOWNS
            ],
            {"title": "Dossiers", "table": _filings_table(report), "page_break": True},
        ],
    }


# Tables of the PDF --------------------------------------------------------------------------------


def _envelopes_table(report: Report) -> dict[str, Any]:
    rows = [
        [
            one.label,
            format_euros(one.amount),
            format_euros(one.requested),
            format_euros(one.awarded),
            format_euros(one.left),
        ]
        for one in report.envelopes
    ]
    return {
        "caption": "Enveloppes, demandes et décisions",
        "header": ["Financeur", "Enveloppe", "Demandé", "Accordé", "Reste"],
        "numeric": [1, 2, 3, 4],
        "rows": rows,
    }


def _breakdown_table(word: str, shares: Sequence[Share], report: Report) -> dict[str, Any]:
    rows = [
        [one.label, str(one.number), str(one.kept), format_euros(one.asked), format_euros(one.granted)]
        for one in shares
    ]
    return {
        "caption": f"Dossiers et euros par {word}",
        "header": [word.capitalize(), "Dossiers", "Retenus", "Demandé", "Accordé"],
        "numeric": [1, 2, 3, 4],
        "rows": rows,
        "total": ["Total", "", "", format_euros(report.asked), format_euros(report.granted)],
    }


def _filings_table(report: Report) -> dict[str, Any]:
    return {
        "caption": "Chaque dossier déposé",
        "header": ["N°", "Action", "Structure", "Sort", "Demandé", "Accordé"],
        "numeric": [4, 5],
        "widths": [None, 3, 2, None, None, None],
        "rows": [
            [
                one.number,
                one.title,
                one.applicant,
                one.fate,
                format_euros(one.asked),
                format_euros(one.granted),
            ]
            for one in report.filings
        ],
    }


# Sheets of the workbook ---------------------------------------------------------------------------


def _summary_sheet(report: Report) -> Sheet:
    return Sheet("En bref", ["Ce que l'on compte", "Valeur"], _summary_rows(report), [52, 22])


def _summary_rows(report: Report) -> Iterable[Sequence[Any]]:
    """Numbers as numbers; what is not known in words."""
    numbers: dict[str, Any] = {
        "Demandé": report.asked,
        "Accordé": report.granted,
        "Délai médian du dépôt à la dernière décision": report.delays.median and float(report.delays.median),
        "Délai le plus court": report.delays.shortest,
        "Délai le plus long": report.delays.longest,
        "Participants visés par les dossiers retenus": report.participants,
        "Accordé sur du droit commun": report.mainstream,
    }
    for label, words in figures(report):
        value = numbers.get(label)
        yield label, value if value is not None else int(words) if words.isdigit() else words


def _envelopes_sheet(report: Report) -> Sheet:
    rows = [
        [
            one.label,
            UNKNOWN if one.amount is None else one.amount,
            one.requested,
            one.awarded,
            UNKNOWN if one.left is None else one.left,
        ]
        for one in report.envelopes
    ]
    header = ["Financeur", "Enveloppe", "Demandé", "Accordé", "Reste"]
    return Sheet("Par financeur", header, rows, [38, 16, 16, 16, 16])


def _breakdown_sheet(name: str, word: str, shares: Sequence[Share]) -> Sheet:
    header = [word.capitalize(), "Dossiers", "Retenus", "Demandé (parts égales)", "Accordé (parts égales)"]
    rows = [[one.label, one.number, one.kept, one.asked, one.granted] for one in shares]
    return Sheet(name, header, rows, [60, 12, 12, 18, 18])


def _filings_sheet(report: Report) -> Sheet:
    header = [
        "N°",
        "Action",
        "Structure",
        "Déposé le",
        "Décidé le",
        "Sort",
        "Trois ans",
        "Demandé",
        "Accordé",
        "Participants",
    ]
    rows = [
        [
            one.number,
            one.title,
            one.applicant,
            one.filed_on,
            one.decided_on,
            one.fate,
            one.is_multi_year,
            one.asked,
            one.granted,
            one.participants,
        ]
        for one in report.filings
    ]
    return Sheet("Dossiers", header, rows, [12, 44, 34, 12, 12, 14, 10, 14, 14, 12])


def _lines_sheet(report: Report) -> Sheet:
    """One line of money per row, one axis per column: what any other table is made of (FIN-5)."""
    header = [
        *LABELS, "N°", "Demandé", "Décision", "Accordé", "Acte", "Décidé le", "Imputation", "Du", "Au",
    ]  # fmt: skip
    rows = [
        [
            line.axes.year, *line.axes.values[1:], line.number, line.requested, line.outcome, line.awarded,
            line.act_number, line.decided_on, line.charged_to, line.covers_from, line.covers_until,
        ]
        for line in report.lines
    ]  # fmt: skip
    widths = [10, 26, 20, 14, 30, 30, 26, 16, 16, 12, 14, 12, 14, 18, 12, 20, 12, 12]
    return Sheet("Lignes de financement", header, rows, widths)


def _rate(part: Decimal | int, whole: Decimal | int) -> str:
    return format_rate(part, whole) if whole else UNKNOWN


def _days(number: Decimal | int | None) -> str:
    if number is None:
        return UNKNOWN
    text = f"{number:f}".replace(".", ",") if isinstance(number, Decimal) else str(number)
    return f"{text} jour{'s' if number >= 2 else ''}"


def _or_unknown(number: int | None) -> str:
    return UNKNOWN if number is None else format_number(number)
