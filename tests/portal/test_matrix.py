"""Who may push which door: every address of the product × every role (style B.3). The table is rights.txt.

o: allowed (a page, a redirect, a form that says what to mend) · n: refused, with the reason (403)
-: does not exist for this person (404) · c: sign in first · .: not a way in (405).
First column: opening the page (GET); second: sending an empty form (POST). A missing address fails the test.
"""

import os
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils.timezone import localdate

from tests.factories import secret_of
from tests.portal.world import World

TABLE = Path(__file__).with_name("rights.txt")
ROLES = (
    "anonymous",
    "stranger",
    "editor",
    "signatory",
    "org_admin",
    "director",
    "officer",
    "finance",
    "delegate",
    "state_officer",
    "state_decider",
    "county_decider",
    "expert",
    "councillor",
    "reader",
    "tied_officer",
    "technical_admin",
)
OTHER_PEOPLE_S = ("account_", "mfa_")
"""django-allauth's own pages: they concern only oneself, and test_open_pages says which are open."""


def addresses(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from addresses(
                pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif not pattern.name.startswith(OTHER_PEOPLE_S):
            yield namespace + pattern.name, pattern.pattern.converters.keys()


def arguments(world, name, wanted):
    """What to put in an address, at the moment of the story when it makes sense."""
    app = name.split(":")[0]
    cast, applications = world.cast, world.applications
    values = {
        "slug": cast.contract.slug,
        "code": cast.qpv.code,
        "call_pk": cast.call.pk,
        "step": "projet",
        "section": "cadrage",
        "number": 1,
        "token": world.token,
        "user_pk": world.colleague.pk,
        "bank_pk": world.bank.pk,
        "signed": world.signed,
        "post_pk": world.post.pk,
        "kept_pk": world.kept_paper.pk,
        "envelope_pk": cast.state_envelope.pk,
        "consultation_pk": world.consultation.pk,
        "guest_pk": world.guest.pk,
        "invitation_pk": world.invitation.pk,
        "item_pk": world.item.pk,
        "paper_pk": world.paper.pk,
        "file_pk": world.budget_file.pk,
        "tabled_pk": world.tabled.pk,
        "remark_pk": world.remark.pk,
        "contract_pk": cast.contract.pk,
        "which": "livret",
        "public_code": world.questionnaire.public_code,
        "name": "q1",
        "batch_pk": world.batch.pk,
        "bulletin": world.batch.first_number,
        "response_pk": world.response.pk,
        "gathering_pk": world.gathering.pk,
        "contribution_pk": world.words.pk,
        "point_pk": world.point.pk,
        "letter_pk": world.letter.pk,
        "expense_pk": world.expense.pk,
        "plan_action_pk": world.plan_action.pk,
        "training_pk": world.training.pk,
        "council_pk": cast.council.pk,
        "recognition_pk": world.recognition.pk,
        "topic_pk": world.topic.pk,
        "link_pk": world.link.pk,
        "feedback_pk": world.told.pk,
        "snapshot_pk": world.snapshot.pk,
        "aside_pk": world.aside.pk,
        "request_pk": world.fph_request.pk if app == "fph" else world.information.pk,
        "secret": secret_of(world.fph_request),
        "session_pk": world.fph_session.pk,
        "examined_pk": world.examined.pk,
        "member_pk": world.fph_member.pk if app == "fph" else world.member.pk,
        "proof_pk": world.fph_proof.pk,
        "application_pk": applications["reviewed"].pk,
    }
    moments = {
        "portal:application": "submitted",
        "applications:edit": "draft",
        "applications:submit": "draft",
        "applications:attach_paper": "draft",
        "applications:remove_paper": "draft",
        "applications:ask_help": "draft",
        "applications:end_help": "draft",
        "applications:extend": "draft",
        "applications:import_budget": "draft",
        "applications:send_budget": "draft",
        "appraisal:answer_information": "incomplete",
        "appraisal:accept_corrections": "incomplete",
        "appraisal:appraise": "admissible",
        "appraisal:take_back": "incomplete",
        "appraisal:sheet": "admissible",
        "appraisal:bypass_committee": "appraised",
    }
    own_pk = {
        "accounts": world.person.pk,
        "directory": cast.applicant.pk,
        "consultation": world.consulted.pk,
        "questionnaires": world.questionnaire.pk,
        "fph": world.fund.pk,
        "governance": world.planned_steering.pk,
        "calls": cast.call.pk,
        "awards": cast.call.pk,
    }
    special = {
        "accounts:resend_letter": world.lost_letter.pk,
        "accounts:end_interest": 0,
        "applications:file_paper": world.helped.pk,
        "contracts:end_seat": world.seat.pk,
        "governance:body": world.ctp.pk,
        "governance:set_scope": world.ctp.pk,
        "governance:set_quorum": world.ctp.pk,
        "contracts:withdraw_change": world.change.pk,
        "contracts:write_priority": world.priority.pk,
        "contracts:verify_parameter": world.parameter.pk,
        "contracts:unverify_parameter": world.parameter.pk,
        "governance:plan": world.ctp.pk,
        "governance:entrust": world.decision.pk,
        "governance:follow_up": world.task.pk,
        "governance:task_document": world.task.pk,
        "governance:close": world.steering.pk,
        "governance:remove_guest": world.open.pk,
        "governance:add_guest": world.open.pk,
        "governance:record_attendance": world.open.pk,
        "governance:record_decision": world.steering.pk,
        **{
            f"governance:{verb}": world.closed.pk
            for verb in ("record", "record_pdf", "record_docx", "acknowledge")
        },
        "appraisal:meeting": world.open.pk,
        "appraisal:table": world.planned.pk,
        "appraisal:tabled": world.open.pk,
        "appraisal:untable": world.planned.pk,
        "appraisal:remark": world.open.pk,
        **{
            f"appraisal:{verb}": world.open.pk
            for verb in (
                "live",
                "live_item",
                "show_item",
                "projection",
                "save_notes",
                "save_point",
                "withdraw_remark",
                "note_aside",
                "come_back",
                "papers",
                "order_papers",
                "send_papers",
                "paper",
            )
        },
        "appraisal:give_opinion": world.open.pk,
        "appraisal:carry_over": world.open.pk,
        "appraisal:close_meeting": world.open.pk,
        "appraisal:cancel_meeting": world.planned.pk,
        "awards:decide": world.request.pk,
        "awards:programme_item": world.steering.pk,
        "awards:validate_programme": world.steering.pk,
        **{
            f"awards:{verb}": world.request.pk
            for verb in ("put_on_waiting_list", "move_up_waiting_list", "take_off_waiting_list")
        },
        **{
            f"awards:{verb}": world.scenario.pk
            for verb in (
                "scenario",
                "set_amounts",
                "scenario_row",
                "edit_scenario",
                "delete_scenario",
                "adopt_scenario",
            )
        },
        **{
            f"awards:{verb}": world.letters["to_review"].pk
            for verb in ("letter", "attachment", "release", "discard", "send_again")
        },
        "portal:envelopes": cast.call.pk,
        "public_thread:action": world.announced.pk,
        "calls:close": world.past_call.pk,
        "awards:doubt": world.letters["sending"].pk,
        **{f"calls:{verb}": world.draft_call.pk for verb in ("edit", "open", "answer_consultation")},
    }
    pk = special.get(name) or own_pk.get(app) or applications[moments.get(name, "submitted")].pk
    values["pk"] = pk
    if name == "applications:remove_paper":
        values["paper_pk"] = world.draft_paper.pk
    if name == "appraisal:untable":
        values["tabled_pk"] = world.tabled_ahead.pk
    if app == "awards":
        values["item_pk"] = world.block.pk
    if app == "governance":
        values["item_pk"] = world.steering_item.pk
    if name in ("questionnaires:open_answers", "questionnaires:pass_on"):
        values["name"] = "q4"
    if name == "questionnaires:download":
        values["which"] = "csv"
    if name == "questionnaires:rename_group":
        values["name"] = "p1"
    if name == "neighbourhoods:bring_file":
        values["file_pk"] = world.neighbourhood_file.pk
    if name == "applications:start":
        wanted = ["call_pk"]
    if name == "calls:edit":
        wanted = ["pk", "section"]
    return {key: values[key] for key in wanted}


def read_whole(answer):
    """To its end, so that a file is closed; `close` would close the connection of the test on PostgreSQL."""
    if answer.streaming:
        answer.getvalue()


def letter_of(send, url):
    """Try the door and change nothing."""
    with transaction.atomic():
        answer = send(url)
        read_whole(answer)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/connexion/?next="):
        return "c"
    return {403: "n", 404: "-", 405: "."}.get(answer.status_code, "o" if answer.status_code < 500 else "!")


@pytest.mark.parametrize("role", ROLES)
def test_every_door_opens_for_the_right_people_and_only_for_them(client, cast, request, role):
    world = World(cast, localdate())
    sign_in(client, cast, world, role, request)
    client.raise_request_exception = False

    found = {}
    for name, wanted in dict(addresses()).items():
        url = reverse(name, kwargs=arguments(world, name, wanted))
        found[name] = letter_of(client.get, url) + letter_of(client.post, url)

    if os.environ.get("FAUBOURG_REWRITE_RIGHTS"):
        rewrite(role, found)
    assert {name for name, letters in found.items() if "!" in letters} == set(), "une erreur du serveur"
    rank = ROLES.index(role)
    table = {name: opening[rank] + sending[rank] for name, opening, sending in rows()}
    assert {
        name: (table.get(name), found.get(name))
        for name in table | found
        if table.get(name) != found.get(name)
    } == {}


def sign_in(client, cast, world, role, request):
    if role == "anonymous":
        return
    tied = role == "tied_officer"
    client.force_login(
        world.tie(cast.seat("gip_officer", name="Tania Liée")) if tied else request.getfixturevalue(role)
    )


def rows():
    return [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]


def rewrite(role, found):
    """FAUBOURG_REWRITE_RIGHTS=1 (without xdist) rewrites a column: read the difference before committing."""
    rank, empty = ROLES.index(role), "?" * len(ROLES)
    table = {name: [list(opening), list(sending)] for name, opening, sending in rows()}
    table = {name: table.get(name, [list(empty), list(empty)]) for name in found}
    for name, (opening, sending) in found.items():
        table[name][0][rank], table[name][1][rank] = opening, sending
    lines = [f"{name:<36} {''.join(cells[0])} {''.join(cells[1])}" for name, cells in sorted(table.items())]
    head = "\n".join(f"# {line}".rstrip() for line in __doc__.strip().splitlines())
    order = ", ".join(f"{number} {name}" for number, name in enumerate(ROLES, 1))
    TABLE.write_text(f"{head}\n#\n# {order}\n\n" + "\n".join(lines) + "\n")
