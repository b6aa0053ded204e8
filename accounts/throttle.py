"""How often one address may do something that needs no account. Counts in the cache, and keeps no address."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache


def wait(request, what: str, *, sends: int, seconds: int) -> int:
    """Counts this one; the seconds to wait when the address has used up its `sends` of this window, else 0."""
    window, into = divmod(int(time.time()), seconds)
    address = get_adapter().get_client_ip(request)
    key = f"{what}:{window}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    cache.add(key, 0, timeout=seconds)
    return 0 if cache.incr(key) <= sends else seconds - into
