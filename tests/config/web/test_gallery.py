"""The pictures of the pages: the command's table follows the table of addresses."""
import pytest

from config.management.commands.gallery import BY_NAME, PICTURES, named
from staff.organisation.demo import people
from tests.addresses import addresses

PIECES = {"broken_promises", "log_in_again", "side", "desk_queue", "my_visits", "sound_allowed", "suggest_people", "logout",
          "second_factor", "set_up_second_factor"}
"""Parts of another page, and the steps of signing in that a demo leaves out."""


def shown():
    """The addresses that show a page, by their names."""
    return {address.name: address for address in addresses()
            if address.page and hasattr(address.page, "get") and "get" in address.page.http_method_names}


def test_the_pictures_name_pages_that_are_there_and_each_once():
    names = [picture.name for picture in PICTURES]
    assert sorted(names) == sorted(set(names))
    assert set(names) <= set(shown())


def test_every_page_without_keys_has_its_picture():
    assert {name for name, address in shown().items() if not address.keys} - PIECES <= set(BY_NAME)


def test_a_page_with_keys_says_where_its_link_stands():
    for picture in PICTURES:
        assert bool(picture.at) == bool(shown()[picture.name].keys), picture
        assert not picture.at or picture.at in BY_NAME


def test_the_people_in_the_table_are_people_of_the_demo():
    names = {row[0] for row in people()}
    assert {picture.user for picture in PICTURES} - {""} <= names


@pytest.mark.parametrize(("link", "name"), [("/reception/visits/12/?from=board", "visit"), ("/reception/visits/", "visits"), ("/nowhere/", None)])
def test_a_link_is_known_by_the_name_of_its_page(link, name):
    assert named(link) == name
