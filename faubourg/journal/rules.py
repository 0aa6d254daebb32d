"""The verbs of the journal, as sentences say them after a name: « Claire Dupont a invité un membre »."""

VERBS = {
    # accounts and directory
    "accounts.accept_invitation": "a ouvert son compte",
    "accounts.deactivate": "a désactivé le compte",
    "accounts.open_first_account": "a préparé le premier compte",
    "accounts.edit_identity": "a changé ses coordonnées",
    "accounts.reactivate": "a rouvert le compte",
    "accounts.remove_second_factor": "a retiré le second facteur",
    "accounts.send_invitation_again": "a renvoyé une invitation",
    "directory.change_roles": "a changé les rôles d'un membre",
    "directory.confirm_bank_details": "a confirmé le RIB",
    "directory.create_organisation": "a créé la structure",
    "directory.declare_interest": "a déclaré un lien d'intérêt",
    "directory.edit_organisation": "a modifié la fiche",
    "directory.end_interest": "a terminé un lien d'intérêt",
    "directory.end_membership": "a retiré un membre",
    "directory.invite_member": "a invité un membre",
    "directory.record_bank_details": "a enregistré le RIB",
    "directory.reject_bank_details": "a refusé le RIB",
    # contracts
    "contracts.load": "a chargé le contrat",
    "contracts.give_seat": "a donné un rôle",
    "contracts.end_seat": "a mis fin à un rôle",
    "contracts.require_second_factor": "a réglé l'exigence d'un second facteur",
    "contracts.unverify_parameter": "a retiré une vérification",
    "contracts.settle_clarification": "a réglé un point à clarifier",
    "contracts.verify_parameter": "a vérifié un paramètre",
    # governance
    "governance.add_guest": "a ajouté un invité",
    "governance.add_item": "a inscrit un point à l'ordre du jour",
    "governance.amend": "a modifié la séance",
    "governance.cancel": "a annulé la séance",
    "governance.close": "a clos la séance",
    "governance.move_item": "a déplacé un point",
    "governance.plan": "a prévu une séance",
    "governance.record_attendance": "a noté les présences",
    "governance.record_decision": "a noté une décision de séance",
    "governance.remove_guest": "a retiré un invité",
    "governance.remove_item": "a retiré un point",
    "governance.set_minutes": "a fixé la durée d'un point",
    "governance.start": "a ouvert la séance",
    # calls
    "calls.answer_consultation": "a noté la réponse d'un conseil citoyen",
    "calls.close": "a clos l'appel",
    "calls.create": "a créé l'appel",
    "calls.edit": "a modifié l'appel",
    "calls.open": "a ouvert l'appel",
    "calls.postpone": "a repoussé la clôture",
    "calls.record_consultation": "a noté la consultation d'un conseil citoyen",
    "calls.set_envelope": "a fixé une enveloppe",
    # applications
    "applications.attach_paper": "a joint une pièce",
    "applications.extend": "a accordé un délai",
    "applications.remove_paper": "a retiré une pièce",
    "applications.save_part": "a enregistré une partie du dossier",
    "applications.start": "a commencé le dossier",
    "applications.submit": "a déposé le dossier",
    "applications.withdraw": "a retiré le dossier",
    # appraisal
    "appraisal.answer_information": "a répondu à la demande de complément",
    "appraisal.appraise": "a terminé l'instruction",
    "appraisal.ask_information": "a demandé un complément",
    "appraisal.bypass_committee": "a passé outre l'avis du comité",
    "appraisal.cancel_meeting": "a annulé la séance où le dossier passait",
    "appraisal.carry_over": "a reporté le dossier à une autre séance",
    "appraisal.declare_admissible": "a déclaré le dossier recevable",
    "appraisal.declare_inadmissible": "a déclaré le dossier irrecevable",
    "appraisal.give_council_opinion": "a donné l'avis du conseil citoyen",
    "appraisal.give_opinion": "a noté l'avis du comité",
    "appraisal.keep_aside": "a été tenu à l'écart, étant lié à la structure",
    "appraisal.remark": "a fait une remarque",
    "appraisal.save_appraisal": "a enregistré l'instruction",
    "appraisal.table": "a inscrit le dossier au comité",
    "appraisal.take_charge": "a pris le dossier en charge",
    "appraisal.untable": "a retiré le dossier de la séance",
    # awards and letters
    "awards.decide": "a décidé",
    "awards.notify": "a notifié la décision",
    "awards.prepare_notice": "a préparé la lettre",
    "awards.validate": "a validé en comité de pilotage",
    "messaging.discard": "a écarté un courriel",
    "messaging.doubt": "a repris un courriel au sort incertain",
    "messaging.edit": "a modifié un courriel",
    "messaging.release": "a envoyé un courriel",
}

WRITTEN_ON = {
    "appraisal.answer_information": "appraisal.informationrequest",
    "appraisal.ask_information": "appraisal.informationrequest",
    "appraisal.give_council_opinion": "appraisal.opinion",
    "appraisal.give_opinion": "appraisal.opinion",
    "appraisal.save_appraisal": "appraisal.appraisal",
    "appraisal.take_charge": "appraisal.appraisal",
    "awards.decide": "awards.fundingdecision",
    "calls.answer_consultation": "calls.councilconsultation",
    "calls.record_consultation": "calls.councilconsultation",
}
"""What an entry about a dossier or a call really wrote on: its fields have their names and choices there."""

FIELD_NAMES = {
    "asked": "montants demandés",
    "from_on": "premier jour",
    "indicators": "indicateurs",
    "lines": "budget",
    "meeting": "séance",
    "objectives": "objectifs",
    "paper": "pièce",
    "part": "partie",
    "reason": "motif",
    "residents": "habitants visés",
    "role": "rôle",
    "roles": "rôles",
    "state": "état",
    "to_on": "dernier jour",
}
"""What is not a field of the thing, or is read apart from it."""


def phrase(verb: str) -> str:
    """What the person did, in French; a verb not listed yet is shown as it is written."""
    return VERBS.get(verb, verb)
