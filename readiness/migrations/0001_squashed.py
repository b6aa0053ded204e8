import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from vault.at_once import AtOnce


class Migration(migrations.Migration):
    # Stands for all of these: a new installation makes its tables at once, an older one goes through them.
    replaces = [
        ("readiness", "0001_initial"),
        ("readiness", "0002_deleted"),
        ("readiness", "0003_weighing"),
        ("readiness", "0004_bridges"),
        ("readiness", "0005_imports_of_four_kinds"),
        ("readiness", "0006_before_and_after"),
    ]

    initial = True

    dependencies = [
        ('accounts', '0009_listed_days'),
        ('vault', '0005_lines_of_text'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce([
            migrations.CreateModel(
                name='Assessment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('answers', models.JSONField(default=dict, verbose_name='answers')),
                    ('measured', models.JSONField(default=dict, verbose_name='measured')),
                    ('config_version', models.CharField(max_length=20, verbose_name='version of the configuration')),
                    ('result', models.JSONField(default=dict, verbose_name='result')),
                    ('plan', models.CharField(blank=True, max_length=500, verbose_name='what to do with the hours')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                    ('deleted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                ],
                options={
                    'verbose_name': 'readiness result',
                    'verbose_name_plural': 'readiness results',
                },
            ),
            migrations.CreateModel(
                name='BeforeAfter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('undoable', models.JSONField(blank=True, default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('undo_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('reference', models.CharField(blank=True, max_length=80, null=True)),
                    ('job_title', models.CharField(max_length=200, verbose_name='job title')),
                    ('start_date', models.DateField(verbose_name='first day')),
                    ('hours_week', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='hours a week that were agreed')),
                    ('look_on', models.DateField(verbose_name='remind me on')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ('revision', models.PositiveIntegerField(default=1)),
                    ('before', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='readiness.assessment', verbose_name='compare with')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                ],
                options={
                    'verbose_name': 'before and after',
                    'verbose_name_plural': 'before and after',
                },
            ),
            migrations.CreateModel(
                name='BridgePlan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('undoable', models.JSONField(blank=True, default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('undo_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('kind', models.CharField(choices=[('self_service', 'Let customers help themselves'), ('chatbot', 'Tools that take over the simple part'), ('outsource', 'Help from outside')], max_length=20, verbose_name='way to bridge')),
                    ('provider', models.CharField(blank=True, choices=[('agency', 'An agency'), ('freelancer', 'A freelancer'), ('specialist', 'A support specialist')], max_length=12, verbose_name='who helps')),
                    ('fee', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='fee a month')),
                    ('look_on', models.DateField(verbose_name='look again on')),
                    ('before', models.JSONField(default=dict, verbose_name='numbers when it began')),
                    ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begun')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ('verdict', models.CharField(blank=True, choices=[('good_enough', 'Good enough as it is'), ('hire_now', 'Hiring now'), ('stopped', 'Stopped')], max_length=12, verbose_name='how it ended')),
                    ('revision', models.PositiveIntegerField(default=1)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('deleted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                    ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership', verbose_name='begun by')),
                ],
                options={
                    'verbose_name': 'bridge plan',
                    'verbose_name_plural': 'bridge plans',
                },
            ),
            migrations.CreateModel(
                name='BridgeStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('undoable', models.JSONField(blank=True, default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('undo_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('key', models.CharField(blank=True, max_length=40)),
                    ('text', models.CharField(blank=True, max_length=200, verbose_name='step')),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('done_at', models.DateTimeField(blank=True, null=True)),
                    ('gone_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='readiness.bridgeplan')),
                ],
                options={
                    'verbose_name': 'step of a bridge plan',
                    'verbose_name_plural': 'steps of bridge plans',
                },
            ),
            migrations.CreateModel(
                name='Counted',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('tickets', 'Tickets of a help desk'), ('orders', 'Orders of a shop'), ('reviews', 'Reviews with stars'), ('mailbox', 'A mailbox')], max_length=10, verbose_name='kind')),
                    ('series', models.JSONField(verbose_name='weekly and monthly numbers')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                ],
                options={
                    'verbose_name': 'counted numbers',
                    'verbose_name_plural': 'counted numbers',
                },
            ),
            migrations.CreateModel(
                name='FaqEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question', models.CharField(max_length=200, verbose_name='question')),
                    ('answer', models.TextField(blank=True, max_length=4000, verbose_name='answer')),
                    ('count', models.PositiveIntegerField(blank=True, null=True, verbose_name='times asked')),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('gone_at', models.DateTimeField(blank=True, null=True)),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='readiness.bridgeplan')),
                ],
                options={
                    'verbose_name': 'question and answer',
                    'verbose_name_plural': 'questions and answers',
                },
            ),
            migrations.CreateModel(
                name='HoursWeek',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('undoable', models.JSONField(blank=True, default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                    ('undo_until', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('monday', models.DateField(verbose_name='Monday')),
                    ('owner', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='your hours')),
                    ('person', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='hours of the new person')),
                    ('why', models.CharField(blank=True, max_length=300, verbose_name='why it rose')),
                    ('gone_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('hire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weeks', to='readiness.beforeafter')),
                ],
                options={
                    'verbose_name': 'hours of a week',
                    'verbose_name_plural': 'hours of weeks',
                },
            ),
            migrations.CreateModel(
                name='TicketImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('deleted_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'under way'), ('done', 'done'), ('parked', 'set aside'), ('cancelled', 'cancelled')], default='waiting', max_length=10)),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('last_error', models.CharField(blank=True, max_length=300)),
                    ('kind', models.CharField(choices=[('tickets', 'Tickets of a help desk'), ('orders', 'Orders of a shop'), ('reviews', 'Reviews with stars'), ('mailbox', 'A mailbox')], default='tickets', max_length=10, verbose_name='kind')),
                    ('name', models.CharField(max_length=120, verbose_name='file name')),
                    ('size', models.PositiveBigIntegerField(verbose_name='size')),
                    ('sha256', models.CharField(max_length=64)),
                    ('encoding', models.CharField(max_length=20)),
                    ('delimiter', models.CharField(max_length=1)),
                    ('header', models.JSONField(default=list, verbose_name='columns')),
                    ('header_key', models.CharField(blank=True, max_length=64)),
                    ('mapping', models.JSONField(default=dict, verbose_name='which column is what')),
                    ('percent', models.PositiveSmallIntegerField(default=0, verbose_name='progress')),
                    ('rows', models.PositiveIntegerField(default=0, verbose_name='rows read')),
                    ('cases', models.PositiveIntegerField(default=0, verbose_name='cases')),
                    ('rejected_count', models.PositiveIntegerField(default=0, verbose_name='rows left out')),
                    ('rejected', models.JSONField(default=list, verbose_name='lines left out')),
                    ('series', models.JSONField(default=dict, verbose_name='weekly and monthly numbers')),
                    ('precedence', models.IntegerField(default=0, verbose_name='which file goes first')),
                    ('asking', models.BooleanField(default=False, verbose_name='asks which file counts')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                    ('deleted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.membership')),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vault.storedfile', verbose_name='file')),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                },
            ),
            migrations.CreateModel(
                name='ImportedWeek',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('monday', models.DateField(verbose_name='Monday')),
                    ('numbers', models.JSONField(verbose_name='numbers of the week')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weeks', to='readiness.ticketimport', verbose_name='import')),
                ],
                options={
                    'verbose_name': 'week of an import',
                    'verbose_name_plural': 'weeks of imports',
                },
            ),
            migrations.CreateModel(
                name='Weighing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('base', models.CharField(max_length=12, verbose_name='our version it starts from')),
                    ('revision', models.PositiveIntegerField(verbose_name='version')),
                    ('changes', models.JSONField(default=dict, verbose_name='changed numbers')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.company', verbose_name='company')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                ],
                options={
                    'verbose_name': 'weights',
                    'verbose_name_plural': 'weights',
                },
            ),
            migrations.AddIndex(
                model_name='assessment',
                index=models.Index(fields=['company', '-created_at'], name='assessment_latest'),
            ),
            migrations.AddConstraint(
                model_name='beforeafter',
                constraint=models.UniqueConstraint(fields=('company', 'reference'), name='before_after_opened_once'),
            ),
            migrations.AddConstraint(
                model_name='bridgeplan',
                constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('ended_at', None)), fields=('company', 'kind'), name='one_bridge_of_a_kind', violation_error_message='A plan of this kind is under way already.'),
            ),
            migrations.AddConstraint(
                model_name='bridgeplan',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('verdict', '')), models.Q(models.Q(('ended_at', None), _negated=True), models.Q(('verdict', ''), _negated=True)), _connector='OR'), name='bridge_ends_with_a_verdict'),
            ),
            migrations.AddConstraint(
                model_name='bridgestep',
                constraint=models.CheckConstraint(condition=models.Q(('key', ''), ('text', ''), _negated=True), name='bridge_step_says_something'),
            ),
            migrations.AddConstraint(
                model_name='counted',
                constraint=models.UniqueConstraint(fields=('company', 'kind'), name='counted_once_a_kind'),
            ),
            migrations.AddConstraint(
                model_name='hoursweek',
                constraint=models.UniqueConstraint(fields=('hire', 'monday'), name='hours_of_a_week_once'),
            ),
            migrations.AddIndex(
                model_name='ticketimport',
                index=models.Index(fields=['company', 'header_key'], name='import_header'),
            ),
            migrations.AddConstraint(
                model_name='ticketimport',
                constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('company', 'kind', 'sha256'), name='one_import_per_file', violation_error_message='This file has been imported already.'),
            ),
            migrations.AddConstraint(
                model_name='importedweek',
                constraint=models.UniqueConstraint(fields=('source', 'monday'), name='one_week_of_an_import'),
            ),
            migrations.AddConstraint(
                model_name='weighing',
                constraint=models.UniqueConstraint(fields=('company', 'revision'), name='one_weighing_per_version', violation_error_message='This version exists already.'),
            ),
        ]),
    ]
