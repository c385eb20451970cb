"""The real site with the demo commune: our own gunicorn on 127.0.0.1, in a folder and on a port of its own.

The browser tests and the pictures look at it. It takes no setting from `.env`.
"""

import os
import socket
import subprocess
import sys
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
    """A running site: its address, its folder, and the worker as a command."""

    address: str
    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes] | None = None

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=COMMAND_WITHIN,
        )
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def work(self) -> None:
        """What the background worker does, once."""
        self.manage("work", "--once")

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*"))]

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(timeout=30)


def start(folder: Path) -> Commune:
    """Takes half a minute; raises RuntimeError with the end of the log when the site does not answer."""
    port = free_port()
    commune = Commune(f"http://127.0.0.1:{port}", folder, environment(folder, port))
    commune.manage("compile_catalogues")
    commune.manage("collectstatic", "--no-input", "-v0")
    commune.manage("migrate", "-v0")
    commune.manage("load_demo")
    with (folder / "server.log").open("wb") as log:
        commune.server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "gandan.wsgi"],
            cwd=ROOT,
            env=commune.environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_until_it_answers(commune)
    except BaseException:
        commune.stop()
        raise
    return commune


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
