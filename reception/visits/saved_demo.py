"""Views of the demo's list of visits: two that superiors show to their people, and one of the receptionist's own."""
from config.web.models import SavedView

ROWS = (  # person, name, query, shown to the hall or the team of the person
    ("manager", "等候与接待中（今日）", "since=today&state=queue&until=today", "hall"),
    ("supervisor", "近七天已结束", "since=today-6&sort=-arrived_at&state=closed&until=today", "team"),
    ("reception", "未处理的遗留", "left_open=on&since=today-13&until=today", ""),
)


def load(world):
    """Write them."""
    rows = []
    for who, name, query, shown in ROWS:
        posting = world.people[who].postings.order_by("-starts_on").first()
        rows.append(SavedView(owner=world.people[who].user, page="visits", name=name, query=query, created_at=world.now,
                              hall_id=posting.hall_id if shown == "hall" else None, team_id=posting.team_id if shown == "team" else None))
    SavedView.objects.bulk_create(rows)
