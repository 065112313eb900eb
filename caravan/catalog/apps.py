from django.apps import AppConfig


class Catalog(AppConfig):
    name = "caravan.catalog"
