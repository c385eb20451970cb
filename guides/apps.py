from datetime import timedelta

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"

    def ready(self) -> None:
        # Models are loaded by now and not before: these modules name them.
        from gandan import demo, founding, jobs  # noqa: PLC0415
        from guides import search  # noqa: F401, PLC0415
        from guides.demo import load  # noqa: PLC0415
        from guides.founding import found_guides  # noqa: PLC0415
        from guides.home_sections import life_events, most_used, next_session  # noqa: PLC0415
        from guides.planning import plan_ahead  # noqa: PLC0415
        from guides.refreshing import watch  # noqa: PLC0415
        from home import sections  # noqa: PLC0415

        founding.register(order=10, name="guides", make=found_guides)
        demo.register(order=20, name="guides", load=load)
        jobs.register("plan help sessions", plan_ahead, every=timedelta(hours=6))
        sections.register("most_used", most_used)
        sections.register("life_events", life_events)
        sections.register("next_session", next_session)
        watch()
