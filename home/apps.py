from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from gandan import tree  # noqa: PLC0415  (models are ready only now)

        tree.join_to_site("communesettings")
