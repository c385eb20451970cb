from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(sender: AppConfig, **kwargs: object) -> None:
    """The default cache lives in the database; the command does nothing for other caches."""
    call_command("createcachetable", verbosity=0)


class GandanConfig(AppConfig):
    name = "gandan"
    verbose_name = "Gần Dân"

    def ready(self) -> None:
        post_migrate.connect(make_cache_table, sender=self)
