"""Opening hours and the keeping of holidays hold from a day on; the country's days may be entered by hand with a reason (GEN-21)."""
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion

from staff.regulation.calendar import national_days


def fill(apps, schema_editor):
    """Take last year, this year and the next from the library, so that the calendar is there from the installation on."""
    days, year = apps.get_model("staff", "NationalDay"), timezone.localdate().year
    known = {day: facts for one in (year - 1, year, year + 1) for day, facts in national_days(one).items()}
    days.objects.bulk_create([days(day=day, works=works, name=name) for day, (works, name) in known.items()], ignore_conflicts=True)


def undated(apps, schema_editor):
    """Keep what holds today: before this, there was one week and one word for a hall."""
    today = timezone.localdate()
    apps.get_model("staff", "NationalDay").objects.filter(works=None).delete()
    apps.get_model("staff", "OpeningHours").objects.exclude(Q(valid_from=None) | Q(valid_from__lte=today),
                                                            Q(valid_until=None) | Q(valid_until__gte=today)).delete()
    calendars = apps.get_model("staff", "HallCalendar").objects
    calendars.filter(valid_from__gt=today).delete()
    seen = set()
    for row in sorted(calendars.all(), key=lambda row: (row.valid_from is not None, row.valid_from), reverse=True):
        if row.hall_id in seen:
            row.delete()
        seen.add(row.hall_id)


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0016_confidentiality_agreements'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='hallcalendar',
            options={'ordering': ['hall', models.OrderBy(models.F('valid_from'), nulls_first=True)]},
        ),
        migrations.RemoveConstraint(
            model_name='openinghours',
            name='hours_do_not_overlap',
        ),
        migrations.AddField(
            model_name='hallcalendar',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='hallday',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='historicalhallcalendar',
            name='valid_from',
            field=models.DateField(blank=True, null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='historicalhallday',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='historicalnationalday',
            name='reason',
            field=models.CharField(blank=True, max_length=80, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='historicalnationalday',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='nationalday',
            name='reason',
            field=models.CharField(blank=True, max_length=80, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='nationalday',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='valid_from',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='openinghours',
            name='valid_until',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='hallcalendar',
            name='hall',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendars', to='staff.hall', verbose_name='hall'),
        ),
        migrations.AlterField(
            model_name='historicalnationalday',
            name='by_hand',
            field=models.BooleanField(default=False, verbose_name='entered by hand'),
        ),
        migrations.AlterField(
            model_name='historicalnationalday',
            name='works',
            field=models.BooleanField(null=True, verbose_name='worked'),
        ),
        migrations.AlterField(
            model_name='nationalday',
            name='by_hand',
            field=models.BooleanField(default=False, verbose_name='entered by hand'),
        ),
        migrations.AlterField(
            model_name='nationalday',
            name='works',
            field=models.BooleanField(null=True, verbose_name='worked'),
        ),
        migrations.AddConstraint(
            model_name='hallcalendar',
            constraint=models.UniqueConstraint(fields=('hall', 'valid_from'), name='hall_calendar_once_a_day', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='hours_last_a_day'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('hall', '='), ('weekday', '='), (models.Func(models.F('opens'), models.F('closes'), function='int4range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_until'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='hours_do_not_overlap'),
        ),
        migrations.RunPython(fill, undated),
    ]
