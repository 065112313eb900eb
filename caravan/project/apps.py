from django.apps import AppConfig


class Project(AppConfig):
    name = "caravan.project"

    def ready(self) -> None:
        from caravan.outbox.registry import wire
        from caravan.project.wiring import SUBSCRIPTIONS

        wire(SUBSCRIPTIONS)
