"""An evacuation of a hall and the list of who was in it."""
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables with their histories."""

    dependencies = [
        ('facilities', '0001_foundation'),
        ('reception', '0009_appointments_and_posts'),
        ('staff', '0002_positions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evacuation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('real', 'Evacuation'), ('drill', 'Evacuation drill')], max_length=5, verbose_name='kind')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evacuations', to='staff.hall', verbose_name='hall')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
            ],
            options={
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='EvacuationPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visitor', 'Visitors'), ('staff', 'Staff on shift'), ('other', 'Others')], max_length=7)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('ticket', models.CharField(blank=True, max_length=6)),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('found', models.PositiveSmallIntegerField(default=0)),
                ('found_at', models.DateTimeField(null=True)),
                ('order', models.PositiveIntegerField(default=0)),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='facilities.area')),
                ('employee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.employee')),
                ('evacuation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='reception.evacuation')),
                ('found_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.employee')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.post')),
                ('visit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reception.visit')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalEvacuation',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('real', 'Evacuation'), ('drill', 'Evacuation drill')], max_length=5, verbose_name='kind')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                ('hall', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.hall', verbose_name='hall')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by')),
            ],
            options={
                'verbose_name': 'historical evacuation',
                'verbose_name_plural': 'historical evacuations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalEvacuationPerson',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visitor', 'Visitors'), ('staff', 'Staff on shift'), ('other', 'Others')], max_length=7)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('ticket', models.CharField(blank=True, max_length=6)),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('found', models.PositiveSmallIntegerField(default=0)),
                ('found_at', models.DateTimeField(null=True)),
                ('order', models.PositiveIntegerField(default=0)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('area', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='facilities.area')),
                ('employee', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.employee')),
                ('evacuation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reception.evacuation')),
                ('found_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('host', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.employee')),
                ('post', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='staff.post')),
                ('visit', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reception.visit')),
            ],
            options={
                'verbose_name': 'historical evacuation person',
                'verbose_name_plural': 'historical evacuation persons',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='evacuation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('hall',), name='one_evacuation_runs_in_a_hall'),
        ),
        migrations.AddConstraint(
            model_name='evacuation',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='evacuation_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='evacuationperson',
            constraint=models.CheckConstraint(condition=models.Q(('found__lte', models.F('people')), ('people__gte', 1)), name='no_more_found_than_there_were'),
        ),
        migrations.AddConstraint(
            model_name='evacuationperson',
            constraint=models.UniqueConstraint(fields=('evacuation', 'visit'), name='visit_once_on_the_list'),
        ),
        migrations.AddConstraint(
            model_name='evacuationperson',
            constraint=models.UniqueConstraint(fields=('evacuation', 'employee'), name='employee_once_on_the_list'),
        ),
    ]
