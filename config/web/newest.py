"""Long lists on a page of one record: the newest first, and all of them for whoever asks."""
MOST = 50  # a page with hundreds of entries is slow to draw and slower to read


def newest(rows, request, part):
    """The newest of `rows` (which come newest first) and the address that shows all of them, "" where they are all.

    `part` names the list in the address (`?all=<part>`) and is the id of its section.
    """
    if len(rows) <= MOST or request.GET.get("all") == part:
        return rows, ""
    return rows[:MOST], f"?all={part}#{part}"
