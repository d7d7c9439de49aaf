"""A WSGI application that does nothing: what the server and the load client cost by themselves."""

from collections.abc import Callable, Iterable
from typing import Any

BODY = b'{"empty": true}'
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return [BODY]
