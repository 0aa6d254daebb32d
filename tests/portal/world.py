"""One contract with a dossier at every step: each address of the product has something to point at."""

from datetime import UTC, date, datetime, timedelta

from django.core.files.base import ContentFile

from faubourg.accounts.models import Invitation
from faubourg.accounts.queries import signed_email_change
from faubourg.accounts.rules import EmailChange
from faubourg.applications.models import ApplicationPaper, BudgetFile
from faubourg.appraisal.models import InformationRequest, Remark, StandAside, TabledApplication
from faubourg.awards.models import AwardNotice, FundingDecision, ProgrammeItem, ReducedPlan, Scenario
from faubourg.calls.models import CouncilConsultation
from faubourg.consultation.models import (
    CouncilExpense,
    CouncilLetter,
    CouncilRecognition,
    ObjectiveLink,
    PlanAction,
    SurveyPoint,
    TrainingSession,
)
from faubourg.contracts.models import Clarification, ObjectiveChange, TreeVersion
from faubourg.conversations.models import Post
from faubourg.directory.models import OrganisationPaper
from faubourg.documents.models import Document
from faubourg.fph.models import Proof
from faubourg.governance.models import (
    AgendaItem,
    Attendance,
    CouncilInvitation,
    Decision,
    MeetingRecord,
    Task,
)
from faubourg.governance.rules import SAMPLE
from faubourg.messaging.models import Message
from faubourg.questionnaires.models import Typing
from faubourg.territories.models import Source
from faubourg.thread.models import Feedback, Snapshot
from tests.factories import (
    BankDetailsFactory,
    BatchFactory,
    BodyFactory,
    CallFactory,
    CommitteeMemberFactory,
    CommitteeSessionFactory,
    ConsultationFactory,
    ContributionFactory,
    CouncilMemberFactory,
    EnvelopeFactory,
    ExaminedRequestFactory,
    FormFactory,
    FundFactory,
    GatheringFactory,
    InterestFactory,
    MeetingFactory,
    MembershipFactory,
    ObjectiveFactory,
    ParameterFactory,
    QuestionnaireFactory,
    RequestFactory,
    ResponseFactory,
    TeamMemberFactory,
    TopicFactory,
    UserFactory,
    complete_application,
)

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)


class World:
    """Everything an address may name, by the name of its argument."""

    def __init__(self, cast, today: date) -> None:
        self.cast = cast
        self.author = UserFactory(full_name="Auteur")
        cast.call.opens_on, cast.call.closes_on = today - timedelta(days=20), today + timedelta(days=20)
        cast.call.save()
        self.draft_call = CallFactory(
            contract=cast.contract,
            state="draft",
            objectives=[cast.objective],
            neighbourhoods=[cast.qpv],
            opens_on=today,
            closes_on=today + timedelta(days=30),
        )
        EnvelopeFactory(call=self.draft_call, funder=cast.state)
        self.consultation = CouncilConsultation.objects.create(
            call=self.draft_call,
            council=cast.council,
            consulted_on=today,
            means="Réunion",
            recorded_by=self.author,
        )
        self.ctp, self.copil = self._bodies()
        self.past_call = CallFactory(
            contract=cast.contract, opens_on=today - timedelta(days=60), closes_on=today - timedelta(days=1)
        )
        self.planned_steering = MeetingFactory(body=self.copil, starts_at=NOW + timedelta(days=40))
        self.steering_item = AgendaItem.objects.create(
            meeting=self.planned_steering, position=1, title="Point"
        )
        self.planned = MeetingFactory(body=self.ctp, starts_at=NOW + timedelta(days=30))
        self.open = MeetingFactory(body=self.ctp, state="open")
        self.steering = MeetingFactory(body=self.copil, state="open")
        self.block = AgendaItem.objects.create(
            meeting=self.steering, position=1, title="Programmation", kind="programme"
        )
        ProgrammeItem.objects.create(item=self.block, call=cast.call)
        self.closed = MeetingFactory(body=self.ctp, state="closed")
        self.record = MeetingRecord.objects.create(
            meeting=self.closed, body=self.ctp, year=2027, rank=1, words=dict(SAMPLE), frozen_at=NOW
        )
        self.decision = Decision.objects.create(
            meeting=self.closed, contract=cast.contract, number=1, text="Décidé", recorded_by=self.author,
            recorded_at=NOW,
        )  # fmt: skip
        self.guest = Attendance.objects.create(meeting=self.open, full_name="Invité")
        self.applications = {state: self._application(state) for state in STATES}
        self.applications["submitted"].copied_from = self.applications["reviewed"]
        self.applications["submitted"].save()
        self.tabled = self._tabled(self.open, self.applications["tabled"])
        self.item = self.tabled.item
        self.remark = Remark.objects.create(
            tabled=self.tabled, author=self.author, speaker="Invité", text="Dit", written_at=NOW
        )
        self.aside = StandAside.objects.create(tabled=self.tabled, attendance=self.guest)
        self.tabled_ahead = self._tabled(self.planned, self._application("tabled"))
        self.document = self._document()
        self.task = Task.objects.create(
            decision=self.decision, organisation=cast.state, document=self.document, changed_by=self.author,
            changed_at=NOW,
        )  # fmt: skip
        cast.call.guidelines_document = self.document
        cast.call.save()
        self.paper = ApplicationPaper.objects.create(
            application=self.applications["submitted"], document=self.document
        )
        self.helped = self._application("draft")
        self.helped.is_assisted = True
        self.helped.save()
        self.budget_file = BudgetFile.objects.create(
            application=self.applications["draft"], document=self.document
        )
        self.neighbourhood_file = Source.objects.create(
            name="qpv.csv", sha256="0" * 64, kind="list", document=self.document, received_at=NOW
        )
        self.draft_paper = ApplicationPaper.objects.create(
            application=self.applications["draft"], document=self.document
        )
        self.information = InformationRequest.objects.create(
            application=self.applications["incomplete"],
            question="?",
            due_on=today + timedelta(days=9),
            asked_by=self.author,
            asked_at=NOW,
        )
        self.letters = {state: self._letter(state) for state in ("to_review", "sending")}
        AwardNotice.objects.create(
            application=self.applications["validated"],
            document=self.document,
            message=self.letters["to_review"],
            prepared_by=self.author,
            prepared_at=NOW,
        )
        self.person = UserFactory(full_name="Quelqu'un")
        self.seat = TeamMemberFactory(contract=cast.contract, user=self.person, role="reader")
        self.colleague = MembershipFactory(organisation=cast.applicant, user=self.person, role="editor").user
        self.bank = BankDetailsFactory(
            organisation=cast.applicant, state="to_confirm", recorded_by=self.author, paper=self.document
        )
        self.kept_paper = OrganisationPaper.objects.create(
            organisation=cast.applicant,
            kind="statutes",
            document=self.document,
            added_by=self.author,
            added_at=NOW,
        )
        self.post = Post.objects.create(
            application=self.applications["submitted"],
            author=self.author,
            is_from_applicant=True,
            text="Question",
            document=self.document,
            written_at=NOW,
        )
        self.signed = signed_email_change(
            EmailChange(
                self.person.pk, self.person.email, "neuve@exemple.fr", datetime(2099, 1, 1, tzinfo=UTC)
            )
        )
        self.lost_letter = self._letter("failed", contract_id=None)
        self.token = Invitation.objects.create(
            email=self.person.email,
            user=self.person,
            token="jeton",
            invited_at=NOW,
            expires_at=datetime(2099, 1, 1, tzinfo=UTC),
        ).token
        self.parameter = ParameterFactory(contract=cast.contract, proof_level="general")
        Clarification.objects.create(
            contract=cast.contract, number=1, finding="?", treatment="!", settled_by_role="COPIL"
        )
        self.scenario = Scenario.objects.create(
            call=cast.call,
            name="Scénario",
            owner=self.author,
            is_of_team=True,
            is_shared=True,
            source="vide",
            created_at=NOW,
        )
        ReducedPlan.objects.create(
            application=self.applications["reviewed"],
            granted_amount=1_000,
            asked_by=self.author,
            asked_at=NOW,
        )
        self.request = self.applications["reviewed"].funding_requests.first()
        self._consultation()
        self._council(today)
        self._fph(today)
        self._thread()
        self._adjustment()
        self._questionnaire()

    def _fph(self, today):
        """The residents' fund of the year, and a request that came."""
        self.fund = FundFactory(contract=self.cast.contract, year=today.year, opens_on=today, closes_on=None)
        self.fph_request = RequestFactory(fund=self.fund, neighbourhood=self.cast.qpv)
        self.fph_member = CommitteeMemberFactory(fund=self.fund)
        self.fph_session = CommitteeSessionFactory(fund=self.fund, held_on=today, present=[self.fph_member])
        self.examined = ExaminedRequestFactory(session=self.fph_session, request=self.fph_request)
        self.fph_proof = Proof.objects.create(
            request=self.fph_request,
            kind="photo",
            document=self._document(),
            rights_declared_on=today,
            sent_at=NOW,
        )

    def _consultation(self):
        """A public consultation, one of its gatherings, and words said there."""
        self.consulted = ConsultationFactory(
            contract=self.cast.contract, neighbourhoods=[self.cast.qpv], state="published"
        )
        self.gathering = GatheringFactory(consultation=self.consulted)
        self.point = SurveyPoint.objects.create(
            gathering=self.gathering, position=1, place="Rue Haute", finding="Trou", photo=self.document
        )
        self.letter = CouncilLetter.objects.create(
            council=self.cast.council, year=2026, rank=1, kind="referral", subject="Bruit", text="Trop",
            received_on=NOW.date(), written_by=self.author, written_at=NOW,
        )  # fmt: skip
        self.expense = CouncilExpense.objects.create(
            council=self.cast.council, spent_on=NOW.date(), purpose="other", label="Affiches", amount=40,
            receipt=self.document, recorded_by=self.author, recorded_at=NOW,
        )  # fmt: skip
        self.training = TrainingSession.objects.create(
            contract=self.cast.contract, held_on=NOW.date(), theme="Lire un budget", audiences=["residents"]
        )
        self.plan_action = PlanAction.objects.create(
            contract=self.cast.contract, theme="councils", what="Réunir les conseils"
        )
        self.topic = TopicFactory(contract=self.cast.contract)
        self.words = ContributionFactory(
            contract=self.cast.contract,
            consultation=self.consulted,
            gathering=self.gathering,
            public_text="Des arbres",
            reviewed_on=NOW.date(),
            state="kept",
        )
        self.link = ObjectiveLink.objects.create(
            contribution=self.words, objective=self.cast.objective, reason="Vert", linked_on=NOW.date()
        )

    def _council(self, today):
        """A member of the citizen council, and the order that recognises it."""
        self.invitation = CouncilInvitation.objects.create(
            meeting=self.planned_steering, council=self.cast.council.organisation, sent_on=today,
            means="Lettre", proof=self.document, recorded_by=self.author, recorded_at=NOW,
        )  # fmt: skip
        self.member = CouncilMemberFactory(council=self.cast.council, from_on=today - timedelta(days=9))
        self.recognition = CouncilRecognition.objects.create(
            council=self.cast.council, signed_on=today, number="2026-1", opinion_of="le maire",
            opinion_on=today, document=self.document, recorded_by=self.author, recorded_at=NOW,
        )  # fmt: skip

    def _adjustment(self):
        """A priority, and a change of its objective that waits for the steering committee."""
        self.priority = ObjectiveFactory(contract=self.cast.contract, level="priority")
        self.change = ObjectiveChange.objects.create(
            version=TreeVersion.objects.create(contract=self.cast.contract, number=1, proposed_on=NOW.date()),
            kind="reword",
            objective=self.cast.objective,
            code=self.cast.objective.code,
            after="Plus vert",
            reason="Demandé au Café QPV",
            proposed_by=self.author,
        )

    def _thread(self):
        self.told = Feedback.objects.create(
            contract=self.cast.contract,
            objective=self.cast.objective,
            outcome="result",
            text="Quatre arbres",
            told_on=NOW.date(),
            told_where="Café QPV",
            recorded_by=self.author,
            recorded_at=NOW,
        )
        self.announced = self._application("validated")
        self.announced.state = "notified"
        self.announced.save()
        self.snapshot = Snapshot.objects.create(
            contract=self.cast.contract, moment="mid_term", taken_on=NOW.date(), taken_by=self.author
        )

    def _questionnaire(self):
        """An open questionnaire, with a paper batch that came back."""
        self.questionnaire = QuestionnaireFactory(contract=self.cast.contract, state="open")
        self.batch = BatchFactory(form=FormFactory(questionnaire=self.questionnaire))
        number = self.batch.first_number
        for reading, reader in enumerate((self.author, self.person), start=1):
            Typing.objects.create(
                batch=self.batch, bulletin=number, reading=reading, typed_by=reader, typed_on=NOW.date(),
                content={"q1": "yes", "q2": reading},
            )  # fmt: skip
        self.response = ResponseFactory(form=self.batch.form, batch=self.batch, bulletin=number, mode="paper")

    def _bodies(self):
        ctp = BodyFactory(contracts=[self.cast.contract])
        return ctp, BodyFactory(contracts=[self.cast.contract], kind="steering", code="copil")

    def _application(self, state):
        filed = {} if state == "draft" else {"submitted_at": NOW, "number": f"2027-{UserFactory().pk:03d}"}
        application = complete_application(
            applicant=self.cast.applicant,
            call=self.cast.call,
            envelope=self.cast.state_envelope,
            state=state,
            **filed,
        )
        if state in ("decided", "validated"):
            FundingDecision.objects.create(
                funding_request=application.funding_requests.get(),
                outcome="granted",
                awarded_amount=1_000,
                act_kind="award_order",
                act_number="1",
                decided_on=NOW.date(),
                recorded_by=self.author,
                recorded_at=NOW,
            )
        return application

    def _tabled(self, meeting, application):
        item = AgendaItem.objects.create(
            meeting=meeting, position=meeting.agenda.count() + 1, title=str(application)
        )
        return TabledApplication.objects.create(item=item, application=application)

    def _document(self):
        return Document.objects.create(
            name="statuts.pdf",
            file=ContentFile(b"%PDF-1.4", "statuts.pdf"),
            content_type="application/pdf",
            size=8,
            sha256="0" * 64,
            uploaded_by=self.author,
            uploaded_at=NOW,
        )

    def _letter(self, state, **fields):
        words = {
            "key": f"lettre-{state}",
            "recipient": "a@exemple.fr",
            "subject": "Décision",
            "body": "…",
            "state": state,
            "attachment": self.document,
            "contract_id": self.cast.contract.pk,
            "created_at": NOW,
        }
        return Message.objects.create(**(words | fields))

    def tie(self, user):
        InterestFactory(user=user, organisation=self.cast.applicant)
        return user


STATES = (
    "draft",
    "submitted",
    "incomplete",
    "admissible",
    "appraised",
    "tabled",
    "reviewed",
    "decided",
    "validated",
)
