from django.apps import AppConfig


class Web(AppConfig):
    name = "caravan.web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from caravan.web.cart.sign_in import bring_cart

        user_logged_in.connect(bring_cart, dispatch_uid="caravan.web.cart")
