from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    # The first that fits answers, so what is asked for most stands first.
    path("", include("caravan.web.browse.urls")),
    path("", include("caravan.web.product.urls")),
    path("", include("caravan.web.store.urls")),
    path("", include("caravan.web.home.urls")),
    path("", include("caravan.web.rankings.urls")),
    path("", include("caravan.web.cart.urls")),
    # Seldomer asked for.
    path("", include("caravan.web.account.urls")),
    path("", include("caravan.web.checkout.urls")),
    path("", include("caravan.web.coupons.urls")),
    path("", include("caravan.web.deals.urls")),
    path("", include("caravan.web.demo_mail.urls")),
    path("", include("caravan.web.disputes.urls")),
    path("", include("caravan.web.feedback.urls")),
    path("", include("caravan.web.follows.urls")),
    path("", include("caravan.web.market_choice.urls")),
    path("", include("caravan.web.notices.urls")),
    path("", include("caravan.web.operator_ledger.urls")),
    path("", include("caravan.web.orders.urls")),
    path("", include("caravan.web.promotion_reports.urls")),
    path("", include("caravan.web.operator_promotions.urls")),  # whose nouns come after the report
    path("", include("caravan.web.seller_goods.urls")),
    path("", include("caravan.web.seller_home.urls")),
    path("", include("caravan.web.seller_hooks.urls")),
    path("", include("caravan.web.seller_insight.urls")),
    path("", include("caravan.web.seller_money.urls")),
    path("", include("caravan.web.seller_orders.urls")),
    path("", include("caravan.web.seller_promotions.urls")),
    path("", include("caravan.web.seller_shipping.urls")),
    path("", include("caravan.web.seller_service.urls")),
    path("", include("caravan.web.tax_tables.urls")),
    path("", include("caravan.web.wishes.urls")),
]
