"""What people type about meetings."""

from datetime import date
from typing import Any

from django import forms

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract, Objective, TeamMember
from faubourg.directory.models import Organisation
from faubourg.documents.queries import upload_help
from faubourg.governance.models import Body, Meeting, Task
from faubourg.governance.queries import organisations_to_charge, seats_of
from faubourg.governance.queries.councils import CouncilAtMeeting
from faubourg.governance.rules import Votes
from faubourg.governance.states import Manner, TaskState
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import ChosenField, LongTextField, in_our_times


class MeetingForm(forms.Form):
    title = forms.CharField(label="Intitulé", max_length=150, help_text="Par exemple « CTP Santé ».")
    starts_at = forms.DateTimeField(
        label="Date et heure",
        widget=forms.DateTimeInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        help_text="Heure de Paris.",
        validators=[in_our_times],
    )
    place = forms.CharField(label="Lieu", max_length=150, required=False)

    @classmethod
    def about(cls, meeting: Meeting, data: Any = None) -> "MeetingForm":
        initial = {"title": meeting.title, "starts_at": meeting.starts_at, "place": meeting.place}
        return cls(data, initial=initial)


class ItemForm(forms.Form):
    title = forms.CharField(label="Autre point (sans dossier)", max_length=250)
    minutes = forms.IntegerField(label="Durée (min)", min_value=1, max_value=480, initial=8)


class MinutesForm(forms.Form):
    minutes = forms.IntegerField(label="Durée (min)", min_value=1, max_value=480)


class GuestForm(forms.Form):
    full_name = forms.CharField(label="Autre personne présente", max_length=150)
    on_behalf_of = forms.CharField(label="Au titre de", max_length=150, required=False)


class AttendanceForm(forms.Form):
    present = forms.TypedMultipleChoiceField(
        label="Présents", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, seats: list[TeamMember], present: list[int]) -> None:
        super().__init__(data, initial={"present": present})
        field = self.fields["present"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101
        field.choices = [(seat.user_id, _at_the_table(seat)) for seat in seats]


class ScopeForm(forms.Form):
    objectives = ChosenField(
        label="Objectifs", queryset=Objective.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Leurs dossiers seront cochés d'avance à l'ordre du jour ; un objectif vaut pour ses "
        "sous-objectifs.",
    )  # fmt: skip
    neighbourhoods = ChosenField(
        label="Territoires", queryset=Neighbourhood.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, body: Body) -> None:
        now = {"objectives": body.objectives.all(), "neighbourhoods": body.neighbourhoods.all()}
        super().__init__(data, initial={name: [one.pk for one in chosen] for name, chosen in now.items()})
        contracts = body.contracts.all()
        objectives, places = self.fields["objectives"], self.fields["neighbourhoods"]
        assert isinstance(objectives, ChosenField) and isinstance(places, ChosenField)  # noqa: S101, PT018
        objectives.queryset = Objective.objects.filter(contract__in=contracts, archived_on__isnull=True)
        here = contracts.values("neighbourhoods")
        places.queryset = Neighbourhood.objects.filter(pk__in=here).order_by("name")


class QuorumForm(forms.Form):
    funders = forms.IntegerField(
        label="Financeurs présents au moins", min_value=0, max_value=99, required=False,
        help_text="Laissez vide ce que le texte ne dit pas : les pages diront « à confirmer ».",
    )  # fmt: skip
    councils = forms.IntegerField(
        label="Conseils citoyens présents au moins", min_value=0, max_value=99, required=False
    )
    counts_mandates = forms.BooleanField(
        label="Une personne représentée par un mandat compte", required=False
    )
    from_on = forms.DateField(
        label="À partir du", input_formats=["%Y-%m-%d", "%d/%m/%Y"], help_text="Par exemple 01/01/2027."
    )
    source = forms.CharField(
        label="Texte qui le fixe", max_length=250, help_text="Par exemple « règlement intérieur du COPIL »."
    )


class TemplateForm(forms.Form):
    template = forms.FileField(label="Votre modèle Word", help_text="Un document .docx.")


class ChargeForm(forms.Form):
    """Who is in charge of what was decided, and until when."""

    in_charge = forms.ModelChoiceField(
        label="Personne qui s'en charge", queryset=User.objects.none(), required=False,
        empty_label="Personne en particulier",
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label="Organisme qui s'en charge", queryset=Organisation.objects.none(), required=False,
        empty_label="Aucun en particulier",
    )  # fmt: skip
    due_on = forms.DateField(
        label="Échéance", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=[in_our_times],
        help_text="Par exemple 30/06/2027.",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, meeting: Meeting, today: date, task: Task | None = None) -> None:
        initial = {"in_charge": task.in_charge_id, "organisation": task.organisation_id} if task else {}
        super().__init__(data, initial=initial | ({"due_on": task.due_on} if task else {}))
        seats = seats_of(meeting, today)
        people, organisations = self.fields["in_charge"], self.fields["organisation"]
        assert isinstance(people, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(organisations, forms.ModelChoiceField)  # noqa: S101
        people.queryset = User.objects.filter(pk__in=[seat.user_id for seat in seats]).order_by("full_name")
        known = organisations_to_charge(meeting, seats)
        organisations.queryset = Organisation.objects.filter(pk__in=[one.pk for one in known])


class DecisionForm(ChargeForm):
    contract = forms.ModelChoiceField(
        label="Contrat", queryset=Contract.objects.none(), empty_label="Choisissez", required=False
    )
    text = LongTextField(label="Décision", widget=forms.Textarea(attrs={"rows": 3}))
    manner = forms.ChoiceField(
        label="Comment", choices=[("", "Non précisé"), *Manner.choices], required=False
    )
    in_favour = forms.IntegerField(label="Voix pour", min_value=0, max_value=999, required=False)
    against = forms.IntegerField(label="Voix contre", min_value=0, max_value=999, required=False)
    abstentions = forms.IntegerField(label="Abstentions", min_value=0, max_value=999, required=False)
    field_order = ("contract", "text")

    def __init__(self, data: Any = None, *, meeting: Meeting, today: date) -> None:
        super().__init__(data, meeting=meeting, today=today)
        field = self.fields["contract"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = meeting.body.contracts.all()
        only = list(field.queryset[:2])
        self.initial["contract"] = only[0].pk if len(only) == 1 else None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        said = [data.pop(name, None) for name in ("manner", "in_favour", "against", "abstentions")]
        return data | {"votes": Votes(said[0] or "", *said[1:])}


class FollowUpForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    state = forms.ChoiceField(label="Où en est-on ?", choices=TaskState.choices, widget=forms.RadioSelect)
    evidence = LongTextField(
        label="Ce qui a été fait", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Pour dire « fait » : quelques mots, ou une pièce.",
    )  # fmt: skip
    reason = LongTextField(
        label="Pourquoi c'est abandonné", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    upload = forms.FileField(label="Pièce", required=False)

    @classmethod
    def about(cls, task: Task, *sent: Any) -> "FollowUpForm":
        names = ("version", "state", "evidence", "reason")
        data, files = sent or (None, None)
        form = cls(data, files, initial={name: getattr(task, name) for name in names})
        form.fields["upload"].help_text = upload_help()
        return form


def _at_the_table(seat: TeamMember) -> str:
    return f"{seat.user.full_name} · {seat.organisation or seat.get_role_display()}"


class CouncilInvitationForm(forms.Form):
    council = forms.TypedChoiceField(label="Conseil citoyen", coerce=int)
    sent_on = forms.DateField(
        label="Invité le", input_formats=["%Y-%m-%d", "%d/%m/%Y"], validators=[in_our_times]
    )
    means = forms.CharField(
        label="Par quel moyen", max_length=150, help_text="Par exemple : courriel au référent, lettre, appel."
    )
    proof = forms.FileField(
        label="Preuve",
        required=False,
        help_text="La lettre ou le courriel. Sans fichier, celui d'avant reste.",
    )
    papers_on = forms.DateField(
        label="Documents remis le", required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        validators=[in_our_times], help_text="En langage clair. Vide tant que rien n'est remis.",
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, councils: list[CouncilAtMeeting]) -> None:
        super().__init__(data, files)
        field = self.fields["council"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        field.choices = [("", "Choisissez"), *((one.organisation_id, one.name) for one in councils)]
