"""Listeners: open clinic lists that hear of a change and ask for the list again, as browsers do."""

import selectors
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType

from imparts.benchmarks.client import Answered, Connection

_TELLS = (b'"what":"alert"', b'"what":"everything"')
PATIENCE_SECONDS = 40.0


class Turn:
    """One answer: when it was sent, when each listener heard, and when each list showed it."""

    def __init__(self, listeners: int) -> None:
        self.began = 0.0
        self.heard: dict[int, float] = {}
        self.shown: dict[int, float] = {}
        self.mark = ""
        """What a list holds that shows it; known once the answer has been stored."""
        self.marked = threading.Event()
        self.all_shown = threading.Event()
        self._number = listeners
        self._lock = threading.Lock()

    def hears(self, listener: int, at: float) -> bool:
        """The first news that a listener has; False for any after it."""
        with self._lock:
            return self.heard.setdefault(listener, at - self.began) == at - self.began

    def shows(self, listener: int, at: float) -> None:
        """A list shows it."""
        with self._lock:
            self.shown[listener] = at - self.began
            if len(self.shown) == self._number:
                self.all_shown.set()


class Listeners:
    """So many signed-in pages on /events, each with a connection of its own for the list."""

    def __init__(self, port: int, keys: list[str], *, page: str) -> None:
        self._page, self._turn = page, Turn(len(keys))
        self._streams = [_stream(port, key) for key in keys]
        self._open = [lambda key=key: Connection(port, cookies={"sessionid": key}) for key in keys]
        self._lists = [opens() for opens in self._open]
        self._stopped = threading.Event()
        self._asked = [threading.Event() for _ in keys]
        tasks: list[Callable[[], None]] = [self._listen]
        tasks += [lambda n=n: self._ask_again(n) for n in range(len(keys))]
        self._threads = [threading.Thread(target=task, daemon=True) for task in tasks]

    def __enter__(self) -> "Listeners":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._stopped.set()
        for asked in self._asked:
            asked.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS)
        for each in (*self._streams, *self._lists):
            each.close()

    def begin(self) -> Turn:
        """From now on news is of this turn."""
        self._turn = Turn(len(self._streams))
        self._turn.began = time.perf_counter()
        return self._turn

    def _listen(self) -> None:
        """One thread reads all streams, so that listening costs the server's cores little."""
        waiting = selectors.DefaultSelector()
        for number, opened in enumerate(self._streams):
            waiting.register(opened, selectors.EVENT_READ, number)
        while not self._stopped.is_set():
            for key, _ in waiting.select(timeout=0.2):
                self._hear(key.data)

    def _hear(self, number: int) -> None:
        told = self._streams[number].recv(65536)
        at = time.perf_counter()
        if not told:
            raise ConnectionError("an event stream ended")
        if any(each in told for each in _TELLS) and self._turn.hears(number, at):
            self._asked[number].set()

    def _ask_again(self, number: int) -> None:
        """What the page's script does: ask for the list, and again while it does not show it."""
        while not self._stopped.is_set():
            self._asked[number].wait()
            self._asked[number].clear()
            turn = self._turn
            while not self._stopped.is_set() and number not in turn.shown:
                answered = self._list(number)
                at = time.perf_counter()
                if turn.marked.wait(PATIENCE_SECONDS) and turn.mark in answered.body.decode():
                    turn.shows(number, at)

    def _list(self, number: int) -> Answered:
        """The list once more; over a new connection when the old one is gone, as a browser does."""
        try:
            return self._lists[number].get(self._page)
        except OSError:
            self._lists[number].close()
            self._lists[number] = self._open[number]()
            return self._lists[number].get(self._page)


def _stream(port: int, key: str) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=30)
    request = f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: sessionid={key}\r\n\r\n"
    opened.sendall(request.encode())
    if not opened.recv(64).startswith(b"HTTP/1.1 200"):
        raise RuntimeError("an event stream was not opened")
    return opened
