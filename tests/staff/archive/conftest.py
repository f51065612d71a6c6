"""Files on a disk of the test's own, and what tests of the archive share."""
import pytest

from config.accounts.actor import Actor
from config.web.models import private_storage
from staff.archive import services


@pytest.fixture(autouse=True)
def shelf(tmp_path, monkeypatch):
    """The archive keeps its files in a folder of this test."""
    monkeypatch.setattr(private_storage(), "_location", str(tmp_path))
    private_storage().__dict__.pop("base_location", None)
    private_storage().__dict__.pop("location", None)
    yield tmp_path
    private_storage().__dict__.pop("base_location", None)
    private_storage().__dict__.pop("location", None)


@pytest.fixture
def paper(cast):
    """`paper(cabinet="A", hall=…)`: something filed at the desk of the first hall."""
    def file(by="reception", **facts):
        facts = {"kind": "business", "title": "Order of Mr Li", "day": cast.today, "hall": cast.hall, "now": cast.now, "cabinet": "A", "shelf": "2"} | facts
        return services.file(Actor(cast.users[by]), **facts)
    return file


@pytest.fixture
def scan(paper):
    """`scan()`: the same, kept as a file."""
    def file(text="What was agreed", **facts):
        return paper(cabinet="", shelf="", files=[services.kept_text("agreement.txt", text)], **facts)
    return file
