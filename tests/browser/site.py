"""The real site for the browser: our own gunicorn on 127.0.0.1 with the demo commune in a folder of its own."""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "huongdong"
START_WITHIN = 30  # seconds
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Commune:
    """A running site: its address, its folder, and the worker as a command."""

    address: str
    folder: Path
    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def work(self) -> None:
        """What the background worker does, once."""
        self.manage("work", "--once")

    def mails(self) -> list[str]:
        return [path.read_text() for path in sorted((self.folder / "mail").glob("*"))]

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(timeout=30)


def start(folder: Path) -> Commune:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATA_DIR": str(folder),
        "BASE_URL": address,
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": "",
        "CACHE_URL": "",
        "SEARCH_URL": "",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
    }
    log = (folder / "server.log").open("wb")
    commune = Commune(address, folder, environment, None)  # type: ignore[arg-type]
    commune.manage("compile_catalogues")
    commune.manage("collectstatic", "--no-input", "-v0")
    commune.manage("migrate", "-v0")
    commune.manage("load_demo")
    commune.server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "gandan.wsgi"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    wait_until_it_answers(commune)
    return commune


def wait_until_it_answers(commune: Commune) -> None:
    """Ask /health/ until it answers; the server's own log says why when it never does."""
    request = urllib.request.Request(f"{commune.address}/health/")
    with socket.socket() as waiting:
        waiting.settimeout(0.2)
        for _ in range(START_WITHIN * 5):
            try:
                OPENER.open(request, timeout=2).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                assert commune.server.poll() is None, (commune.folder / "server.log").read_text()[-4000:]
                try:
                    waiting.recvfrom(1)
                except OSError:
                    continue
    raise AssertionError((commune.folder / "server.log").read_text()[-4000:])
