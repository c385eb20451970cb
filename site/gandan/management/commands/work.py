"""The one background worker. Jobs come from `gandan.jobs`; `--once` does all that is due and ends (for cron)."""

import logging
import signal
import threading
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from gandan.jobs import Job, jobs

logger = logging.getLogger("gandan.work")
TICK = 1.0  # seconds between looks at the clock


def run(job: Job, now: datetime) -> int:
    """How many things the job did. A failing job is logged and must not stop the others."""
    try:
        done = job.run(now)
    except Exception:
        logger.exception("job %s failed", job.name)
        return 0
    if done:
        logger.info("job %s did %s", job.name, done)
    return done


class Command(BaseCommand):
    help = "Sends mail, publishes on schedule, and does whatever else is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is due, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for job in jobs():
                self.stdout.write(f"{job.name}: {run(job, timezone.now())}")
            return
        self.loop()

    def loop(self) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        next_run = {job.name: timezone.now() for job in jobs()}
        logger.info("worker started with %s jobs", len(next_run))
        while not stop.is_set():
            for job in jobs():
                now = timezone.now()
                if next_run[job.name] <= now and not stop.is_set():
                    run(job, now)
                    next_run[job.name] = now + job.every
            close_old_connections()
            stop.wait(TICK)
        logger.info("worker stopped")
