import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

STATES = ["to_confirm", "in_force", "rejected", "replaced"]


def keep_state(apps, schema_editor):
    """What was recorded before the rule of two people keeps the place it had."""
    rows = apps.get_model("directory", "BankDetails").objects
    rows.filter(is_current=True).update(state="in_force")
    rows.filter(is_current=False).update(state="replaced")


def keep_currency(apps, schema_editor):
    rows = apps.get_model("directory", "BankDetails").objects
    rows.exclude(state="in_force").update(is_current=False)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("documents", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "bankdetails",
            "state",
            models.CharField(
                choices=[
                    ("to_confirm", "À confirmer"),
                    ("in_force", "En vigueur"),
                    ("rejected", "Refusé"),
                    ("replaced", "Remplacé"),
                ],
                default="to_confirm",
                max_length=20,
                verbose_name="état",
            ),
        ),
        migrations.AddField(
            "bankdetails",
            "paper",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
                verbose_name="RIB de la banque",
            ),
        ),
        migrations.AddField(
            "bankdetails",
            "decided_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmé ou refusé par",
            ),
        ),
        migrations.AddField(
            "bankdetails",
            "decided_at",
            models.DateTimeField(
                blank=True,
                help_text="Payer moins de quinze jours après un changement mérite une vérification (B7.3).",
                null=True,
                verbose_name="confirmé ou refusé le",
            ),
        ),
        migrations.AddField(
            "bankdetails",
            "reason",
            models.CharField(blank=True, max_length=250, verbose_name="motif du refus"),
        ),
        migrations.RunPython(keep_state, keep_currency),
        migrations.RemoveConstraint("bankdetails", "one_current_bank_details"),
        migrations.RemoveField("bankdetails", "is_current"),
        migrations.AddConstraint(
            "bankdetails",
            models.CheckConstraint(condition=Q(state__in=STATES), name="bank_state_is_known"),
        ),
        migrations.AddConstraint(
            "bankdetails",
            models.UniqueConstraint(
                condition=Q(state="in_force"), fields=("organisation",), name="one_bank_details_in_force"
            ),
        ),
        migrations.AddConstraint(
            "bankdetails",
            models.UniqueConstraint(
                condition=Q(state="to_confirm"), fields=("organisation",), name="one_bank_details_to_confirm"
            ),
        ),
        migrations.AddConstraint(
            "bankdetails",
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="bank_details_are_confirmed_by_another",
            ),
        ),
    ]
