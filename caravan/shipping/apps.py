from django.apps import AppConfig


class Shipping(AppConfig):
    name = "caravan.shipping"
