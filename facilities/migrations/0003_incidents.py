import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilities', '0002_cleaning_rounds'),
        ('staff', '0012_regulations_as_delivered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalIncident',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(db_index=True, max_length=16, verbose_name='number')),
                ('kind', models.CharField(choices=[('complaint', 'Grave complaint'), ('equipment', 'Major failure of equipment'), ('power', 'Power or network failure'), ('fire', 'Fire'), ('disaster', 'Natural disaster'), ('injury', 'Injury or illness'), ('theft', 'Theft'), ('threat', 'Quarrel or threat'), ('data', 'Loss or leak of data'), ('archive', 'Papers missing from the archive'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                ('place', models.CharField(max_length=120, verbose_name='place')),
                ('happened_at', models.DateTimeField(verbose_name='happened')),
                ('description', models.TextField(verbose_name='description')),
                ('reported_at', models.DateTimeField(verbose_name='reported')),
                ('due_at', models.DateTimeField(verbose_name='to be confirmed by')),
                ('source_kind', models.CharField(blank=True, editable=False, max_length=40)),
                ('source_id', models.BigIntegerField(editable=False, null=True)),
                ('state', models.CharField(choices=[('reported', 'to be confirmed'), ('confirmed', 'confirmed'), ('responding', 'being dealt with'), ('ended', 'over, to be examined'), ('filed', 'filed'), ('false_alarm', 'false alarm')], default='reported', max_length=12, verbose_name='state')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                ('verdict', models.CharField(blank=True, max_length=300, verbose_name='verdict')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='over')),
                ('loss', models.CharField(blank=True, max_length=300, verbose_name='loss')),
                ('cause', models.TextField(blank=True, verbose_name='cause')),
                ('lessons', models.TextField(blank=True, verbose_name='lessons')),
                ('filed_at', models.DateTimeField(null=True, verbose_name='filed')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.employee', verbose_name='confirmed by')),
                ('filed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.employee', verbose_name='filed by')),
                ('hall', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.hall', verbose_name='hall')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.employee', verbose_name='reported by')),
            ],
            options={
                'verbose_name': 'historical incident',
                'verbose_name_plural': 'historical incidents',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(max_length=16, unique=True, verbose_name='number')),
                ('kind', models.CharField(choices=[('complaint', 'Grave complaint'), ('equipment', 'Major failure of equipment'), ('power', 'Power or network failure'), ('fire', 'Fire'), ('disaster', 'Natural disaster'), ('injury', 'Injury or illness'), ('theft', 'Theft'), ('threat', 'Quarrel or threat'), ('data', 'Loss or leak of data'), ('archive', 'Papers missing from the archive'), ('other', 'Other')], max_length=10, verbose_name='kind')),
                ('place', models.CharField(max_length=120, verbose_name='place')),
                ('happened_at', models.DateTimeField(verbose_name='happened')),
                ('description', models.TextField(verbose_name='description')),
                ('reported_at', models.DateTimeField(verbose_name='reported')),
                ('due_at', models.DateTimeField(verbose_name='to be confirmed by')),
                ('source_kind', models.CharField(blank=True, editable=False, max_length=40)),
                ('source_id', models.BigIntegerField(editable=False, null=True)),
                ('state', models.CharField(choices=[('reported', 'to be confirmed'), ('confirmed', 'confirmed'), ('responding', 'being dealt with'), ('ended', 'over, to be examined'), ('filed', 'filed'), ('false_alarm', 'false alarm')], default='reported', max_length=12, verbose_name='state')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
                ('verdict', models.CharField(blank=True, max_length=300, verbose_name='verdict')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='over')),
                ('loss', models.CharField(blank=True, max_length=300, verbose_name='loss')),
                ('cause', models.TextField(blank=True, verbose_name='cause')),
                ('lessons', models.TextField(blank=True, verbose_name='lessons')),
                ('filed_at', models.DateTimeField(null=True, verbose_name='filed')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.employee', verbose_name='confirmed by')),
                ('filed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.employee', verbose_name='filed by')),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='staff.hall', verbose_name='hall')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='staff.employee', verbose_name='reported by')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalIncidentMeasure',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('what', models.CharField(max_length=200, verbose_name='measure')),
                ('due_on', models.DateField(verbose_name='due')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.employee', verbose_name='responsible')),
                ('incident', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='facilities.incident')),
            ],
            options={
                'verbose_name': 'historical incident measure',
                'verbose_name_plural': 'historical incident measures',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='IncidentEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('calm', 'Customers calmed and informed'), ('repair', 'Rescue or repair of equipment'), ('move', 'People and goods moved'), ('protect', 'Life and property protected'), ('limit', 'Loss limited'), ('search', 'Search and inquiry')], max_length=8, verbose_name='kind of measure')),
                ('text', models.CharField(max_length=300, verbose_name='what was done')),
                ('at', models.DateTimeField(verbose_name='time')),
                ('noted_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.employee', verbose_name='by')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='facilities.incident')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IncidentMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=200, verbose_name='measure')),
                ('due_on', models.DateField(verbose_name='due')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='facilities.incident')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incident_measures', to='staff.employee', verbose_name='responsible')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IncidentThing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('record_id', models.BigIntegerField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='things', to='facilities.incident')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='incident',
            index=models.Index(fields=['hall', 'state'], name='incident_of_hall'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.UniqueConstraint(condition=models.Q(('source_kind', ''), _negated=True), fields=('source_kind', 'source_id'), name='incident_once_a_source'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source_id__isnull', True), ('source_kind', '')), models.Q(models.Q(('source_kind', ''), _negated=True), ('source_id__isnull', False)), _connector='OR'), name='incident_source_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), ('reported_by', None), models.Q(('confirmed_by', models.F('reported_by')), _negated=True), _connector='OR'), name='incident_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('state', 'reported')), models.Q(models.Q(('state', 'reported'), _negated=True), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('verdict', ''), _negated=True)), _connector='OR'), name='incident_judged_with_a_verdict'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'filed'), _negated=True), models.Q(('ended_at__isnull', False), ('filed_at__isnull', False), ('filed_by__isnull', False), models.Q(('cause', ''), _negated=True), models.Q(('lessons', ''), _negated=True)), _connector='OR'), name='filed_incident_has_cause_and_lessons'),
        ),
        migrations.AddIndex(
            model_name='incidentthing',
            index=models.Index(fields=['kind', 'record_id'], name='incident_of_thing'),
        ),
        migrations.AddConstraint(
            model_name='incidentthing',
            constraint=models.UniqueConstraint(fields=('incident', 'kind', 'record_id'), name='incident_thing_once'),
        ),
    ]
