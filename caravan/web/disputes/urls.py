from __future__ import annotations

from django.urls import path

from caravan.web.disputes import buyer, operator, seller

urlpatterns = [
    path("orders/<str:number>/dispute", buyer.dispute, name="dispute"),
    path("orders/<str:number>/dispute/evidence/<uuid:id>", buyer.evidence, name="dispute-evidence"),
    path("orders/<str:number>/dispute/<slug:noun>", buyer.act, name="dispute-act"),
    path("seller/<slug:slug>/disputes", seller.disputes, name="seller-disputes"),
    path("seller/<slug:slug>/disputes/<str:number>", seller.dispute, name="seller-dispute"),
    path("seller/<slug:slug>/disputes/<str:number>/evidence/<uuid:id>", seller.evidence, name="seller-dispute-evidence"),
    path("seller/<slug:slug>/disputes/<str:number>/<slug:noun>", seller.act, name="seller-dispute-act"),
    path("operator/disputes", operator.disputes, name="operator-disputes"),
    path("operator/disputes/<str:number>", operator.dispute, name="operator-dispute"),
    path("operator/disputes/<str:number>/evidence/<uuid:id>", operator.evidence, name="operator-dispute-evidence"),
    path("operator/disputes/<str:number>/<slug:noun>", operator.act, name="operator-dispute-act"),
]
