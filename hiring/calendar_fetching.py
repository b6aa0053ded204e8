"""Fetching a calendar from an address that somebody typed: only from the open internet, never from inside.

The name is looked up once, every address it has must be public, and the connection goes to the one that was looked
at; a redirect begins anew. No Django, no file; nothing here knows whose calendar it is.
"""

import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

MAX_BYTES = 5_000_000
SECONDS = 20  # for everything, redirects too
MOST_REDIRECTS = 3
LONGEST = 2_000
HTTPS = 443
REDIRECTS = {301, 302, 303, 307, 308}
NOT_CHANGED, PASSWORD, GONE = 304, {401, 403, 407}, {404, 410}
OPEN_V6 = ipaddress.ip_network("2000::/3")  # all that is given out of the open internet (RFC 4291)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unread(Exception):
    """`code` names a sentence in calendar_reading.SENTENCES."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Target:
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{name}{'' if self.port == HTTPS else f':{self.port}'}{self.path}"


@dataclass(frozen=True)
class Answer:
    """`body` is None when the calendar is the one we know."""

    body: bytes | None
    etag: str = ""


# -- which addresses


def target(address: str) -> Target:
    """What an https or webcal address means. Raises Unread for anything else, and for what is plainly inside."""
    address = address.strip()
    if len(address) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in address):
        raise Unread("address")
    try:
        parts = urlsplit(address)
        host, port = _host(parts.hostname or ""), parts.port or HTTPS
    except ValueError:  # a port or a bracket that is none; a name that no host can have
        raise Unread("address") from None
    if parts.scheme not in {"https", "webcal", "webcals"}:
        raise Unread("https")
    if parts.username is not None:
        raise Unread("password_inside")
    if _is_inside(host, port):
        raise Unread("private")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(host, port, f"{path}?{query}" if query else path)


def _host(name: str) -> str:
    """As it is looked up. Raises ValueError for what is no name."""
    host = name.rstrip(".")
    if ":" not in host:
        host = host.encode("idna").decode("ascii").lower()
    if not re.fullmatch(r"[a-z0-9.:_-]+", host):  # folding an odd letter may leave a blank in it
        raise ValueError("no host")
    return host


def _is_inside(host: str, port: int) -> bool:
    """What needs no look-up to see: names of this computer, addresses that are not public, doors of other services."""
    if port != HTTPS and port < 1024:
        return True
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal", ".home.arpa"))


def is_public(address: str) -> bool:
    """Of the open internet, also where it stands for another address. Raises ValueError for what is no address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if found.version == 4:
        return found.is_global and not found.is_multicast
    if (inner := found.ipv4_mapped or _translated(found)) is not None:
        return is_public(str(inner))
    through = found.sixtofour
    return (
        found in OPEN_V6
        and found.is_global
        and not found.is_multicast
        and (through is None or is_public(str(through)))
    )


def _translated(found):
    return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in NAT64 else None


def looked_up(host: str, port: int) -> list[str]:
    """Every address the name has."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(row[4][0] for row in rows))


@dataclass(frozen=True)
class Way:
    """How one gets out. Tests have a network of their own."""

    look_up: Callable[[str, int], list[str]] = looked_up
    allowed: Callable[[str], bool] = is_public
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def addresses(self, aim: Target) -> list[str]:
        """Raises Unread unless every address of the name may be asked."""
        try:
            found = self.look_up(aim.host, aim.port)
        except (OSError, UnicodeError):
            raise Unread("no_host") from None
        if not found:
            raise Unread("no_host")
        if not all(self.allowed(address) for address in found):
            raise Unread("private")
        return found


# -- asking


class Pinned(http.client.HTTPSConnection):
    """Connects to the addresses that were looked at, whatever the name means by now."""

    def __init__(self, aim: Target, addresses: list[str], context: ssl.SSLContext, seconds: float):
        super().__init__(aim.host, aim.port, timeout=max(seconds, 0.1), context=context)
        self.addresses = addresses
        self.context = context
        self.held = None  # `sock` is gone as soon as the answer alone reads on

    def connect(self):
        plain = self._reached()
        self.sock = self.context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.held = self.sock
        self.sock.do_handshake()

    def _reached(self):
        for address in self.addresses[:-1]:
            try:
                return socket.create_connection((address, self.port), self.timeout / 4)
            except OSError:
                continue
        return socket.create_connection((self.addresses[-1], self.port), self.timeout)

    def cut(self) -> None:
        """From another thread: whoever reads or writes stops at once."""
        if self.held is not None:
            with contextlib.suppress(OSError):
                # The plain one's: the other would take its own reader's feet away.
                socket.socket.shutdown(self.held, socket.SHUT_RDWR)


def fetch(address: str, *, etag: str = "", way: Way | None = None, seconds: float = SECONDS) -> Answer:
    """The calendar at this address, or that it is still the one of `etag`. Raises Unread."""
    way, until = way or Way(), time.monotonic() + seconds
    aim = target(address)
    for _hop in range(MOST_REDIRECTS + 1):
        found = _ask(aim, etag, way, until)
        if isinstance(found, Answer):
            return found
        aim = target(urljoin(aim.address, found))
    raise Unread("redirects")


def _ask(aim: Target, etag: str, way: Way, until: float) -> Answer | str:
    """The answer, or where it lies now."""
    addresses = way.addresses(aim)
    left = until - time.monotonic()
    connection = Pinned(aim, addresses, way.context, left)
    watch = threading.Timer(max(left, 0), connection.cut)
    watch.daemon = True
    watch.start()
    try:
        with contextlib.closing(_response(connection, aim, etag)) as response:
            return _told(response, until)
    except (OSError, http.client.HTTPException, ValueError) as exc:
        raise Unread(_why(exc, until)) from None
    finally:
        watch.cancel()
        connection.close()


def _why(exc: Exception, until: float) -> str:
    if time.monotonic() >= until or isinstance(exc, TimeoutError):
        return "slow"
    return "certificate" if isinstance(exc, ssl.SSLCertVerificationError) else "unreachable"


def _response(connection, aim, etag):
    headers = {"User-Agent": "Firsthire", "Accept": "text/calendar, */*;q=0.5", "Accept-Encoding": "identity"}
    if etag:
        headers["If-None-Match"] = etag
    connection.request("GET", aim.path, headers=headers)
    return connection.getresponse()


def _told(response, until: float) -> Answer | str:
    status = response.status
    if status == NOT_CHANGED:
        return Answer(None)
    if status in REDIRECTS and (where := response.getheader("Location")):
        return where
    if status in PASSWORD:
        raise Unread("password")
    if status in GONE:
        raise Unread("gone")
    if status != http.client.OK:
        raise Unread("trouble")
    etag = response.getheader("ETag", "")
    sound = len(etag) <= 200 and etag.isascii() and etag.isprintable()
    return Answer(_body(response, until), etag if sound else "")


def _body(response, until: float) -> bytes:
    """Raises Unread for more than is taken, whatever length the server claims."""
    parts, size = [], 0
    while chunk := response.read(65_536):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise Unread("large")
        if time.monotonic() >= until:
            raise Unread("slow")
    if time.monotonic() >= until:  # cut, which may look like the end
        raise Unread("slow")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)
