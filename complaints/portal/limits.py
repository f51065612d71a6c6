"""How often a stranger may write, look and guess: (acts, seconds). What the cache counts is forgotten with it (config/web/limits.py)."""
from config.accounts import throttle
from config.web.limits import used_up

COMPLAINTS = (10, 3600)  # an address: a hall's guests share one
ALL_COMPLAINTS = (300, 3600)  # everybody together
TRIES = (20, 600)  # code and digits, an address
TRIES_A_CODE = (6, 600)  # the digits of one code, whoever tries
WRONG_KEYS = (30, 600)  # made-up links, an address
ACTS = (20, 3600)  # words, files and answers to one complaint
URGE_AGAIN = 24  # hours


def network(request):
    """Where a request comes from, as a digest."""
    return throttle.network_key(request.META.get("REMOTE_ADDR", ""))


def is_over(what, key, most):
    """Count one act; True once it is too much."""
    limit, seconds = most
    return used_up(f"complaint-{what}", key, limit=limit, seconds=seconds)
