"""Search the journal."""

from operator import itemgetter

from django import forms

from faubourg.journal.rules import VERBS


class JournalForm(forms.Form):
    person = forms.CharField(label="Qui", required=False)
    verb = forms.ChoiceField(
        label="A fait", required=False, choices=[("", "Tout"), *sorted(VERBS.items(), key=itemgetter(1))]
    )
    subject = forms.CharField(label="Sur quoi", required=False)
    first_day = forms.DateField(label="Depuis le", required=False)
    last_day = forms.DateField(label="Jusqu'au", required=False)
