"""What the one background worker does: apps register jobs, `manage.py work` runs those that are due.

A job is a function of the present moment that does all that is due and returns how many things it did. It must
be safe to run at any time, twice, or beside another worker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Run = Callable[[datetime], int]


@dataclass(frozen=True)
class Job:
    name: str
    run: Run
    every: timedelta


_jobs: list[Job] = []


def register(name: str, run: Run, every: timedelta) -> None:
    _jobs.append(Job(name, run, every))


def jobs() -> list[Job]:
    return list(_jobs)
