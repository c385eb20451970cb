from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        # Models are loaded by now and not before: these modules name them.
        from gandan import demo, founding  # noqa: PLC0415
        from home import alerts, sections  # noqa: PLC0415
        from news import search  # noqa: F401, PLC0415
        from news.alerts import showing  # noqa: PLC0415
        from news.demo import load  # noqa: PLC0415
        from news.founding import make_index  # noqa: PLC0415
        from news.home_sections import latest_news, news_url  # noqa: PLC0415

        founding.register(order=20, name="news", make=make_index)
        demo.register(order=30, name="news", load=load)
        alerts.register(showing)
        sections.register("latest_news", latest_news)
        sections.register("news_url", news_url)
