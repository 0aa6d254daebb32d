"""The format `faubourg-contrat/1`, written by hand (docs/contract-format.md): French keys, English values."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Annotated, Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from faubourg.consultation.models import (
    CitizenCouncil,
    Consultation,
    ConsultationFigure,
    Gathering,
    GatheringQuestion,
    GatheringTable,
    Topic,
)
from faubourg.consultation.states import WITHOUT_GATHERING, CouncilStatus, Modality
from faubourg.contracts.models import (
    Annex,
    Clarification,
    Contract,
    Objective,
    Orientation,
    Parameter,
    Representative,
    Resolution,
    Visa,
)
from faubourg.contracts.states import Effect, ProofLevel, SignatureStatus, Theme
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.governance.models import Body, BodyMember
from faubourg.governance.states import BodyKind
from faubourg.territories.models import Commune, Department, Epci, Neighbourhood, Region
from faubourg.territories.states import NeighbourhoodKind
from faubourg.toolkit.fields import clean_rna, clean_siret

FORMAT = "faubourg-contrat/1"


# How a value is read -----------------------------------------------------------------------------


def close_to(word: str, known: Mapping[str, Any] | list[str]) -> str:
    """ "; vouliez-vous dire « x » ?", or nothing."""
    return "".join(f" ; vouliez-vous dire « {near} » ?" for near in nearest(word, known))


def nearest(word: str, known: Mapping[str, Any] | list[str]) -> list[str]:
    """The one known word this one looks like, if any."""
    return get_close_matches(word, list(known), n=1, cutoff=0.6)


def plain_word(text: str) -> str:
    """À confirmer -> a-confirmer."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return re.sub(r"[\s_'’-]+", "-", bare.strip().lower())


def _word(known: Mapping[str, str]) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        word = plain_word(value)
        if word not in known:
            hint = close_to(word, known)
            choices = ", ".join(known)
            raise ValueError(f"« {value} » n'est pas reconnu{hint or '.'} Au choix : {choices}.")
        return known[word]

    return BeforeValidator(read)


def read_day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(value.strip(), form).date()  # noqa: DTZ007  (a day has no hour)
        except ValueError:
            continue
    raise ValueError(f"« {value} » n'est pas une date : écrivez 2024-03-22 ou 22/03/2024.")


def _read_number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        number = Decimal(re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"« {value} » n'est pas un nombre : écrivez 23000 ou 2,5, l'unité à part.")
    return number


def _read_yes(value: Any) -> Any:
    answers = {"oui": True, "non": False, "true": True, "false": False}
    if isinstance(value, str) and plain_word(value) in answers:
        return answers[plain_word(value)]
    raise ValueError(f"« {value} » : répondez par oui ou non.")


def _read_lines(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d+(-\d+)?(, ?\d+(-\d+)?)*", value.strip()):
        raise ValueError(f"« {value} » : écrivez les lignes du contrat ainsi : 391-428, 512.")
    return value


def _check(clean: Any) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return clean(value)
        except DjangoValidationError as problem:
            raise ValueError(" ".join(problem.messages)) from None

    return BeforeValidator(read)


def _of(model: type[Model], name: str, alias: str, default: Any = ...) -> Any:
    """A text no longer than the column that keeps it; required unless a default is given."""
    longest = getattr(model._meta.get_field(name), "max_length", None)
    return Field(default, alias=alias, max_length=longest, min_length=1 if default is ... else 0)


def _upto(model: type[Model], name: str) -> Any:
    """Each text of a list, no longer than the column that keeps it."""
    return Field(max_length=getattr(model._meta.get_field(name), "max_length", None), min_length=1)


Day = Annotated[date, BeforeValidator(read_day)]
Number = Annotated[Decimal, BeforeValidator(_read_number), Field(max_digits=14, decimal_places=4)]
Yes = Annotated[bool, BeforeValidator(_read_yes)]
Lines = Annotated[str, BeforeValidator(_read_lines)]
Rank = Annotated[int, Field(ge=0, le=32767)]

ORGANISATION_KINDS = {
    "association": OrganisationKind.ASSOCIATION,
    "etat": OrganisationKind.STATE,
    "region": OrganisationKind.REGION,
    "departement": OrganisationKind.DEPARTMENT,
    "intercommunalite": OrganisationKind.EPCI,
    "commune": OrganisationKind.COMMUNE,
    "gip": OrganisationKind.GIP,
    "organisme-social": OrganisationKind.SOCIAL_BODY,
    "bailleur": OrganisationKind.LANDLORD,
    "organisme-public": OrganisationKind.PUBLIC_BODY,
    "chambre": OrganisationKind.CHAMBER,
    "entreprise": OrganisationKind.COMPANY,
}
THEMES = {
    "plein-emploi": Theme.EMPLOYMENT,
    "transitions": Theme.TRANSITIONS,
    "emancipation": Theme.EMANCIPATION,
    "tranquillite": Theme.SAFETY,
}
PROOFS = {
    "contrat": ProofLevel.CONTRACT,
    "v": ProofLevel.VERIFIED,
    "v-anc.": ProofLevel.OLD_VERSION,
    "g": ProofLevel.GENERAL,
}
EFFECTS = {
    "bloque": Effect.BLOCKS,
    "alerte": Effect.WARNS,
    "calcule": Effect.COMPUTES,
    "rappelle": Effect.REMINDS,
    "informe": Effect.INFORMS,
}
SIGNATURES = {
    "designe": SignatureStatus.NAMED,
    "signe": SignatureStatus.SIGNED,
    "a-confirmer": SignatureStatus.TO_CONFIRM,
}
COUNCIL_STATUSES = {
    "actif": CouncilStatus.ACTIVE,
    "en-sommeil": CouncilStatus.DORMANT,
    "arrete": CouncilStatus.STOPPED,
    "a-confirmer": CouncilStatus.TO_CONFIRM,
}
BODY_KINDS = {
    "copil": BodyKind.STEERING,
    "cotech": BodyKind.TECHNICAL,
    "ctp": BodyKind.PROGRAMMING,
    "groupe-de-travail": BodyKind.WORKING_GROUP,
    "equipe-projet": BodyKind.PROJECT_TEAM,
    "conseil-d-administration": BodyKind.BOARD,
    "assemblee-generale": BodyKind.ASSEMBLY,
    "cafe-qpv": BodyKind.COFFEE,
    "autre": BodyKind.OTHER,
}
MODALITIES = {
    "reunion-publique": Modality.PUBLIC_MEETING,
    "world-cafe": Modality.WORLD_CAFE,
    "atelier": Modality.WORKSHOP,
    "table-de-quartier": Modality.NEIGHBOURHOOD_TABLE,
    "diagnostic-en-marchant": Modality.WALKING_SURVEY,
    "reunion-en-ligne": Modality.ONLINE_MEETING,
    "papier": Modality.PAPER,
    "en-ligne": Modality.ONLINE,
}
MEETINGS = {word: one for word, one in MODALITIES.items() if one not in WITHOUT_GATHERING}
PLACE_KINDS = {
    "qpv": NeighbourhoodKind.QPV,
    "vulnerable": NeighbourhoodKind.POCKET,
    "veille-active": NeighbourhoodKind.WATCH,
}


# The parts of the file ---------------------------------------------------------------------------


class Part(BaseModel):
    """A part of the file: unknown keys are refused, an empty value is no value."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _an_empty_value_says_nothing(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = {item.alias for item in cls.model_fields.values()}
        return {key: value for key, value in data.items() if value is not None or key not in known}


class ContractPart(Part):
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = _of(Contract, "slug", "identifiant")
    name: str = _of(Contract, "name", "nom")
    period: str = _of(Contract, "period", "periode")
    epci: str = Field(alias="intercommunalite")
    gip: str = Field("", alias="animateur")
    starts_on: Day = Field(alias="debut")
    ends_on: Day | None = Field(None, alias="fin")
    mid_term_year: Annotated[int, Field(ge=2000, le=2100)] | None = Field(None, alias="point_etape")
    summary: str = _of(Contract, "summary", "resume", "")
    source_lines: Lines = _of(Contract, "source_lines", "lignes", "")


class RegionPart(Part):
    code: Annotated[str, Field(pattern=r"^\d\d$")] = Field(alias="code")
    name: str = _of(Region, "name", "nom")


class DepartmentPart(Part):
    code: Annotated[str, Field(pattern=r"^(\d\d|2[AB]|97\d)$")] = Field(alias="code")
    name: str = _of(Department, "name", "nom")
    region: str = Field(alias="region")


class CommunePart(Part):
    insee_code: Annotated[str, Field(pattern=r"^\d[\dAB]\d{3}$")] = Field(alias="insee")
    name: str = _of(Commune, "name", "nom")

    @property
    def department(self) -> str:
        return department_of(self.insee_code)


def department_of(insee_code: str) -> str:
    """The department a commune code begins with: two characters, three overseas."""
    return insee_code[:3] if insee_code.startswith("97") else insee_code[:2]


class EpciPart(Part):
    siren: Annotated[str, Field(pattern=r"^\d{9}$")] = Field(alias="siren")
    name: str = _of(Epci, "name", "nom")
    department: str = Field(alias="departement")
    communes: list[CommunePart] = Field(alias="communes", min_length=1)


class NeighbourhoodPart(Part):
    kind: Annotated[str, _word(PLACE_KINDS)] = Field(alias="nature")
    code: str = _of(Neighbourhood, "code", "code")
    name: str = _of(Neighbourhood, "name", "nom")
    vintage: Annotated[int, Field(ge=2000, le=2100)] = Field(2024, alias="generation")
    communes: list[str] = Field(alias="communes", min_length=1)
    decree: str = _of(Neighbourhood, "decree", "texte", "")
    from_on: Day | None = Field(None, alias="depuis")
    to_on: Day | None = Field(None, alias="jusqu_au")


class Geography(Part):
    regions: list[RegionPart] = Field(alias="regions", min_length=1)
    departments: list[DepartmentPart] = Field(alias="departements", min_length=1)
    epcis: list[EpciPart] = Field(alias="intercommunalites", min_length=1)
    neighbourhoods: list[NeighbourhoodPart] = Field(alias="quartiers", min_length=1)


class OrganisationPart(Part):
    key: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] = Field(alias="cle")
    name: str = _of(Organisation, "name", "nom")
    other_names: list[str] = Field([], alias="autres_noms")
    short_name: str = _of(Organisation, "short_name", "nom_court", "")
    kind: Annotated[str, _word(ORGANISATION_KINDS)] = Field(alias="nature")
    siret: Annotated[str, _check(clean_siret)] = Field("", alias="siret")
    rna: Annotated[str, _check(clean_rna)] = Field("", alias="rna")
    website: Annotated[str, Field(pattern=r"^https?://\S+$")] = _of(Organisation, "website", "site", "")


class RepresentativePart(Part):
    full_name: str = _of(Representative, "full_name", "nom")
    title: str = _of(Representative, "title", "qualite")
    from_on: Day | None = Field(None, alias="depuis")
    to_on: Day | None = Field(None, alias="jusqu_au")
    observed_on: Day | None = Field(None, alias="constate_au")
    source_lines: Lines = _of(Representative, "source_lines", "lignes", "")


class SignatoryPart(Part):
    organisation: str = Field(alias="organisation")
    status: Annotated[str, _word(SIGNATURES)] = Field(SignatureStatus.TO_CONFIRM, alias="signature")
    signed_on: Day | None = Field(None, alias="signe_le")
    representatives: list[RepresentativePart] = Field([], alias="representants")
    source_lines: Lines = _of(Representative, "source_lines", "lignes", "")


class VisaPart(Part):
    text: str = _of(Visa, "text", "texte")
    dated_on: Day | None = Field(None, alias="date")
    source_lines: Lines = _of(Visa, "source_lines", "lignes", "")


class ResolutionPart(Part):
    organisation: str = Field(alias="organisation")
    subject: str = _of(Resolution, "subject", "objet")
    adopted_on: Day | None = Field(None, alias="date")
    is_attached: Yes = Field(False, alias="piece_jointe")
    source_lines: Lines = _of(Resolution, "source_lines", "lignes", "")


class AnnexPart(Part):
    number: Rank = Field(alias="numero")
    title: str = _of(Annex, "title", "titre")
    is_present: Yes = Field(False, alias="presente")
    source_lines: Lines = _of(Annex, "source_lines", "lignes", "")


class ObjectivePart(Part):
    code: str = _of(Objective, "code", "code")
    label: str = _of(Objective, "label", "libelle")
    themes: list[Annotated[str, _word(THEMES)]] | None = Field(None, alias="themes")
    source_lines: Lines = _of(Objective, "source_lines", "lignes", "")
    children: "list[ObjectivePart]" = Field([], alias="operationnels")


class PriorityPart(Part):
    code: str = _of(Objective, "code", "code")
    label: str = _of(Objective, "label", "libelle")
    themes: list[Annotated[str, _word(THEMES)]] = Field([], alias="themes")
    themes_are_proposed: Yes = Field(False, alias="themes_proposes")
    source_lines: Lines = _of(Objective, "source_lines", "lignes", "")
    children: list[ObjectivePart] = Field(alias="objectifs", min_length=1)


class OrientationPart(Part):
    code: str = _of(Orientation, "code", "code")
    label: str = _of(Orientation, "label", "libelle")
    objectives: list[str] = Field([], alias="objectifs")
    source_lines: Lines = _of(Orientation, "source_lines", "lignes", "")


class AxisPart(Part):
    title: str = _of(Orientation, "axis", "titre")
    orientations: list[OrientationPart] = Field(alias="orientations", min_length=1)


class PartnerPart(Part):
    partner: str = Field(alias="partenaire")
    are_proposed: Yes = Field(False, alias="correspondances_proposees")
    axes: list[AxisPart] = Field(alias="axes", min_length=1)


class CouncilPart(Part):
    name: str = _of(Organisation, "name", "nom")
    place: str = _of(CitizenCouncil, "place", "lieu")
    neighbourhood: str = Field("", alias="quartier")
    created_year: Annotated[int, Field(ge=2000, le=2100)] | None = Field(None, alias="cree_en")
    recognised_on: Day | None = Field(None, alias="reconnu_le")
    status: Annotated[str, _word(COUNCIL_STATUSES)] = Field(CouncilStatus.TO_CONFIRM, alias="statut")
    source_lines: Lines = _of(CitizenCouncil, "source_lines", "lignes", "")


class TopicPart(Part):
    label: str = _of(Topic, "label", "theme")
    definition: str = Field("", alias="definition")
    source_lines: Lines = _of(Topic, "source_lines", "lignes", "")


class FigurePart(Part):
    label: str = _of(ConsultationFigure, "label", "compte")
    value: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(None, alias="nombre")
    perimeter: str = _of(ConsultationFigure, "perimeter", "perimetre", "")
    source_lines: Lines = _of(ConsultationFigure, "source_lines", "lignes", "")


class GatheringPart(Part):
    kind: Annotated[str, _word(MEETINGS)] = Field(alias="forme")
    title: str = _of(Gathering, "title", "titre")
    held_on: Day = Field(alias="jour")
    hour: str = _of(Gathering, "hour", "heure", "")
    place: str = _of(Gathering, "place", "lieu", "")
    neighbourhood: str = Field("", alias="quartier")
    facilitators: str = _of(Gathering, "facilitators", "animateurs", "")
    attendees: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(None, alias="participants")
    questions: list[Annotated[str, _upto(GatheringQuestion, "text")]] = Field([], alias="questions")
    tables: list[Annotated[str, _upto(GatheringTable, "name")]] = Field([], alias="tables")
    source_lines: Lines = _of(Gathering, "source_lines", "lignes", "")


class ConsultationPart(Part):
    title: str = _of(Consultation, "title", "titre")
    aim: str = Field("", alias="but")
    modalities: list[Annotated[str, _word(MODALITIES)]] = Field(alias="moyens", min_length=1)
    starts_on: Day | None = Field(None, alias="debut")
    ends_on: Day | None = Field(None, alias="fin")
    neighbourhoods: list[str] = Field(alias="quartiers", min_length=1)
    topics: list[str] = Field([], alias="themes")
    organisers: list[str] = Field([], alias="organisateurs")
    perimeter: str = _of(Consultation, "perimeter", "perimetre", "")
    figures: list[FigurePart] = Field([], alias="chiffres")
    gatherings: list[GatheringPart] = Field([], alias="rencontres")
    source_lines: Lines = _of(Consultation, "source_lines", "lignes", "")


class BodyMemberPart(Part):
    label: str = _of(BodyMember, "label", "titre")
    organisation: str = Field("", alias="organisation")


class BodyPart(Part):
    code: str = _of(Body, "code", "code")
    kind: Annotated[str, _word(BODY_KINDS)] = Field(alias="type")
    name: str = _of(Body, "name", "nom")
    is_shared: Yes = Field(False, alias="partagee")
    chairs: str = _of(Body, "chairs", "presidence", "")
    minimum_per_year: Rank | None = Field(None, alias="minimum_par_an")
    is_optional: Yes = Field(False, alias="facultative")
    missions: list[str] = Field([], alias="missions")
    members: list[BodyMemberPart] = Field([], alias="membres")
    source_lines: Lines = _of(Body, "source_lines", "lignes", "")


class ParameterPart(Part):
    code: str = _of(Parameter, "code", "code")
    label: str = _of(Parameter, "label", "libelle")
    value: Number | None = Field(None, alias="valeur")
    text_value: str = _of(Parameter, "text_value", "texte", "")
    unit: str = _of(Parameter, "unit", "unite", "")
    effect: Annotated[str, _word(EFFECTS)] = Field(alias="effet")
    proof_level: Annotated[str, _word(PROOFS)] = Field(alias="preuve")
    source: str = _of(Parameter, "source", "source")
    from_on: Day = Field(alias="depuis")
    to_on: Day | None = Field(None, alias="jusqu_au")


class ClarificationPart(Part):
    number: Rank = Field(alias="numero")
    finding: str = _of(Clarification, "finding", "constat")
    excerpt: str = _of(Clarification, "excerpt", "extrait", "")
    treatment: str = _of(Clarification, "treatment", "conduite")
    settled_by_role: str = _of(Clarification, "settled_by_role", "tranche_par")
    source_lines: Lines = _of(Clarification, "source_lines", "lignes", "")


class ContractFile(Part):
    """A whole contract, valid and coherent."""

    format: str = Field(alias="format")
    contract: ContractPart = Field(alias="contrat")
    geography: Geography = Field(alias="geographie")
    organisations: list[OrganisationPart] = Field(alias="organisations", min_length=1)
    signatories: list[SignatoryPart] = Field([], alias="signataires")
    visas: list[VisaPart] = Field([], alias="visas")
    resolutions: list[ResolutionPart] = Field([], alias="deliberations")
    annexes: list[AnnexPart] = Field([], alias="annexes")
    priorities: list[PriorityPart] = Field(alias="priorites", min_length=1)
    partners: list[PartnerPart] = Field([], alias="orientations")
    councils: list[CouncilPart] = Field([], alias="conseils_citoyens")
    topics: list[TopicPart] = Field([], alias="themes_de_concertation")
    consultations: list[ConsultationPart] = Field([], alias="concertations")
    bodies: list[BodyPart] = Field([], alias="instances")
    parameters: list[ParameterPart] = Field([], alias="parametres")
    clarifications: list[ClarificationPart] = Field([], alias="a_clarifier")
