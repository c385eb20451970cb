"""`make engines`: `python -m ops.engines start|stop|status`. Needs only Python; installs nothing.

On standard output only the addresses, as lines for the environment, once all three answer; the rest on standard
error. A server that already runs is taken as it is.
"""

import os
import subprocess
import sys
import time
from typing import Protocol

from ops.elasticsearch_server import Elasticsearch
from ops.place import EngineFailed, Place
from ops.postgresql import PostgreSQL
from ops.redis_server import Redis
from ops.steps import step

PATIENCE = 120  # seconds for one engine to answer; Elasticsearch takes 10 to 30


class Engine(Protocol):
    title: str
    variable: str
    place: Place

    def missing(self) -> list[str]: ...
    def is_running(self) -> bool: ...
    def launch(self) -> subprocess.Popen[bytes]: ...
    def answers(self) -> bool: ...
    def url(self) -> str: ...
    def stop(self) -> bool: ...


def engines() -> list[Engine]:
    """The slowest to start comes first, since all are launched before any is waited for."""
    return [Elasticsearch(), PostgreSQL(), Redis()]


def start() -> dict[str, str]:
    """Addresses by variable, once all answer. Raises EngineFailed when one is missing or stays silent."""
    os.umask(0o022)
    all_engines = engines()
    missing = [what for engine in all_engines for what in engine.missing()]
    if missing:
        raise EngineFailed("Not installed here:\n" + "\n".join(f"  {what}" for what in missing))
    launched = {engine.title: _launch(engine) for engine in all_engines if not engine.is_running()}
    for engine in all_engines:
        with step(f"{engine.title} answers", sys.stderr):
            _wait(engine, launched.get(engine.title))
    return {engine.variable: engine.url() for engine in all_engines}


def _launch(engine: Engine) -> subprocess.Popen[bytes]:
    with step(f"{engine.title} launched", sys.stderr):
        return engine.launch()


def _wait(engine: Engine, launcher: subprocess.Popen[bytes] | None) -> None:
    until = time.monotonic() + PATIENCE
    while not engine.answers():
        if launcher is not None and launcher.poll():
            raise EngineFailed(f"{engine.title} ended with {launcher.returncode}:\n{_last_words(engine)}")
        if time.monotonic() > until:
            raise EngineFailed(f"{engine.title} does not answer after {PATIENCE} s:\n{_last_words(engine)}")
        time.sleep(0.2)


def _last_words(engine: Engine) -> str:
    lines = engine.place.log.read_text(errors="replace").splitlines() if engine.place.log.exists() else []
    return "\n".join([*lines[-20:], f"(from {engine.place.log})"])


def stop() -> None:
    for engine in engines():
        with step(engine.title, sys.stderr):
            word = "stopped" if engine.stop() else "was not running"
            print(word, end="", file=sys.stderr)


def status() -> bool:
    for engine in engines():
        word = engine.url() if engine.is_running() and engine.answers() else "is not running"
        print(f"{engine.title} {word}", file=sys.stderr)
    return all(engine.is_running() for engine in engines())


def main(word: str) -> int:
    if word == "stop":
        stop()
    elif word == "status":
        return 0 if status() else 1
    else:
        for variable, address in start().items():
            print(f"{variable}={address}", flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except EngineFailed as failure:
        sys.exit(str(failure))
