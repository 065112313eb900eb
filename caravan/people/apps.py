from django.apps import AppConfig


class People(AppConfig):
    name = "caravan.people"
