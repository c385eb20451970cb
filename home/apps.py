from datetime import timedelta

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        # Models are loaded by now and not before: these modules name them.
        from gandan import demo, jobs, tree  # noqa: PLC0415
        from home import search  # noqa: F401, PLC0415
        from home.demo import load  # noqa: PLC0415
        from home.demo.accounts import load_accounts  # noqa: PLC0415
        from home.packs.parking import clear  # noqa: PLC0415

        tree.join_to_site("communesettings")
        demo.register(order=10, name="the commune", load=load)
        demo.register(order=90, name="accounts", load=lambda _first_day, tell: load_accounts(tell))
        jobs.register("forget packs nobody took", clear, every=timedelta(hours=1))
