from datetime import timedelta

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"

    def ready(self) -> None:
        # Models are loaded by now and not before: these modules name them.
        from gandan import demo, founding, jobs, offline  # noqa: PLC0415
        from guides import gate, overdue_mail, search, versions  # noqa: F401, PLC0415
        from guides.counting.weekly_mail import send_weekly  # noqa: PLC0415
        from guides.demo import load  # noqa: PLC0415
        from guides.demo.helping import load_helpers  # noqa: PLC0415
        from guides.founding import found_guides  # noqa: PLC0415
        from guides.helping import beginnings, following  # noqa: PLC0415
        from guides.home_sections import (  # noqa: PLC0415
            done_here,
            guide_with,
            life_events,
            most_used,
            next_session,
        )
        from guides.packs import lessons, procedures  # noqa: PLC0415
        from guides.planning import plan_ahead  # noqa: PLC0415
        from guides.refreshing import watch  # noqa: PLC0415
        from guides.tables.uploads import forget_old  # noqa: PLC0415
        from guides.typical import refresh_typical  # noqa: PLC0415
        from home import guide_answers, sections  # noqa: PLC0415

        founding.register(order=10, name="guides", make=found_guides)
        demo.register(order=20, name="guides", load=load)
        demo.register(order=95, name="volunteers", load=load_helpers)
        jobs.register("plan help sessions", plan_ahead, every=timedelta(hours=6))
        jobs.register(
            "follow sessions with their helpers", following.follow_sessions, every=timedelta(minutes=1)
        )
        jobs.register("remind helpers of tomorrow", following.remind, every=timedelta(minutes=10))
        beginnings.watch()
        jobs.register("typical minutes", refresh_typical, every=timedelta(hours=1))
        jobs.register("weekly summary of sessions", send_weekly, every=timedelta(minutes=5))
        offline.keep_page(r"^/(?:(?:en|ar)/)?huong-dan/(?:thu-tuc|bai-hoc)/[^/]+/(?:in/)?$")
        offline.keep_shell(r"^/(?:(?:en|ar)/)?tinh-nguyen/buoi/[0-9]+/dem/$", "khung/")
        jobs.register("forget unconfirmed tables", forget_old, every=timedelta(hours=1))
        sections.register("most_used", most_used)
        sections.register("life_events", life_events)
        sections.register("next_session", next_session)
        sections.register("done_here", done_here)
        guide_answers.register_guides(guide_with)
        procedures.register()
        lessons.register()
        jobs.register("nag about overdue checks", overdue_mail.nag, every=timedelta(hours=1))
        gate.watch()
        overdue_mail.watch()
        versions.watch()
        watch()
