from datetime import timedelta

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self) -> None:
        from feedback import closing, sample  # noqa: PLC0415 (models are not loaded before)
        from gandan import demo, jobs  # noqa: PLC0415

        demo.register(40, "feedback", sample.load)
        jobs.register("close answered cases", closing.close_answered, timedelta(hours=1))
        jobs.register("erase words of closed cases", closing.erase_overdue, timedelta(hours=6))
