"""The tag `url` gives what Django's gives, for every kind of key."""
import pytest
from django.template import Context, Template
from django.template.defaulttags import URLNode
from django.urls import NoReverseMatch, reverse

from config.web import addresses
from config.web.templatetags.urls import Address

pytestmark = pytest.mark.django_db
KEYS = {"pk": 7, "large": 10_000_000_000, "word": "visit", "other": "customer", "long": "a" * 60, "odd": "a&b c", "text": "12", "none": None, "below": -1}


def drawn(source):
    """(what our tag draws, what Django's draws) with the same keys."""
    [node] = Template(source).nodelist.get_nodes_by_type(Address)
    return node.render(Context(KEYS)), URLNode(node.view_name, node.args, node.kwargs, node.asvar).render(Context(KEYS))


@pytest.mark.parametrize("asked", [
    '"desk"', '"customer" pk', '"customer" large', '"customer" text', '"customer" pk=pk', '"merge_customers" pk large', '"promises_of_record" word pk',
    '"promises_of_record" other pk', '"promises_of_record" "visit" pk', '"promises_of_record" long pk', '"indicator" word'])
def test_an_address_is_the_one_that_django_gives(asked):
    for _time in range(2):
        ours, theirs = drawn(f"{{% url {asked} %}}")
        assert ours == theirs != ""


@pytest.mark.parametrize("asked", ['"no_such_page"', '"customer" none', '"customer" below', '"customer" odd', '"desk" pk'])
def test_what_has_no_address_is_an_error_and_in_a_variable_nothing(asked):
    with pytest.raises(NoReverseMatch):
        drawn(f"{{% url {asked} %}}")
    assert Template(f"{{% url {asked} as found %}}[{{{{ found }}}}]").render(Context(KEYS)) == "[]"


def test_an_address_in_a_variable_is_the_same():
    assert Template('{% url "customer" pk as found %}[{{ found }}]').render(Context(KEYS)) == f"[{reverse('customer', args=[7])}]"


def test_records_of_one_kind_have_their_own_addresses():
    assert [addresses.of("customer", pk) for pk in (1, 2, 90)] == [reverse("customer", args=[pk]) for pk in (1, 2, 90)]
    assert addresses.of("promises_of_record", 3, "visit") == reverse("promises_of_record", args=["visit", 3])
    assert addresses.to("desk") == reverse("desk")
