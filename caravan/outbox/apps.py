from django.apps import AppConfig


class Outbox(AppConfig):
    name = "caravan.outbox"
