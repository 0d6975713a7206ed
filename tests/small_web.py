"""A web in this process: a server on this machine plays hosts of the public internet, names and clocks included."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2
import pytest

from communique.model import SourceError, UsageError
from communique.sources.web import fetch

PUBLIC = "93.184.215.14"
"""An address of the public internet; connections to it end at the server of the test."""


@dataclass
class Answer:
    """What the server sends for a path; ``steps`` are sent one by one as they are."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    steps: Iterator[bytes] | None = None


@dataclass
class Asked:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]

    @property
    def host(self) -> str:
        return self.headers["host"]


class SmallWeb:
    """Pages by path, or by host and path; what was asked for, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[Asked], Answer]] = {}
        self.asked: list[Asked] = []
        self.connected: list[str] = []
        self.names: dict[str, list[str]] = {}
        self.port = 0

    def page(self, path: str, body: bytes | str = b"", **given: Any) -> None:
        """Lay a page at a path (``/a``) or at a host's path (``a.example/a``)."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(data, given.pop("status", 200), given.pop("headers", {}), given.pop("steps", None))

    def at(self, path: str) -> str:
        """The address of the server itself, which is no public one."""
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        found = self.pages.get(asked.host.split(":")[0] + asked.path) or self.pages.get(asked.path)
        if callable(found):
            return found(asked)
        return found or Answer(b"not here", 404)


@contextmanager
def serving(web: SmallWeb, context: ssl.SSLContext | None = None) -> Iterator[None]:
    """Runs the server of a web on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            answer = web.answer(asked)
            if answer.steps is not None:
                self.close_connection = True
                for step in answer.steps:
                    try:
                        self.wfile.write(step)
                    except OSError:
                        break
                return
            self.send_response(answer.status)
            for name, value in ({"Content-Length": str(len(answer.body))} | answer.headers).items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass  # a client that hangs up early is what several tests are about

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def reroute(web: SmallWeb, patch: pytest.MonkeyPatch) -> None:
    """Lets every name that ``web.names`` does not know have one public address, and lets that end at the server."""
    plain, look_up = httpcore2.SyncBackend.connect_tcp, socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *given: Any, **options: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if ":" in name or (name.replace(".", "").removeprefix("0x").isalnum() and name[0].isdigit()):
            return look_up(name, port, *given, **options)
        addresses = web.names.get(name, [PUBLIC])
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    def connect(self: Any, host: str, port: int, *given: Any, **options: Any) -> Any:
        web.connected.append(host)
        if host == PUBLIC:
            return plain(self, "127.0.0.1", web.port, *given, **options)
        return plain(self, host, port, *given, **options)

    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    patch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)


def zipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def refused(url: str, **given: object) -> str:
    """The sentence with which a page is refused."""
    with pytest.raises((SourceError, UsageError)) as failure:
        fetch(url, **given)  # type: ignore[arg-type]
    message = str(failure.value)
    assert message.startswith(url[:200])
    assert message.endswith(".")
    assert "\n" not in message
    return message
