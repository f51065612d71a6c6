"""Changes of parameters as two people make them."""
import pytest

from staff.regulation.parameters import kinds, services


def everything(key, value):
    """{key: value} of all that change together with `key`, each as it was delivered but `key` itself."""
    return {one: kinds.of(one)["default"] for one in kinds.together(key)} | {key: value}


@pytest.fixture
def ask(cast):
    """`ask(key, value, hall=…)`: HR asks for another value, from today on."""
    def asked(key, value, *, by="hr", day=None, hall=None, position=None, now=None):
        values = dict.fromkeys(kinds.together(key)) if value is None else value if isinstance(value, dict) and key in value else everything(key, value)
        return services.ask(cast.actor(by), key, asked=values, hall=hall, position=position, valid_from=day or cast.today, reason="Decided on Monday",
                            now=now or cast.now)
    return asked


@pytest.fixture
def hold(cast, ask):
    """`hold(key, value, hall=…)`: the same, confirmed by a second person of HR."""
    return lambda key, value, **facts: services.confirm(cast.actor("hr2"), ask(key, value, **facts), now=facts.get("now") or cast.now)
