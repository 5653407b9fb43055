"""What the web server runs: event streams on the loop, pages on threads, in one process.

Both are on one origin without a proxy in between. An open stream costs a few kilobytes and no
thread; a page costs a thread only while it is being made (on_threads.py).
"""

import os
import signal

from imparts.config.wsgi import application as django_pages  # first: it loads Django

# isort: split

from imparts.config.events import Events
from imparts.config.on_threads import OnThreads, Receive, Scope, Send
from imparts.config.with_parent import STARTED_BY, end_with_parent

THREADS = int(os.environ.get("IMPARTS_WEB_THREADS", "4"))

pages = OnThreads(django_pages, threads=THREADS)
events = Events(on_threads=pages)
# An open stream would keep a web process whose server was killed; nothing of it is worth keeping.
if STARTED_BY in os.environ:
    end_with_parent(int(os.environ[STARTED_BY]), signal.SIGKILL)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """One request: an event stream, or a page."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/events":
        await events(scope, receive, send)
    elif scope["path"] == "/healthz":
        await _alive(send)  # even while every thread waits for a database that hangs
    else:
        await pages(scope, receive, send)


async def _alive(send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"status": "alive"}'})
