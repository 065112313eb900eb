from django.apps import AppConfig


class Promotions(AppConfig):
    name = "caravan.promotions"
