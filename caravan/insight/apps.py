from django.apps import AppConfig


class Insight(AppConfig):
    name = "caravan.insight"
