"""A real HTTPS server on this computer that says what a test tells it, and the way that leads there."""

import datetime
import ipaddress
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hiring.calendar_fetching import Way, is_public

NAME = "calendar.example"
HERE = "127.0.0.2"  # stands for the open internet; 127.0.0.1 stays what it is


def certificate(folder, name=NAME):
    """The paths of a certificate for `name` that signs itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, plain)
    )
    return paths


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.say(self)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    """`say(handler)` answers; `asked` are (path, headers) of every question."""

    daemon_threads = True

    def __init__(self, folder, host=HERE):
        super().__init__((host, 0), Handler)
        cert, key = certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.trusted = ssl.create_default_context(cafile=str(cert))
        self.asked, self.say = [], answer(b"")
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that cuts the line is what some tests are about."""

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, path="/mine.ics", host=NAME) -> str:
        return f"https://{host}:{self.port}{path}"

    def way(self, **changes) -> Way:
        """Where every name means this server, and it alone counts as public beside what is."""
        values = {
            "look_up": lambda host, port: [host if host[0].isdigit() else HERE],
            "allowed": lambda address: address == HERE or is_public(address),
            "context": self.trusted,
        }
        return Way(**(values | changes))

    def stop(self):
        self.shutdown()
        self.server_close()


# -- answers


def answer(body, *, status=200, **headers):
    def say(handler):
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return say


def redirect(where, status=302):
    return answer(b"", status=status, Location=where)


def endless(chunk=b"x" * 65_536):
    """Without a length, until the other side has enough."""

    def say(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(chunk)

    return say


def drop_by_drop(seconds, *, headers=False):
    """A byte now and then: never so long a silence that a timeout of one reading would end it."""

    def say(handler):
        if not headers:
            handler.send_response(200)
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(int(seconds / 0.1)):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    return say
