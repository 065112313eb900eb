from django.apps import AppConfig


class Stores(AppConfig):
    name = "caravan.stores"
