"""`make run`, `make dev` and `make serve`: `python -m ops.run run|dev|serve`, with the Python of .venv.

The port is PORT or 8000. Variables of the environment win over `.env`, which is made on the first start.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from ops import settings_file
from ops.supervisor import Supervisor, procfile

ROOT = Path(__file__).resolve().parents[1]
DEMO_USERS = {
    "bientap": "editor",
    "duyet": "approver",
    "dieuphoi": "coordinator",
    "lan": "official",
    "binh": "official",
    "lanhdao": "leader",
    "tinhnguyen": "volunteer",
}
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def main(way: str) -> int:
    os.chdir(ROOT)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    begun = time.monotonic()
    port = chosen_port(os.environ.get("PORT", "8000"))
    refuse_busy(port, way)
    settings = take_settings(ROOT / os.environ.get("ENV_FILE", ".env"), port)
    if way == "dev":
        os.environ["DEBUG"] = "on"
    prepared = subprocess.run([sys.executable, "-m", "ops.prepare", way], check=False)
    if prepared.returncode:
        return prepared.returncode
    if way == "serve":
        os.execvp("gunicorn", procfile(ROOT / "Procfile")["web"])  # noqa: S606 (signals reach it directly)
    return Supervisor(programs(way, port), Greeting(port, settings, begun)).run()


def chosen_port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    sys.exit(f"PORT={text} is not a port number. Example: make run PORT=8001")


def refuse_busy(port: int, way: str) -> None:
    if is_free(port):
        return
    other = next((number for number in range(port + 1, 65536) if is_free(number)), None)
    sys.exit(f"Port {port} of 127.0.0.1 is taken by another program. Try: make {way} PORT={other}")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def take_settings(path: Path, port: int) -> dict[str, str]:
    """`.env` under the environment, which is handed on to everything started from here."""
    made = settings_file.complete(path, port)
    if made:
        print(f"Settings: wrote {', '.join(made)} to {path.name}", flush=True)
    settings = {**settings_file.values(path), **os.environ}
    if "BASE_URL" not in os.environ and settings["BASE_URL"].startswith("http://127.0.0.1:"):
        settings["BASE_URL"] = f"http://127.0.0.1:{port}"
    os.environ.update(settings, PORT=str(port))
    return settings


def programs(way: str, port: int) -> dict[str, list[str]]:
    commands = procfile(ROOT / "Procfile")
    if way == "dev":
        commands["web"] = ["python", "manage.py", "runserver", f"127.0.0.1:{port}"]
    return commands


class Greeting:
    """Says once, as soon as the site answers, where it is and who may sign in."""

    def __init__(self, port: int, settings: dict[str, str], begun: float) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.password = settings.get("DEMO_PASSWORD", "")
        self.begun = begun

    def __call__(self) -> bool:
        if not answers(f"{self.address}/health/"):
            return False
        print(f"\nGần Dân is ready after {time.monotonic() - self.begun:.0f} s: {self.address}/")
        if self.password:
            print(f"  Officials and editors sign in at {self.address}/tai-khoan/login/")
            print(f"  Password of every demo user: {self.password}")
            print(
                "".join(f"    {user:<11} {role}\n" for user, role in DEMO_USERS.items()),
                end="",
            )
        print(
            "  Ctrl-C stops the site and its worker; what was typed is kept.\n",
            flush=True,
        )
        return True


def answers(address: str) -> bool:
    """True for any answer below 500; an unhealthy or missing page is no reason to stay silent for ever."""
    try:
        with NO_PROXY.open(address, timeout=2):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("\nStopped before the start was complete; the same command goes on from here.")
