from django.apps import AppConfig


class Tax(AppConfig):
    name = "caravan.tax"
