"""What every test can rely on: servers of the run's own, a database cloned from a migrated one, a cache of its own."""
import gc
import re
import time

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TestCase, TransactionTestCase
from django.utils import translation

from config.embedded import places, throwaway, translations
from config.stack import roomy
from tests import clock, demo_ahead

pytest_plugins = ["tests.cast", "tests.standing", "tests.shared_demo"]
ROW = re.compile(r"[A-Z]{3}-\d{2,3}")
BOTH = {"default", "reports"}
TRIES, TRY_AGAIN = 20, .5  # at emptying the cache
GARBAGE = 50_000  # new objects between two looks for garbage


def pytest_configure(config):
    """In the first process of a run that spreads over several, start the servers before the others need them."""
    keep_away_from_midnight(config)
    if hasattr(config, "workerinput"):
        return
    translations.compile_catalogues()
    if getattr(config.option, "numprocesses", None) and not config.option.collectonly:
        servers_of(config)
        if config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword:
            config.hallkeeper_demo = demo_ahead.start()


def keep_away_from_midnight(config):
    """Let it be forenoon in the halls at night; in the faults whole processes run by the machine's own clock."""
    if not any("faults" in str(place) for place in config.args):
        config.hallkeeper_day = clock.forenoon()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Run each test with room on the stack, as requests and tasks run (config/stack.py)."""
    return roomy(item.config.pluginmanager.get_plugin("runner").pytest_runtest_protocol)(item=item, nextitem=nextitem)


def pytest_unconfigure(config):
    """Leave nothing behind."""
    if day := getattr(config, "hallkeeper_day", None):
        day.stop()
    if demo := getattr(config, "hallkeeper_demo", None):
        demo.kill()
        demo.wait()
    servers = getattr(config, "hallkeeper_servers", None)
    if servers is not None:
        servers.stop()


def servers_of(config):
    """The servers of this run, started when the first test asks; None in a worker, whose controller holds them."""
    if hasattr(config, "workerinput"):
        return None
    if not hasattr(config, "hallkeeper_servers"):
        config.hallkeeper_servers = throwaway.Throwaway(places.current())
        config.hallkeeper_servers.start()
    return config.hallkeeper_servers


def in_order(items):
    """The order in which several processes are done soonest: tests of browsers, which mostly wait, begin at once in one process and halfway in another;
    tests that look at the demo, which takes a while to make, come late; many short ones come last, so that no process waits for another."""
    browser, demo, others = [], [], []
    for item in items:
        kind = browser if "browser" in item.path.parts else demo if "demo_company" in item.fixturenames else others
        kind.append(item)
    half, middle, late = len(browser) // 2, len(others) // 2, len(others) * 3 // 4
    return browser[:half] + others[:middle] + browser[half:] + others[middle:late] + demo + others[late:]


def pytest_collection_modifyitems(items):
    """A test names at most three rows of the requirements, each written as the requirements write it."""
    items[:] = in_order(items)
    for item in items:
        rows = [row for mark in item.iter_markers("req") for row in mark.args]
        if len(rows) > 3 or not all(ROW.fullmatch(row) for row in rows):
            raise pytest.UsageError(f"{item.nodeid}: @pytest.mark.req names one to three rows such as 'REC-02', not {rows}.")
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish():
    """Let the garbage collector look no more at what was loaded, which stays, and more seldom at what the tests make: a tenth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """A database of this process's own; the alias for reports is the very same connection, so that it sees what a test wrote."""
    from tests.standing import company  # when Django is ready

    servers_of(request.config)
    TransactionTestCase.databases = TestCase.databases = BOTH
    TransactionTestCase._fixture_teardown = start_anew
    name = settings.DATABASES["default"]["TEST"]["NAME"]
    with django_db_blocker.unblock():
        throwaway.clone(places.current(), name)
        for alias in BOTH:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = settings.DATABASES[alias]["NAME"] = name
        connections["reports"] = connections["default"]
        company.blocker = django_db_blocker
        yield
        company.take_down()
        connections["default"].close()


def start_anew(test_case):
    """After a test with real commits the database is cloned anew: quicker than emptying its tables, and with the rows of migrations."""
    for connection in connections.all(initialized_only=True):
        connection.close()
    throwaway.clone(places.current(), settings.DATABASES["default"]["NAME"])


@pytest.fixture(autouse=True)
def empty_cache(request):
    """No test sees what another left in the cache. It is emptied before a test and not after it: a browser that closes tells so, and the
    server may write once more under ids that the next database has too. A busy machine may need several tries."""
    if "_django_db_helper" in request.fixturenames or "django_db_setup" in request.fixturenames:
        tries = (cache.clear() or time.sleep(TRY_AGAIN) for _try in range(TRIES))
        assert any(tries), "The cache could not be emptied."
    yield


@pytest.fixture
def as_application(db):
    """Makes the rest of the test's statements run with the rights of the application's role."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {places.APPLICATION}")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.fixture(autouse=True)
def english():
    """Every test starts in English: a page asked for in another language leaves it active in the test's thread."""
    translation.activate("en")
    yield
    translation.activate("en")
