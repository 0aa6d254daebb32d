"""What a file of neighbourhoods changes in what is known, told before anything is written (GEO-2)."""

from dataclasses import dataclass, field

import shapely

from faubourg.territories.models import Commune, Correspondence, Neighbourhood, Outline
from faubourg.territories.rules.cog import Cog, current_code
from faubourg.territories.rules.files import Link, ReadFile, Row
from faubourg.territories.rules.files.columns import plain
from faubourg.territories.rules.shapes import SAME


@dataclass
class Brought:
    """What a file changes, in words, and what forbids it: with one refusal nothing is written."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        return bool(not self.refused and (self.new or self.changed or self.renamed))

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """Every list with its title, in the order people read them."""
        return [
            ("Refusé", self.refused),
            ("Nouveau", self.new),
            ("Modifié", self.changed),
            ("Renommé", self.renamed),
            ("Réparé", self.repaired),
            ("À savoir", self.notes),
        ]


@dataclass
class Known:
    """What the file adds to: by code, the neighbourhoods and their outlines; then what differs from them."""

    communes: dict[str, tuple[str, ...]]
    places: dict[str, Neighbourhood]
    outlines: dict[str, Outline]
    drawn: list[Row]
    moved: list[str]
    renamed: list[Row]
    links: list[Link]
    """Those that are new, and those whose words have changed."""
    former_links: list[Correspondence]
    """Those that the official table no longer has, for a neighbourhood it names."""


def preview(read: ReadFile, cog: Cog) -> Brought:
    """What `actions.bring_file` would do now."""
    return told(read, cog, compare(read, cog))


def compare(read: ReadFile, cog: Cog) -> Known:
    codes = [row.code for row in read.rows]
    communes = {
        row.code: tuple(dict.fromkeys(current_code(one, cog) for one in row.communes)) for row in read.rows
    }
    places = {
        one.code: one for one in Neighbourhood.objects.filter(code__in=codes).prefetch_related("communes")
    }
    current = Outline.objects.filter(is_current=True, neighbourhood__code__in=codes)
    outlines = {one.neighbourhood.code: one for one in current.select_related("neighbourhood")}
    links, former_links = _links(read)
    return Known(
        communes=communes,
        places=places,
        outlines=outlines,
        drawn=[
            row
            for row in read.rows
            if row.geometry is not None and not _is_drawn(row, outlines.get(row.code))
        ],
        moved=[
            code
            for code in codes
            if code in places
            and communes[code]
            and {one.insee_code for one in places[code].communes.all()} != set(communes[code])
        ],
        renamed=[row for row in read.rows if row.code in places and _is_renamed(row, places[row.code])],
        links=links,
        former_links=former_links,
    )


def told(read: ReadFile, cog: Cog, known: Known) -> Brought:
    """The preview in words; a commune that is nowhere refuses the file."""
    communes = set(Commune.objects.values_list("insee_code", flat=True)) | set(cog.communes)
    redrawn = {row.code for row in known.drawn}
    stored = {(one.code_2024, one.code_2015) for one in known.former_links} | _known_pairs(known.links)
    fresh = [one for one in known.links if (one.code_2024, one.code_2015) not in stored]
    corrected = [one for one in known.links if (one.code_2024, one.code_2015) in stored]
    return Brought(
        new=[
            *(f"{row.code} : {row.name}" for row in read.rows if row.code not in known.places),
            *(_link_words(one) for one in fresh),
        ],
        changed=[
            *(
                f"{row.code} : {place.name}, {_what_changed(row.code, redrawn, known)}"
                for row in read.rows
                if (place := known.places.get(row.code)) and row.code in redrawn | set(known.moved)
            ),
            *(_link_words(one) for one in corrected),
            *(f"{one} : n'est plus dans la table officielle" for one in known.former_links),
        ],
        renamed=[
            f"{row.code} : « {known.places[row.code].name} » devient « {row.name} »" for row in known.renamed
        ],
        repaired=[f"{row.code} : {row.repaired}" for row in read.rows if row.repaired],
        refused=[
            *read.problems,
            *(
                f"{row.where}, {row.code} : la commune {one} n'est pas dans le code officiel {cog.year}."
                for row in read.rows
                for one in known.communes[row.code]
                if one not in communes
            ),
        ],
        notes=list(read.notes),
    )


def _links(read: ReadFile) -> tuple[list[Link], list[Correspondence]]:
    """The official table is whole for each neighbourhood it names: what it says replaces what was known."""
    wanted = {(one.code_2024, one.code_2015): one for one in read.links}
    codes = {one.code_2024 for one in read.links}
    stored = {
        (one.code_2024, one.code_2015): one for one in Correspondence.objects.filter(code_2024__in=codes)
    }
    fresh = [
        link
        for pair, link in wanted.items()
        if pair not in stored
        or (stored[pair].name_2015, stored[pair].status) != (link.name_2015, link.status)
    ]
    return fresh, [one for pair, one in stored.items() if pair not in wanted]


def _known_pairs(links: list[Link]) -> set[tuple[str, str]]:
    codes = {one.code_2024 for one in links}
    return set(Correspondence.objects.filter(code_2024__in=codes).values_list("code_2024", "code_2015"))


def _link_words(link: Link) -> str:
    words = f"{link.code_2024} ↔ {link.code_2015 or 'aucun'}"
    return f"{words} : {link.status}" if link.status else words


def _what_changed(code: str, redrawn: set[str], known: Known) -> str:
    outline = "nouveau contour" if code in known.outlines else "premier contour"
    parts = [outline] if code in redrawn else []
    parts += ["autres communes"] if code in known.moved else []
    return " et ".join(parts)


def _is_renamed(row: Row, place: Neighbourhood) -> bool:
    """Official files do not agree on capitals and accents: that alone is no renaming."""
    return row.name != row.code and plain(row.name) != plain(place.name)


def _is_drawn(row: Row, outline: Outline | None) -> bool:
    return outline is not None and bool(
        shapely.equals_exact(shapely.from_wkb(bytes(outline.geometry)), row.geometry, SAME)
    )
