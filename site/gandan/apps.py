from datetime import timedelta

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_save

from gandan import jobs


def make_cache_table(sender: AppConfig, **kwargs: object) -> None:
    """The default cache lives in the database; the command does nothing for other caches."""
    call_command("createcachetable", verbosity=0)


class GandanConfig(AppConfig):
    name = "gandan"
    verbose_name = "Gần Dân"

    def ready(self) -> None:
        from wagtail.images import get_image_model  # noqa: PLC0415

        from gandan import founding, outbox, planned, uploads  # noqa: PLC0415  (models are ready only now)
        from gandan.search import bets, dictionary, indexing, log, pack, stored, weekly  # noqa: PLC0415
        from gandan.search.elastic import changes, index, sending  # noqa: PLC0415

        founding.register(order=5, name="search dictionary", make=dictionary.found)
        post_migrate.connect(make_cache_table, sender=self)
        pre_save.connect(uploads.keep_only_pixels, sender=get_image_model())
        indexing.watch()
        dictionary.watch()
        bets.watch()
        pack.register()
        changes.watch()
        jobs.register("outbox", outbox.deliver_due, timedelta(seconds=1))
        jobs.register("outbox-erase", outbox.erase_delivered, timedelta(hours=1))
        jobs.register("take-down-expired", planned.take_down_expired, timedelta(minutes=1))
        jobs.register("publish-planned", planned.publish_planned, timedelta(minutes=1))
        jobs.register("search-statistics", stored.refresh, timedelta(minutes=1))
        jobs.register("search-changes", sending.send_changes, timedelta(seconds=1))
        jobs.register("search-index", index.ensure, timedelta(seconds=30))
        jobs.register("search-forget", sending.forget_sent, timedelta(hours=1))
        jobs.register("search-log-forget", log.forget_old, timedelta(hours=24))
        jobs.register("search-weekly", weekly.send_summary, timedelta(minutes=10))
        jobs.register("search-time", sending.note_what_time_changes, timedelta(hours=1))
