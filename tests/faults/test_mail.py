"""Mail that is refused, hangs or breaks off, and a worker killed while it sends: nothing is lost.

The worker runs as a program of its own against a database file; its mail goes to a server on 127.0.0.1 that behaves
badly. Bounded: each part ends within minutes, whatever happens.
"""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tools.demo_site import ROOT, environment, free_port

pytestmark = pytest.mark.drill

MESSAGES = 200
KILLS = 8
LONGEST = 240  # seconds for one part
WRITE = """
from django.core.mail import EmailMessage
from django.db import transaction
with transaction.atomic():
    for number in range({first}, {last}):
        EmailMessage("Phiếu mới", "Có phiếu mới.", to=[f"canbo{{number}}@huongdong.example"],
                     headers={{"X-Outbox-Key": f"drill-{{number}}"}}).send()
"""


class BadServer:
    """Answers as it is told: `mode` is ok, hang, drop, or a reply such as "451 later"."""

    def __init__(self) -> None:
        self.mode = "ok"
        self.taken: list[str] = []
        self.lock = threading.Lock()

    async def handle_DATA(self, server: SMTP, session: object, envelope: object) -> str:
        if self.mode == "hang":
            await asyncio.sleep(40)
        if self.mode not in ("ok", "drop"):
            return self.mode
        with self.lock:
            self.taken.append(message_from_bytes(envelope.content)["Message-ID"])
        if self.mode == "drop":
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def server() -> Iterator[tuple[BadServer, int]]:
    bad, port = BadServer(), free_port()
    controller = Controller(bad, hostname="127.0.0.1", port=port)
    controller.start()
    yield bad, port
    controller.stop()


class Site:
    """A database of its own, and programs that run on it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.database = folder / "db.sqlite3"
        self.environment = {**environment(folder, free_port()), "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        self.manage("migrate", "-v0")

    def manage(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True, timeout=LONGEST
        )

    def write(self, first: int, last: int) -> None:
        self.manage("shell", "-c", WRITE.format(first=first, last=last))

    def worker(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, sql: str) -> int:
        with sqlite3.connect(self.database, timeout=30) as database:
            return database.execute(sql).fetchone()[0]

    def due_now(self) -> None:
        """As if the pause until the next try, and the lease of a dead worker, were over."""
        with sqlite3.connect(self.database, timeout=30) as database:
            database.execute("UPDATE gandan_outbox SET due_at = '2020-01-01', leased_until = NULL")

    def waiting(self) -> int:
        return self.ask("SELECT COUNT(*) FROM gandan_outbox WHERE state = 'waiting'")


def kill(worker: subprocess.Popen[bytes]) -> None:
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def until(condition, seconds: float = LONGEST) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_a_worker_killed_eight_times_while_it_sends_loses_no_mail_and_doubles_at_most_one_a_kill(
    tmp_path, server, capsys
):
    bad, port = server
    site = Site(tmp_path, port)
    site.write(0, MESSAGES)
    for killed in range(KILLS):
        worker, goal = site.worker(), (killed + 1) * MESSAGES // (KILLS + 1)
        until(lambda goal=goal: len(bad.taken) >= goal)
        kill(worker)
        site.due_now()
    worker = site.worker()
    until(lambda: site.waiting() == 0)
    kill(worker)
    copies = Counter(bad.taken)
    doubled = sum(copies.values()) - len(copies)
    with capsys.disabled():
        print(f"\n{MESSAGES} messages, {KILLS} kills: {len(copies)} arrived, {doubled} doubled")
    assert len(copies) == MESSAGES
    assert doubled <= KILLS
    assert site.ask("SELECT COUNT(*) FROM gandan_outbox WHERE state = 'sent'") == MESSAGES


@pytest.mark.parametrize("mode", ["451 try later", "550 no such user", "drop", "hang", "refused"])
def test_mail_that_does_not_get_through_is_kept_and_sent_when_the_server_is_well_again(
    tmp_path, server, mode, capsys
):
    """550 is for a person to see; everything else arrives. A connection that breaks off after the data may double."""
    bad, port = server
    site = Site(tmp_path, free_port() if mode == "refused" else port)
    bad.mode = mode
    site.write(0, 5)
    site.manage("work", "--once")
    if mode.startswith("550"):
        assert site.ask("SELECT COUNT(*) FROM gandan_outbox WHERE state = 'refused'") == 5
        return
    assert site.waiting() == 5
    bad.mode = "ok"
    site.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    site.due_now()
    site.manage("work", "--once")
    copies = Counter(bad.taken)
    with capsys.disabled():
        print(f"\n{mode}: {len(copies)} of 5 arrived, {sum(copies.values()) - len(copies)} doubled")
    assert len(copies) == 5
    assert site.waiting() == 0
