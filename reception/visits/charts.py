"""The picture of a month: one bar a day, drawn on the server, each bar a link to the visits behind it."""
from datetime import timedelta

from django.urls import reverse

WIDTH, HEIGHT, FOOT = 36, 200, 22  # of one day, of a full bar, of the line of days below; in units of the drawing


def shares(days, first, following, hall):
    """The share of greetings in time by day, from [(day, greeted, in time)]; days without visitors keep their place, empty.

    `hall` None leaves the links away, for people who see figures and no visits.
    """
    known = {day: (total, good) for day, total, good in days}
    bars = []
    for index in range((following - first).days):
        day = first + timedelta(days=index)
        total, good = known.get(day, (0, 0))
        share = 100 * good / total if total else None
        height = round(HEIGHT * share / 100, 1) if share is not None else 0
        address = f"{reverse('visits')}?since={day.isoformat()}&until={day.isoformat()}&hall={hall.pk}" if hall and total else ""
        bars.append({"day": day, "total": total, "good": good, "share": None if share is None else round(share), "x": index * WIDTH + 5,
                     "y": HEIGHT - height, "width": WIDTH - 10, "height": height, "label_x": index * WIDTH + WIDTH / 2,
                     "label_y": HEIGHT + FOOT - 4, "labelled": day.day == 1 or day.day % 5 == 0, "url": address,
                     "value_y": HEIGHT - height - 6, "lowest": False})
    mark_lowest(bars)
    lines = [{"y": HEIGHT * (100 - share) / 100, "text_y": HEIGHT * (100 - share) / 100 - 4, "share": share} for share in (100, 50)]
    return {"bars": bars, "lines": lines, "width": len(bars) * WIDTH, "scale": len(bars) * WIDTH + 46, "height": HEIGHT + FOOT, "base": HEIGHT}


def mark_lowest(bars):
    """Name the one day with the smallest share; none when several share it or only one day has visitors."""
    told = sorted((bar for bar in bars if bar["total"]), key=lambda bar: bar["good"] / bar["total"])
    if len(told) > 1 and told[0]["good"] / told[0]["total"] < told[1]["good"] / told[1]["total"]:
        told[0]["lowest"] = True
