from datetime import timedelta

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"

    def ready(self) -> None:
        from feedback import (  # noqa: PLC0415
            alarms,
            closing,
            digest,
            guarding,
            handing_on,
            ladder,
            private_files,
            public_answers,
            remarks_mail,
            sample,
            sample_public,
            search,  # noqa: F401
            session_questions,
            voting,
        )
        from gandan import demo, jobs, questions  # noqa: PLC0415
        from home import guards, guide_answers  # noqa: PLC0415

        demo.register(40, "feedback", sample.load)
        demo.register(97, "public promises and answers", sample_public.load)
        jobs.register("hand on cases of who is gone", handing_on.hand_on, timedelta(minutes=10))
        jobs.register("escalate cases", ladder.climb, timedelta(minutes=5))
        jobs.register("alarm coordinators", alarms.tell_coordinators, timedelta(minutes=10))
        jobs.register("tell the leader on Mondays", digest.send_digest, timedelta(minutes=5))
        jobs.register("close answered cases", closing.close_answered, timedelta(hours=1))
        jobs.register("erase words of closed cases", closing.erase_overdue, timedelta(hours=6))
        jobs.register("remove files left behind", private_files.sweep, timedelta(hours=24))
        jobs.register("tell owners of remarks", remarks_mail.tell_owners, timedelta(hours=1))
        jobs.register("forget old remarks", voting.forget_old, timedelta(hours=24))
        guards.register(guarding.check_change)
        questions.register(session_questions.SessionQuestions())
        guide_answers.register_answers(public_answers.GuideAnswers())
