from django.db import migrations
from django.utils import translation
from django.utils.translation import gettext

WORDS = (
    "You may keep my application for one more year and write to me about other jobs. I can take this back"
    " at any time."
)


def write_down(apps, schema_editor):
    """Who is kept longer has agreed to these words, in the language of the form."""
    Application, Consent = apps.get_model("hiring", "Application"), apps.get_model("hiring", "Consent")
    rows = Application.objects.filter(keep_longer_until__isnull=False, entered_by=None)
    for row in rows.only("company_id", "language", "consent_version", "submitted_at").iterator():
        with translation.override(row.language):
            words = gettext(WORDS)
        Consent.objects.create(
            company_id=row.company_id, application=row, purpose="keep", text=words,
            version=row.consent_version, given_at=row.submitted_at,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("hiring", "0022_applying")]
    operations = [migrations.RunPython(write_down, migrations.RunPython.noop, elidable=True)]
