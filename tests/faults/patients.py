"""Patients who answer over HTTP and do not give up: a lost answer is sent again."""

import re
import time
from dataclasses import dataclass, field

import httpx

PATIENCE_SECONDS = 90


@dataclass(slots=True)
class Patient:
    """One browser at the desk: handed over by reception, answering, sending until thanked."""

    port: int
    person: str
    sent_twice: bool = False
    thanked: bool = False
    item9: str = "2"
    browser: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.browser = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", follow_redirects=True, timeout=25
        )

    def answer_everything(self, *, reception: str) -> None:
        """From reception's hand-over to the thank-you page."""
        with self.browser:
            self._answer_everything(reception)

    def _answer_everything(self, reception: str) -> None:
        page = self._handed_over(reception)
        for _ in range(90):
            if "<h1" in page.text and re.search(r"<h1[^>]*>\s*Thank you\s*</h1>", page.text):
                self.thanked = True
                return
            if page.request.url.path == "/tablet/":
                # The answer to the hand-over was lost, and its cookie with it.
                page = self._handed_over(reception)
            page = self._step(page)
        raise AssertionError(f"never thanked; last page was {page.request.url.path}")

    def _handed_over(self, reception: str) -> httpx.Response:
        page = self._until_answered("GET", "/demo/")
        self._send_form(page, "/demo/", {"person": reception})
        page = self._until_answered("GET", f"/tablet/hand-over/?person={self.person}")
        return self._submit(page, {"person": self.person})

    def _step(self, page: httpx.Response) -> httpx.Response:
        path = page.request.url.path
        fields = _hidden(page.text)
        if path.startswith("/tablet/q/"):
            fields["a"] = self.item9 if path.endswith("/phq9/q9/") else _first_answer(page.text)
        elif path == "/tablet/before/":
            fields |= dict(_radios(page.text)[:1])
        elif path == "/tablet/is-this-you/":
            fields["answer"] = "yes"
        if path == "/tablet/check/":
            # A double click: the same form twice, whatever became of the first.
            self.sent_twice = True
            self._submit(page, fields)
        return self._submit(page, fields)

    def _submit(self, page: httpx.Response, fields: dict[str, str]) -> httpx.Response:
        form = _main_form(page.text)
        action = re.search(r'action="([^"]*)"', form)
        target = action[1] if action and action[1] else page.request.url.path
        named = re.search(r'<button[^>]*name="(\w+)"[^>]*value="([^"]*)"', form)
        if named and named[1] not in fields:
            fields = {**fields, named[1]: named[2]}
        return self._send_form(page, target, {**_hidden(form), **fields})

    def _send_form(
        self, page: httpx.Response, target: str, fields: dict[str, str]
    ) -> httpx.Response:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        data = {**fields, "csrfmiddlewaretoken": token[1] if token else ""}
        return self._until_answered("POST", target, data)

    def _until_answered(
        self, method: str, path: str, data: dict[str, str] | None = None
    ) -> httpx.Response:
        """Try again while the server is away or says that it is (5xx), as a person would."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answered = self.browser.request(method, path, data=data)
                if answered.status_code < 500:
                    return answered
            except httpx.TransportError:
                pass
            if time.monotonic() > until:
                raise AssertionError(f"no answer to {method} {path.split('?')[0]} in time")
            time.sleep(0.3)


def _main_form(html: str) -> str:
    """The form that leads on: the one with the green button, or the last on the page."""
    forms = re.findall(r"<form.*?</form>", html, re.S)
    posts = [form for form in forms if 'method="post"' in form.lower()]
    return posts[-1] if posts else ""


def _hidden(html: str) -> dict[str, str]:
    fields = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            fields[name[1]] = value[1] if value else ""
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def _radios(html: str) -> list[tuple[str, str]]:
    tags = re.findall(r"<input[^>]*type=\"radio\"[^>]*>", html)
    return [
        (re.search(r'name="([^"]*)"', tag)[1], re.search(r'value="([^"]*)"', tag)[1])
        for tag in tags
    ]


def _first_answer(html: str) -> str:
    found = [value for name, value in _radios(html) if name == "a" and value != "declined"]
    buttons = re.findall(r'<button[^>]*name="a"[^>]*value="(\d+)"', html)
    return (found or buttons)[0]
