"""Residents who send a form over HTTP, and send it again with the same token until they hold a slip."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.utils import timezone

from feedback import tokens
from tools.demo_case import CODE, TOPIC

FORM = "/phan-anh/hoi/"
ANSWER_WITHIN = 40  # seconds; SQLite lets a writer wait for 20
PAUSE = 0.2  # seconds before a form is sent again


@dataclass
class Resident:
    """One form: its token, its words, and what came of sending it."""

    number: int
    token: str
    code: str = ""
    broken: int = 0  # times no whole answer came
    errors: int = 0  # times the site answered 5xx

    @property
    def words(self) -> str:
        return f"Câu hỏi số {self.number}: giấy chứng sinh ghi sai tên đệm của mẹ thì làm sao?"

    @property
    def nonce(self) -> str:
        return tokens.read_form_token(self.token).nonce

    @property
    def address(self) -> str:
        """Each lives elsewhere: what one network sends over its limit is held, and nobody is mailed."""
        return f"10.{self.number >> 16}.{self.number >> 8 & 255}.{self.number & 255}"

    def post(self, site: str) -> http.client.HTTPResponse:
        body = urlencode({"topic": TOPIC, "text": self.words, "token": self.token})
        return self._ask(site, "POST", FORM, body)

    def try_to_send(self, site: str) -> bool:
        """Whether a slip with a code was shown. Raises RuntimeError on any answer that is no mishap of a server."""
        try:
            answer = self.post(site)
            if answer.status == 303:
                answer = self._ask(site, "GET", answer.headers["Location"])
            page = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.broken += 1
            return False
        if answer.status >= 500:
            self.errors += 1
            return False
        found = CODE.search(page)
        if answer.status != 200 or found is None:
            raise RuntimeError(f"{answer.status} instead of a slip:\n{re.sub('<[^>]*>', '', page)[:2000]}")
        self.code = found.group()
        return True

    def _ask(self, site: str, method: str, path: str, body: str = "") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=ANSWER_WITHIN)
        headers = {"X-Forwarded-For": self.address, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body or None, {**headers, "Connection": "close"})
        return connection.getresponse()


def residents(count: int) -> list[Resident]:
    """With forms opened five minutes ago; the site must have the SECRET_KEY of this process."""
    shown_at = timezone.now() - timedelta(minutes=5)
    return [Resident(number, tokens.new_form_token(shown_at)) for number in range(count)]


class Crowd:
    """Sends all forms, `at_once` of them side by side, until each has its slip or `seconds` have passed."""

    def __init__(self, people: Sequence[Resident], site: str, at_once: int, seconds: float) -> None:
        self.people, self.site = people, site
        self.until = time.monotonic() + seconds
        self.served = 0
        self._lock = threading.Lock()
        self._senders = ThreadPoolExecutor(at_once)
        self._sendings = [self._senders.submit(self._send, each) for each in people]

    def wait_for(self, served: int) -> None:
        while self.served < served and not all(each.done() for each in self._sendings):
            time.sleep(0.01)

    def end(self) -> None:
        """Raises what a sender met that was no mishap of a server."""
        self._senders.shutdown()
        for sending in self._sendings:
            sending.result()

    def _send(self, one: Resident) -> None:
        while not one.try_to_send(self.site) and time.monotonic() < self.until:
            time.sleep(PAUSE)
        with self._lock:
            self.served += bool(one.code)


def seconds_of(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return time.perf_counter() - began
