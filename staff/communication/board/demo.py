"""A year of the demo's board: entries of windows and departments, each read by a part of the house; some people follow topics."""
import datetime
from pathlib import Path

import yaml
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from staff.communication.board import states
from staff.communication.board.models import BoardEntry, BoardMark, BoardTopic
from staff.organisation.models import Posting

DATA = Path(__file__).resolve().parents[1] / "data" / "board.yaml"
FOLLOWERS = {"needs": ("designer", "department", "orders", "manager"), "progress": ("manager", "manager2", "sales", "general", "reception"),
             "market": ("department", "manager", "research", "sales")}


def load(world):
    """Entries, read marks, followed topics."""
    places = {row.employee_id: row for row in Posting.objects.on(world.today).select_related("department", "hall")}
    entries = [posted(world, facts, places) for facts in yaml.safe_load(DATA.read_text(encoding="utf-8"))]
    bulk_create_with_history(entries, BoardEntry, default_change_reason="demo data")
    people = [person for name, person in sorted(world.people.items()) if not name.startswith(("admin", "auditor"))]
    BoardMark.objects.bulk_create(mark for entry in entries for mark in read(world, entry, people))
    BoardTopic.objects.bulk_create(BoardTopic(employee=world.people[name], topic=topic, since=world.now - datetime.timedelta(days=200))
                                   for topic, names in FOLLOWERS.items() for name in names)


def posted(world, facts, places):
    """One entry as its line of the file says."""
    author = world.people[facts["by"]]
    at = timezone.make_aware(datetime.datetime.combine(world.today - datetime.timedelta(days=facts["ago"]), datetime.time(9, world.random.randint(0, 50))))
    entry = BoardEntry(author=author, topic=facts["topic"], title=facts["title"], text=facts["text"], posted_at=min(at, world.now),
                       department=places[author.pk].department, hall=places[author.pk].hall, reason=facts.get("down", ""),
                       state=states.TAKEN_DOWN if "down" in facts else states.POSTED)
    entry._history_date = entry.posted_at
    return entry


def read(world, entry, people):
    """The marks of an entry: the older it is, the more people have read it."""
    share = min(.75, .12 + (world.now - entry.posted_at) / datetime.timedelta(days=40) * .6)
    for person in people:
        if person.pk != entry.author_id and world.random.random() < share:
            at = entry.posted_at + datetime.timedelta(hours=world.random.randint(1, 70))
            if at < world.now:
                yield BoardMark(entry=entry, employee=person, read_at=at)
