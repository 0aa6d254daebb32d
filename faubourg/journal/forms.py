"""Search the journal."""

from operator import itemgetter

from django import forms

from faubourg.journal.rules import VERBS
from faubourg.toolkit.fields import in_our_times


class JournalForm(forms.Form):
    person = forms.CharField(label="Qui", required=False)
    verb = forms.ChoiceField(
        label="A fait", required=False, choices=[("", "Tout"), *sorted(VERBS.items(), key=itemgetter(1))]
    )
    subject = forms.CharField(label="Sur quoi", required=False)
    first_day = forms.DateField(label="Depuis le", required=False, validators=[in_our_times])
    last_day = forms.DateField(label="Jusqu'au", required=False, validators=[in_our_times])
