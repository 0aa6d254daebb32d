"""How councils, consultations, minutes and what people said stand."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class CouncilStatus(TextChoices):
    ACTIVE = "active", "Actif"
    DORMANT = "dormant", "En sommeil"
    STOPPED = "stopped", "Arrêté"
    TO_CONFIRM = "to_confirm", "À confirmer"


class CouncilCollege(TextChoices):
    """The two colleges of a citizen council (loi 2014-173, art. 7)."""

    RESIDENTS = "residents", "Habitants"
    ACTORS = "actors", "Associations et acteurs locaux"


class Gender(TextChoices):
    """As the person says it; never guessed from a name."""

    WOMAN = "woman", "Femme"
    MAN = "man", "Homme"
    UNSAID = "unsaid", "Non dit"


class Modality(TextChoices):
    """A way for residents to take part (CON-1)."""

    PUBLIC_MEETING = "public_meeting", "Réunion publique"
    WORLD_CAFE = "world_cafe", "World Café"
    WORKSHOP = "workshop", "Atelier"
    NEIGHBOURHOOD_TABLE = "neighbourhood_table", "Table de quartier"
    WALKING_SURVEY = "walking_survey", "Diagnostic en marchant"
    PAPER = "paper", "Questionnaire papier"
    ONLINE = "online", "Questionnaire ou contribution en ligne"
    ONLINE_MEETING = "online_meeting", "Réunion en ligne"


DIGITAL = (Modality.ONLINE, Modality.ONLINE_MEETING)
"""What somebody without a screen cannot join."""
WITHOUT_GATHERING = (Modality.PAPER, Modality.ONLINE)
"""People answer these alone: no place, no day."""


class ConsultationState(TextChoices):
    DRAFT = "draft", "En préparation"
    PUBLISHED = "published", "Publiée"
    CLOSED = "closed", "Terminée"


CONSULTATION_FLOW = Flow(
    ConsultationState.DRAFT,
    Step("publish", (ConsultationState.DRAFT,), ConsultationState.PUBLISHED, "Publier"),
    Step("close", (ConsultationState.PUBLISHED,), ConsultationState.CLOSED, "Terminer"),
)


class AttendeeCategory(TextChoices):
    """Who came, by category and never by name (CON-4)."""

    RESIDENTS = "residents", "Habitants"
    ELECTED = "elected", "Élus"
    INSTITUTIONS = "institutions", "Institutions"
    LANDLORDS = "landlords", "Bailleurs"
    ASSOCIATIONS = "associations", "Associations"


class MinutesState(TextChoices):
    WRITTEN = "written", "Rédigé"
    VALIDATED = "validated", "Validé"
    PUBLISHED = "published", "Diffusé"


MINUTES_FLOW = Flow(
    MinutesState.WRITTEN,
    Step("validate_minutes", (MinutesState.WRITTEN,), MinutesState.VALIDATED, "Valider"),
    Step("publish_minutes", (MinutesState.VALIDATED,), MinutesState.PUBLISHED, "Diffuser"),
)


class Origin(TextChoices):
    """Where residents said it."""

    GATHERING = "gathering", "Rencontre"
    QUESTIONNAIRE = "questionnaire", "Questionnaire"
    COUNCIL = "council", "Conseil citoyen"
    FPH = "fph", "Fonds de participation des habitants"
    LETTER = "letter", "Lettre ou parole recueillie"


class ContributionState(TextChoices):
    TO_READ = "to_read", "À lire"
    KEPT = "kept", "Retenue"
    SET_ASIDE = "set_aside", "Non retenue"


CONTRIBUTION_FLOW = Flow(
    ContributionState.TO_READ,
    Step(
        "keep_contribution",
        (ContributionState.TO_READ, ContributionState.SET_ASIDE),
        ContributionState.KEPT,
        "Retenir",
    ),
    Step(
        "set_aside_contribution",
        (ContributionState.TO_READ, ContributionState.KEPT),
        ContributionState.SET_ASIDE,
        "Ne pas retenir",
    ),
)


class PointState(TextChoices):
    NOTED = "noted", "À traiter"
    RESOLVED = "resolved", "Réglé"
    DROPPED = "dropped", "Abandonné"


POINT_FLOW = Flow(
    PointState.NOTED,
    Step("resolve_point", (PointState.NOTED,), PointState.RESOLVED, "Régler"),
    Step("drop_point", (PointState.NOTED,), PointState.DROPPED, "Abandonner"),
    Step("reopen_point", (PointState.RESOLVED, PointState.DROPPED), PointState.NOTED, "Rouvrir"),
)


class LetterKind(TextChoices):
    """What a council writes (CIT-3)."""

    OPINION = "opinion", "Avis"
    QUESTION = "question", "Question"
    REFERRAL = "referral", "Saisine du préfet"


class LetterState(TextChoices):
    RECEIVED = "received", "Réponse attendue"
    ANSWERED = "answered", "Répondu"
    CLOSED = "closed", "Close"


LETTER_FLOW = Flow(
    LetterState.RECEIVED,
    Step("answer_letter", (LetterState.RECEIVED,), LetterState.ANSWERED, "Répondre"),
    Step("close_referral", (LetterState.ANSWERED,), LetterState.CLOSED, "Clore la saisine"),
)


class FollowUpKind(TextChoices):
    """What a referral leads to (law of 27 January 2017, B4.3)."""

    AGENDA = "agenda", "Ordre du jour du comité de pilotage"
    MEASURE = "measure", "Diagnostic ou action"
    REVISION = "revision", "Révision du contrat"
    DEBATE = "debate", "Débat au conseil municipal ou communautaire"


class ExpensePurpose(TextChoices):
    """What the allowance of a council pays for (l. 904)."""

    COMMUNICATION = "communication", "Communication"
    SUPPLIES = "supplies", "Fournitures"
    OTHER = "other", "Autre charge courante"


class TrainingAudience(TextChoices):
    """For whom a training session is (l. 924)."""

    RESIDENTS = "residents", "Habitants"
    ELECTED = "elected", "Élus"
    PROFESSIONALS = "professionals", "Professionnels"


class PlanTheme(TextChoices):
    """What the plan for taking part must think over, as the contract lists it (CIT-5, l. 941-950)."""

    NEW_PLACES = "new_places", "Intégration des nouveaux quartiers"
    COUNCILS = "councils", "Fonctionnement des conseils citoyens"
    FUND = "fund", "Cadre du fonds de participation des habitants"
    BODIES = "bodies", "Participation aux instances du contrat"
    NEW_WAYS = "new_ways", "Nouvelles modalités de participation"
    EVALUATION = "evaluation", "Outils d'évaluation de la participation"


class PlanState(TextChoices):
    PLANNED = "planned", "Prévue"
    UNDER_WAY = "under_way", "En cours"
    DONE = "done", "Faite"
    DROPPED = "dropped", "Abandonnée"
