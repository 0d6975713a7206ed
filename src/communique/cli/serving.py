"""``communique serve``: the ledger on screen."""

import gc
import ipaddress
import os
import secrets
import socket
from typing import Annotated

import typer

from communique.cli.deciding import name_of_analyst
from communique.cli.opening import open_ledger
from communique.cli.options import DEFAULT_LEDGER, LedgerOption
from communique.cli.output import complain, print_line
from communique.model import UsageError

TOKEN = "COMMUNIQUE_TOKEN"
SHORTEST_TOKEN = 16


def serve(
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 for any that is free.")] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A further name under which others ask for it; may be repeated."),
    ] = None,
    ledger: LedgerOption = DEFAULT_LEDGER,
) -> None:
    """Show the ledger in a browser.

    Pages for relationships, entries, documents and actors, search, and the same as JSON under /api. Where the ledger
    may be written, entries are decided on, doubtful cases reviewed and documents added there, under the name that
    whoever does so gives (COMMUNIQUE_ANALYST, or the name of the login, is proposed). On the default address only this
    machine can ask. With any other --host, or a --name under which others ask by way of another
    server, a token is needed to log in: that of the environment variable COMMUNIQUE_TOKEN, else a new one, which is
    printed. Put a server that speaks HTTPS in front of it there.
    """
    open_ledger(ledger).close()
    local = _is_local(host) and not name
    token = None if local else os.environ.get(TOKEN) or secrets.token_urlsafe(24)
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise UsageError(f"{TOKEN} is too short to be safe: give at least {SHORTEST_TOKEN} characters, or none.")
    listening = _listening(host, port)
    number = listening.getsockname()[1]

    import uvicorn

    from communique.web import create_app, prepare
    from communique.web.guard import LOOPBACK

    own = [] if host in ("0.0.0.0", "::") else [host, f"[{host}]"] if ":" in host else [host]
    hosts = [*LOOPBACK, *own, *(name or ()), *(() if local else _own_names())]
    app = create_app(ledger, hosts=hosts, token=token, analyst=_own_name() if local else "")
    prepare(app)
    _spare_collections()
    shown = "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    print_line(f"http://{shown}:{number}/ shows {ledger}; Ctrl-C ends it.")
    if token is not None and not os.environ.get(TOKEN):
        print_line(f"Token to log in: {token}")
    if not local:
        complain("what is sent is not encrypted: let others reach it only by way of a server that speaks HTTPS.")
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


def _spare_collections() -> None:
    """Look for cycles among objects seldom: a page makes tens of thousands that form none, beside tables that stay."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _is_local(host: str) -> bool:
    """Whether only this machine can ask at an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _own_name() -> str:
    """Who sits at this machine: who decides here, unless they give another name."""
    try:
        return os.environ.get("COMMUNIQUE_ANALYST") or name_of_analyst(None)
    except UsageError:
        return ""


def _own_names() -> list[str]:
    """What this machine is called."""
    return list(dict.fromkeys((socket.gethostname(), socket.getfqdn())))


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        UsageError: the address is none of this machine, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
        # inherited by every connection: else the end of a page waits 40 ms for the asker's word on its beginning
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise UsageError(
            f"Can't listen on {host}, port {port} ({reason}): give another --host or --port, such as --port 0."
        ) from None
