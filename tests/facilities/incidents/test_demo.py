"""The demo's year of incidents: each stage has one, and what a stocktaking missed has its own."""
from facilities.incidents import services, states
from facilities.incidents.models import Incident
from staff.archive.models import ArchiveItem
from staff.duties.models import Duty


def test_the_demo_has_an_incident_of_each_stage_with_its_papers_and_duties(demo_company):
    rows = {row.state: row for row in Incident.objects.all()}
    assert set(rows) == {states.REPORTED, states.RESPONDING, states.ENDED, states.FILED, states.FALSE_ALARM}
    missing = Incident.objects.get(kind="archive")
    assert missing.things.exists() and missing.source_kind == "stocktaking" and missing.measures.exists() and missing.entries.exists()
    filed = Incident.objects.filter(state=states.FILED)
    assert ArchiveItem.objects.filter(kind="emergency", subject_kind=services.KIND).count() == filed.count() >= 3
    assert not [row for row in filed if not row.measures.exists()] and len({row.number for row in Incident.objects.all()}) == Incident.objects.count()
    assert Duty.objects.filter(schedule=services.CONFIRM, state="open").count() == 1
