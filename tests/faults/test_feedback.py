"""Residents write while workers are killed and while mail hangs: whoever got a slip is in the database, once.

Our own gunicorn with four workers serves the sample commune, on SQLite and on PostgreSQL where one answers. Only
processes that were started here are killed; everything listens on 127.0.0.1.
"""

import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from feedback import codes
from ops.postgresql import PostgreSQL
from tests.faults import table
from tests.faults.fault_door import Door, Fault, door
from tests.faults.residents import Crowd, residents, seconds_of
from tests.kept import collected_static_files, migrated_database
from tests.search.engine_server import required
from tools import demo_site

pytestmark = pytest.mark.drill

FORMS, KILLS, AT_ONCE = 1_500, 12, 12
WORKERS = 4
LONGEST = 300  # seconds for all forms, on a machine that does much else
WHILE_MAIL_HANGS, MEDIAN = 100, 0.5  # forms; seconds
STORED = """
import json
from feedback.models import Case
from gandan.models import Outbox
cases = Case.objects.prefetch_related("events", "words")
print("STORED", json.dumps({
    "cases": [
        [case.token_nonce, case.code, [word.text for word in case.words.all()],
         sorted(event.kind for event in case.events.all())]
        for case in cases
    ],
    "mails": Outbox.objects.count(),
    "mails_sent": Outbox.objects.filter(state=Outbox.State.SENT).count(),
}))
"""


@dataclass
class Site:
    engine: str
    commune: demo_site.Commune
    mail: Door

    @property
    def address(self) -> str:
        return self.commune.address

    def stored(self) -> dict:
        return json.loads(self.commune.manage("shell", "-v0", "-c", STORED).partition("STORED ")[2])

    def workers(self) -> list[int]:
        assert self.commune.server
        master = self.commune.server.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """The address of a database made for this drill on the server that DATABASE_URL or `make engines` names."""
    named, server = os.environ.get("DATABASE_URL", ""), PostgreSQL()
    if not named.startswith("postgres") and server.is_running():
        named = server.url()
    if not named.startswith("postgres"):
        required("no PostgreSQL server is named")
    name = f"gandan_drill_{uuid.uuid4().hex[:8]}"
    any_database = urlsplit(named)._replace(path="/postgres").geturl()
    with psycopg.connect(any_database, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(named)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """DATABASE_URL of an empty database; empty itself for the file that lies in the folder."""
    if engine == "PostgreSQL":
        with empty_postgresql() as address:
            yield address
    else:
        shutil.copy(migrated_database(), folder)
        yield ""


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Its mail goes to a server that takes the connection and says nothing."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "static").symlink_to(collected_static_files())
    with database(request.param, folder) as address, door("127.0.0.1", 0) as mail:
        mail.set(Fault.HANGS)
        commune = demo_site.start(
            folder,
            DATABASE_URL=address,
            EMAIL_URL=f"smtp://{mail.address}",
            SECRET_KEY=settings.SECRET_KEY,
            TRUSTED_PROXIES="127.0.0.1",
            WEB_CONCURRENCY=str(WORKERS),
        )
        yield Site(request.param, commune, mail)
        commune.stop()


@contextmanager
def background_worker(site: Site) -> Iterator[None]:
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=demo_site.ROOT,
        env=site.commune.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        worker.kill()
        worker.wait()


def until_the_worker_hangs(mail: Door) -> None:
    end = time.monotonic() + 60
    while not mail.visitors:
        assert time.monotonic() < end, "the worker sent no mail"
        time.sleep(0.05)


def test_a_question_is_taken_at_once_while_the_mail_server_says_nothing(site: Site) -> None:
    before = site.stored()
    first, *people = residents(1 + WHILE_MAIL_HANGS)
    assert first.try_to_send(site.address), "the first is the mail that the worker hangs with"
    with background_worker(site):
        until_the_worker_hangs(site.mail)
        took = []
        for each in people:
            took.append(seconds_of(lambda each=each: each.post(site.address).read()))
    after = site.stored()
    median, slowest = statistics.median(took), max(took)
    table.note(
        "Questions sent while the mail server says nothing: forms, median and slowest answer in milliseconds",
        [site.engine, len(took), round(median * 1000), round(slowest * 1000)],
        [12, 6, 6, 6],
    )
    assert len(after["cases"]) - len(before["cases"]) == 1 + WHILE_MAIL_HANGS
    assert after["mails_sent"] == before["mails_sent"]
    assert median <= MEDIAN


def test_fifteen_hundred_questions_and_twelve_killed_workers_lose_none_and_double_none(site: Site) -> None:
    before = site.stored()
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    people, killed = residents(FORMS), []
    began = time.monotonic()
    crowd = Crowd(people, site.address, AT_ONCE, LONGEST)
    for served in sorted(chance.sample(range(FORMS // 50, FORMS - FORMS // 50), KILLS)):
        crowd.wait_for(served)
        victim = chance.choice([pid for pid in site.workers() if pid not in killed])
        os.kill(victim, signal.SIGKILL)
        killed.append(victim)
    crowd.end()
    seconds = time.monotonic() - began
    after = site.stored()
    known = {nonce for nonce, *_ in before["cases"]}
    new = {nonce: held for nonce, *held in after["cases"] if nonce not in known}
    acknowledged = {each.nonce: each.code for each in people if each.code}
    broken, errors = sum(each.broken for each in people), sum(each.errors for each in people)
    doubled = sum(Counter(text for _, words, _ in new.values() for text in words).values()) - len(people)
    table.note(
        "Questions sent while workers are killed: "
        "forms, kills, answers that broke off, 5xx, acknowledged, stored, doubled, seconds",
        [
            site.engine,
            FORMS,
            len(killed),
            broken,
            errors,
            len(acknowledged),
            len(new),
            doubled,
            round(seconds),
        ],
        [12, 6, 4, 5, 4, 6, 6, 4, 5],
    )
    assert len(acknowledged) == len(new) == FORMS, f"seed {seed}"
    assert {nonce: code for nonce, (code, *_) in new.items()} == acknowledged
    assert all(codes.is_valid(code) for code in acknowledged.values())
    whole = {each.nonce: [each.code, [each.words], ["assigned", "received"]] for each in people}
    assert new == whole
    assert after["mails"] - before["mails"] == FORMS
    assert broken, "no kill met an answer under way"
