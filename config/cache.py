"""The cache of an installation with Redis, which is where wrong passwords are counted.

While Redis is gone each process counts by itself and the log says so: signing in goes on, and a throttle that
loses its memory becomes looser by the number of processes, never open.
"""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
# One page asks several times, and each question to a silent server costs its whole timeout.
REST = 5.0
VERBS = (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
)


class SteadyRedisCache(RedisCache):
    rest_until = 0.0  # of the process: Django makes an instance for each thread

    def __init__(self, server, params):
        super().__init__(server, params)
        self.own = LocMemCache("while-redis-is-gone", {})

    def _ask(self, verb, *args, **kwargs):
        if time.monotonic() >= SteadyRedisCache.rest_until:
            try:
                return getattr(super(), verb)(*args, **kwargs)
            except RedisError as error:
                SteadyRedisCache.rest_until = time.monotonic() + REST
                log.warning("Redis is gone (%s): this process counts by itself", type(error).__name__)
        return getattr(self.own, verb)(*args, **kwargs)


def _either(verb):
    def method(self, *args, **kwargs):
        return self._ask(verb, *args, **kwargs)

    return method


for _verb in VERBS:
    setattr(SteadyRedisCache, _verb, _either(_verb))
