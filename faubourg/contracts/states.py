"""Who one may be on a contract, and how far each of its parts stands."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class Role(TextChoices):
    """Rôle d'une personne sur un contrat (domaine A0.3)."""

    GIP_DIRECTOR = "gip_director", "Direction du GIP"
    GIP_OFFICER = "gip_officer", "Chargé de mission du GIP"
    GIP_FINANCE = "gip_finance", "Gestion financière du GIP"
    PREFECT_DELEGATE = "prefect_delegate", "Délégué du préfet"
    FUNDER_OFFICER = "funder_officer", "Référent d'un financeur"
    FUNDER_DECIDER = "funder_decider", "Décideur d'un financeur"
    EXPERT = "expert", "Expert de comité technique"
    COUNCILLOR = "councillor", "Conseiller citoyen"
    READER = "reader", "Lecteur"


GIP_ROLES = (Role.GIP_DIRECTOR, Role.GIP_OFFICER, Role.GIP_FINANCE)
FUNDER_ROLES = (Role.FUNDER_OFFICER, Role.FUNDER_DECIDER)
ROLES_FOR_AN_ORGANISATION = (*FUNDER_ROLES, Role.COUNCILLOR)
SECOND_FACTOR_ROLES = (*GIP_ROLES, *FUNDER_ROLES)


class ObjectiveLevel(TextChoices):
    PRIORITY = "priority", "Priorité"
    STRATEGIC = "strategic", "Objectif stratégique"
    OPERATIONAL = "operational", "Objectif opérationnel"


class Theme(TextChoices):
    """Les quatre thématiques « Quartiers 2030 » (contrat, l. 156-170)."""

    EMPLOYMENT = "employment", "Plein emploi"
    TRANSITIONS = "transitions", "Transitions"
    EMANCIPATION = "emancipation", "Émancipation"
    SAFETY = "safety", "Tranquillité et sécurité publique"


class ProofLevel(TextChoices):
    CONTRACT = "contract", "Lu dans le contrat"
    VERIFIED = "verified", "Lu dans une source publique"
    OLD_VERSION = "old_version", "Lu dans une version ancienne du texte"
    GENERAL = "general", "Connaissance générale, à faire valider"


class Effect(TextChoices):
    """Ce que fait le logiciel d'un paramètre (domaine, convention d'action)."""

    BLOCKS = "blocks", "Bloque"
    WARNS = "warns", "Alerte"
    COMPUTES = "computes", "Calcule"
    REMINDS = "reminds", "Rappelle"
    INFORMS = "informs", "Informe"


class SignatureStatus(TextChoices):
    NAMED = "named", "Désigné signataire"
    SIGNED = "signed", "Signé"
    TO_CONFIRM = "to_confirm", "À confirmer"


class ClarificationState(TextChoices):
    OPEN = "open", "À clarifier"
    SETTLED = "settled", "Réglé"


class ChangeKind(TextChoices):
    """Ce qu'un ajustement fait d'un objectif (PRJ-3)."""

    REWORD = "reword", "Changer le libellé"
    ADD = "add", "Ajouter un objectif"
    ARCHIVE = "archive", "Archiver un objectif"


class VersionState(TextChoices):
    PROPOSED = "proposed", "Proposée"
    IN_FORCE = "in_force", "Validée en comité de pilotage"


VERSION_FLOW = Flow(
    VersionState.PROPOSED,
    Step("adopt_version", (VersionState.PROPOSED,), VersionState.IN_FORCE, "Noter la validation du COPIL"),
)
