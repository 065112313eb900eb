from django.apps import AppConfig


class Trade(AppConfig):
    name = "caravan.trade"
