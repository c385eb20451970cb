"""The real site with the demo commune: our own gunicorn on 127.0.0.1, in a folder and on a port of its own.

The browser tests and the pictures look at it. It takes no setting from `.env`.
"""

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "huongdong"  # noqa: S105 (of the demo logins, on this machine only)
COMMAND_WITHIN = 240  # seconds
START_WITHIN = 60  # seconds
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Commune:
    """A running site: its address, its folder, and its management commands."""

    address: str
    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes] | None = None
    commands: subprocess.Popen[str] | None = None

    def manage(self, *command: str) -> str:
        """What the command wrote; RuntimeError with that when it fails or takes too long."""
        commands = self.commands = self.commands or subprocess.Popen(
            [sys.executable, "-m", "tools.commands"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert commands.stdin
        assert commands.stdout
        limit = threading.Timer(COMMAND_WITHIN, commands.kill)
        limit.start()
        print(json.dumps(command), file=commands.stdin, flush=True)
        line = commands.stdout.readline()
        limit.cancel()
        answer = json.loads(line or '{"failed": true, "said": "no answer"}')
        if answer["failed"]:
            raise RuntimeError(f"{command}: {answer['said'][-6000:]}")
        return str(answer["said"])

    def work(self) -> None:
        """What the background worker does, once."""
        self.manage("work", "--once")

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*"))]

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def stop(self) -> None:
        for process in (self.server, self.commands):
            if process:
                process.terminate()
                process.wait(timeout=30)


def start(folder: Path, **settings: str) -> Commune:
    """Takes half a minute, less where `folder` holds a migrated db.sqlite3 and static/ already.

    `settings` are variables that differ from `environment`. Raises RuntimeError with the end of the log when the
    site does not answer.
    """
    port = free_port()
    commune = Commune(f"http://127.0.0.1:{port}", folder, environment(folder, port) | settings)
    try:
        furnish(commune)
        serve(commune)
    except BaseException:
        commune.stop()
        raise
    return commune


def furnish(commune: Commune) -> None:
    commune.manage("compile_catalogues")
    if not (commune.folder / "static").exists():
        commune.manage("collectstatic", "--no-input", "-v0")
    if not (commune.folder / "db.sqlite3").exists():
        commune.manage("migrate", "-v0")
    commune.manage("load_demo")


def serve(commune: Commune) -> None:
    with (commune.folder / "server.log").open("wb") as log:
        commune.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "gandan.wsgi"],
            cwd=ROOT,
            env=commune.environment,
            stdout=log,
            stderr=log,
        )
    wait_until_it_answers(commune)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, port: int) -> dict[str, str]:
    """Production settings over plain HTTP, SQLite and files in `folder`; the keys guard sample data only."""
    return {
        **os.environ,
        "ENV_FILE": "",
        "SECRET_KEY": "only-for-the-demo-site-" + "0" * 50,
        "FIELD_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMTE=",
        "DEBUG": "off",
        "HTTPS": "off",
        "STAFF_TWO_FACTOR": "offered",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_PASSWORD": PASSWORD,
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "CACHE_URL": "",
        "SEARCH_URL": "",
        "EMAIL_URL": "",
        "TRUSTED_PROXIES": "",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }


def wait_until_it_answers(commune: Commune) -> None:
    assert commune.server
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if answers(f"{commune.address}/health/"):
            return
        try:
            commune.server.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            continue
        break
    raise RuntimeError(f"the site does not answer:\n{commune.log()[-4000:]}")


def answers(address: str) -> bool:
    """True for any answer at all: an unhealthy site can still be looked at."""
    try:
        OPENER.open(address, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
