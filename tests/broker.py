"""Which broker the tests with a real worker use: a server that is given, else fakeredis over TCP."""

import os
from importlib.util import find_spec

GIVEN = os.environ.get("TEST_REDIS_URL", "")


def lacking(given=GIVEN) -> str:
    """Why there is no broker, in a sentence; empty when there is one."""
    if not given:
        return "" if find_spec("fakeredis") else "No fakeredis: the worker tests are left out."
    import redis

    try:
        with redis.Redis.from_url(given, socket_connect_timeout=2) as server:
            server.ping()
    except redis.RedisError as error:
        return f"No broker at REDIS_URL ({type(error).__name__}): the worker tests are left out."
    return ""
