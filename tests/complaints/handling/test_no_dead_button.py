"""Whatever the page of a complaint offers to somebody, it opens for them (UX)."""
import re

import pytest
from django.urls import reverse

from complaints.handling import states
from tests.complaints.acts import led_to
from tests.more import more

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/complaints/[0-9a-z/-]+/)"')


@pytest.mark.parametrize("state", ["registered", "proposed", states.SATISFIED, *more("investigating", "implemented")])
def test_every_link_of_a_complaint_opens_for_whoever_it_is_shown_to(cast, as_role, state):
    row, opened = led_to(cast, state), 0
    for role in ("agent", "supervisor", "manager", "department", "general", "sales", "reception", "research"):
        browser = as_role(role)
        page = browser.get(reverse("complaint", args=[row.pk]))
        if page.status_code != 200:
            continue
        links = {link for link in LINK.findall(page.content.decode()) if f"/{row.pk}/" in link or "new" not in link}
        assert {link: code for link in links if (code := browser.get(link).status_code) != 200} == {}, role
        opened += len(links)
    assert opened
