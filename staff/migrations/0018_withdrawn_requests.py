"""A request can be withdrawn before it is answered. Going back, one that was withdrawn waits for an answer again."""
from django.db import migrations, models

BACK = ["UPDATE staff_workrequest SET state = 'sent' WHERE state = 'withdrawn'",
        "UPDATE staff_historicalworkrequest SET state = 'sent' WHERE state = 'withdrawn'"]


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0017_working_calendar'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='workrequest',
            name='answered_request_has_its_moment',
        ),
        migrations.RemoveConstraint(
            model_name='workrequest',
            name='taken_request_has_an_owner',
        ),
        migrations.RunSQL(migrations.RunSQL.noop, BACK),
        migrations.AddField(
            model_name='historicalworkrequest',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=300, verbose_name='reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='workrequest',
            name='withdrawn_because',
            field=models.CharField(blank=True, max_length=300, verbose_name='reason of the withdrawal'),
        ),
        migrations.AlterField(
            model_name='historicalworkrequest',
            name='state',
            field=models.CharField(choices=[('sent', 'to be answered'), ('accepted', 'accepted'), ('declined', 'declined'), ('in_work', 'in work'), ('delivered', 'delivered'), ('rated', 'rated'), ('closed', 'closed'), ('withdrawn', 'withdrawn')], default='sent', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='workrequest',
            name='state',
            field=models.CharField(choices=[('sent', 'to be answered'), ('accepted', 'accepted'), ('declined', 'declined'), ('in_work', 'in work'), ('delivered', 'delivered'), ('rated', 'rated'), ('closed', 'closed'), ('withdrawn', 'withdrawn')], default='sent', max_length=10, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='workrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state__in', ('sent', 'withdrawn'))), models.Q(models.Q(('state__in', ('sent', 'withdrawn')), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_request_has_its_moment'),
        ),
        migrations.AddConstraint(
            model_name='workrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'withdrawn', 'declined']), ('owner__isnull', False), _connector='OR'), name='taken_request_has_an_owner'),
        ),
        migrations.AddConstraint(
            model_name='workrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='withdrawn_request_has_a_reason'),
        ),
    ]
