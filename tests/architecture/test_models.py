"""What every model keeps: a history, the rows that may not change, its migrations, its place in the register of personal data."""
import io

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from simple_history.utils import get_history_manager_for_model

from config.accounts.models import AccessEvent
from config.contributions.personal import FIELDS
from config.embedded import places
from reception.customers.models import Communication
from tests.architecture.models import our_models
from tests.schema import rows, schema

WITHOUT_HISTORY = {  # and why
    "config.Act": "what an act wrote, by the history of the rows; gone after two days",
    "config.ApiToken": "its making, each day of use and its end are rows of the access log",
    "config.AccessEvent": "rows of a log, append-only",
    "config.Attachment": "written once; the file it names is never changed",
    "config.BulkRun": "the record of an act; each row it changed has its history",
    "config.Erasure": "the proof of an erasure, append-only",
    "config.FileToRemove": "a file that still has to go",
    "config.LegalHold": "names who set and released it, when and why; a new hold is a new row",
    "config.Draft": "half-typed text, gone with the sending",
    "config.Job": "a work's own progress; what it changes has its history",
    "config.JobFile": "part of a work",
    "config.LoginAttempt": "counted, then swept",
    "config.Message": "the outbox: each row is one message's own story",
    "config.OneOff": "a key that was used",
    "config.Preference": "how one person likes the pages",
    "config.RecoveryRelease": "a row of a log",
    "config.SavedView": "how people look at a list",
    "config.Series": "a counter",
    "complaints.ComplaintDay": "counted anew from the complaints, whose history tells it",
    "complaints.ComplaintDeadline": "both values of a limit that moved, written once",
    "complaints.ComplaintEntry": "names person and moment; written once",
    "complaints.ComplaintFact": "counted anew from the complaints, whose history tells it",
    "facilities.IncidentEntry": "names person and moment; written once",
    "facilities.IncidentThing": "written once with its incident",
    "facilities.RoundItem": "a tick names person and time; the round has its history",
    "performance.MissedObligation": "a line of the report, made once with its improvement item, which has its history",
    "reception.FollowUpTry": "rows of a log, append-only",
    "staff.ArchiveFile": "written once, never changed, by trigger",
    "staff.ConfidentialityAgreement": "written once as it was signed, never changed",
    "staff.ArchiveOpening": "rows of a log, append-only",
    "staff.Duty": "its own story: who did it when, or why not",
    "staff.BoardMark": "names person and moment; made once",
    "staff.BoardTopic": "what somebody follows",
    "staff.NoticeReader": "names person and moments; confirmed once",
    "staff.SheetReading": "names person and moments; confirmed once",
    "staff.ShiftHandover": "written by the giver and signed once by the taker; a trigger lets nothing else change",
    "staff.ScheduleMark": "how far the clock came",
    "staff.ScheduleRun": "rows of a log, append-only",
    "staff.StocktakingLine": "names person and time; the stocktaking has its history",
    "staff.Notification": "what one person was told; read or not",
    "staff.NotificationChoice": "how one person likes to be told",
    "staff.NotificationSettings": "where and when one person is written to",
    "staff.ReadingConfirmation": "written once, never changed",
    "staff.OpeningHours": "written anew as a whole with the hall, whose history tells it",
    "reception.Communication": "never changed, by trigger; a correction is a new row",
    "reception.FileCheck": "worked out from the file, whose history tells it",
    "reception.CustomerHall": "which halls know a file: only ever added, or moved by a merge that is a record itself",
    "reception.CustomerKey": "search keys, worked out from the name",
    "reception.CustomerMerge": "the record of an act",
    "reception.Disclosure": "never changed, by trigger",
    "reception.DuplicatePair": "worked out again; the decision on it names person and time",
    "reception.ImportedRow": "the record of an import",
    "reception.Involvement": "begun and ended with its visit, whose history tells it",
    "reception.KioskNotice": "written once; a changed notice is a new row",
    "reception.TicketCounter": "a counter",
    "reception.VisitEvent": "rows of a log, append-only",
}
PERSONAL = {"reception.Customer", "reception.ContactPoint", "reception.Communication", "reception.Consent", "reception.Visit", "reception.Appointment",
            "staff.Employee", "config.User"}


def test_every_business_model_keeps_its_history_or_stands_in_the_list():
    without = {model._meta.label for model in our_models() if not hasattr(model, "history")}
    assert without == set(WITHOUT_HISTORY)


def test_every_history_says_who_when_and_why():
    for model in our_models():
        if hasattr(model, "history"):
            names = {field.name for field in get_history_manager_for_model(model).model._meta.get_fields()}
            assert {"history_user", "history_date", "history_change_reason"} <= names, model._meta.label


def test_every_model_with_a_visible_to_asks_the_rights_of_the_viewer(cast):
    """Somebody without any right over it sees nothing; the general manager, who reads all of it, sees the row."""
    visit = cast.visit_for(customer=cast.customer_for())
    for record, manager in ((visit, "visits"), (visit.customer, "customers")):
        everything = type(record).objects
        assert not everything.visible_to(cast.user("trainee")).filter(pk=record.pk).exists(), manager
        assert everything.visible_to(cast.user("general")).filter(pk=record.pk).exists(), manager


def test_models_that_hold_a_person_stand_in_the_register_of_personal_data():
    assert {member.key for member in FIELDS.all()} >= PERSONAL


def test_operating_records_name_their_hall():
    """Each row of the desk's work names a hall, or belongs to one that does (its visit, customer, template or import)."""
    roots = {"reception.Purpose", "reception.Source", "reception.ReceptionTemplate", "reception.FileTemplate",  # the company's
             "reception.Customer"}  # known in halls

    def reaches_a_hall(model, seen=()):
        fields = [field for field in model._meta.fields if field.related_model]
        return (model._meta.label in roots or any(field.name in {"hall", "hall_id"} for field in model._meta.fields)
                or any(reaches_a_hall(field.related_model, (*seen, model)) for field in fields
                       if field.related_model not in (*seen, model) and field.related_model._meta.app_label == "reception"))

    assert not [model._meta.label for model in our_models() if model._meta.app_label == "reception" and not reaches_a_hall(model)]


def test_no_migration_is_missing(db):
    told = io.StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told, stderr=told)
    except SystemExit as end:
        pytest.fail(f"makemigrations would write something (exit {end.code}).\n{told.getvalue()}")


def test_migrations_are_named_by_their_purpose(db):
    executor = MigrationExecutor(connection)
    assert not [name for app, name in executor.loader.disk_migrations if app in ("config", *settings.CHAPTERS) and "auto" in name]


@pytest.mark.slow
def test_the_newest_migrations_go_back_and_forward_again_on_a_company_at_work(transactional_db, now):
    """Of every chapter its newest one; all of them, back to nothing, are gone through with the fault tests."""
    from tests.cast import build

    cast = build(now)
    cast.visit_for(customer=cast.customer_for(owner="sales"), adviser="sales", state="in_service")
    columns, before = schema(), rows()
    MigrationExecutor(connection).migrate(newest_but_one())  # all at once: the state of the models is drawn once
    older = rows()
    assert schema() != columns and older == {table: before[table] for table in older}
    again = MigrationExecutor(connection)
    again.migrate(again.loader.graph.leaf_nodes())
    assert (schema(), {table: count for table, count in rows().items() if table in older}) == (columns, older)


def newest_but_one():
    """The state before the newest migration of each chapter that has several, and before what stands upon it, where no chapter stands upon it from its
    first one on: drawing the models anew for each of its dozens of steps takes minutes."""
    graph, undone = MigrationExecutor(connection).loader.graph, set()
    names = {app: sorted(name for label, name in graph.nodes if label == app) for app in ("config", *settings.CHAPTERS)}
    for app, known in names.items():
        plan = graph.backwards_plan((app, known[-1]))
        undone.update(plan if not any(name.startswith("0001_") for _app, name in plan) else ())
    assert undone
    first = {app: min(name for label, name in undone if label == app) for app, _name in undone}
    return [(app, names[app][names[app].index(name) - 1]) for app, name in first.items()]


@pytest.mark.parametrize("statement", ["UPDATE config_accessevent SET act = 'view'", "DELETE FROM config_accessevent",
                                       "UPDATE reception_communication SET topic = 'x'", "DELETE FROM reception_communication"])
def test_rows_that_are_evidence_are_only_ever_added(cast, statement):
    customer = cast.customer_for()
    cast.looked_at("reception", "customer", customer)
    Communication.objects.create(customer=customer, hall=cast.hall, at=cast.now, method="phone", topic="Opening hours",
                                 entered_by=cast.users["reception"], entered_at=cast.now)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {places.APPLICATION}")
        cursor.execute(statement)
    assert (AccessEvent.objects.get().act, Communication.objects.get().topic) == ("view", "Opening hours")


@pytest.mark.parametrize(("one", "other"), [("张伟明", "张伟"), ("曾志强", "志强"), ("歐陽娜娜", "歐陽")])
def test_the_database_finds_parts_of_chinese_names(db, one, other):
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity(%s, %s)", [one, other])
        assert cursor.fetchone()[0] > 0


def test_nothing_points_by_foreign_key_at_rows_that_will_be_partitioned():
    logs = {"config.AccessEvent", "reception.VisitEvent"}
    pointing = [field for model in apps.get_models() for field in model._meta.fields
                if isinstance(field, models.ForeignKey) and field.related_model._meta.label in logs]
    assert not pointing
