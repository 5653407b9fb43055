"""The server of python-hl7, which answers every message and keeps nothing, to be laid beside ours.

Its reader and writer have no types of their own. It is there for development only.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def python_hl7(heard: Callable[[Any], object] = lambda message: None) -> Iterator[int]:
    """Its port, while it runs in a thread; `heard` is told of each message before its answer."""
    from hl7.mllp import start_hl7_server

    async def thank(reader: Any, writer: Any) -> None:
        try:
            while True:
                message = await reader.readmessage()
                heard(message)
                writer.writemessage(message.create_ack())
                await writer.drain()
        except asyncio.IncompleteReadError:
            writer.close()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    starting = start_hl7_server(thank, host="127.0.0.1", port=0, encoding="utf-8")
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.2), loop).result(5)  # it sees us hang up
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
