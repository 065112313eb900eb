from __future__ import annotations

from django.urls import path

from caravan.web.seller_orders import changes, notes, papers, parcels, shipments, views

urlpatterns = [
    path("seller/<slug:slug>/orders", views.orders, name="seller-orders"),
    path("seller/<slug:slug>/orders/<str:number>", views.order, name="seller-order"),
    path("seller/<slug:slug>/orders/<str:number>/shipment", parcels.shipment, name="seller-order-shipment"),
    path("seller/<slug:slug>/orders/<str:number>/cancel-answer", changes.cancel_answer, name="seller-order-cancel-answer"),
    path("seller/<slug:slug>/orders/<str:number>/cancellation", changes.cancellation, name="seller-order-cancellation"),
    path("seller/<slug:slug>/orders/<str:number>/protection", changes.protection, name="seller-order-protection"),
    path("seller/<slug:slug>/orders/<str:number>/refunds", changes.refunds, name="seller-order-refunds"),
    path("seller/<slug:slug>/orders/<str:number>/parcels/<int:parcel>/news", parcels.news, name="seller-parcel-news"),
    path("seller/<slug:slug>/orders/<str:number>/notes", notes.notes, name="seller-order-notes"),
    path("seller/<slug:slug>/orders/<str:number>/notes/<uuid:id>/removal", notes.removal, name="seller-note-removal"),
    path("seller/<slug:slug>/orders/<str:number>/invoice.pdf", papers.invoice, name="seller-invoice"),
    path("seller/<slug:slug>/orders/<str:number>/papers/<uuid:id>.pdf", papers.paper, name="seller-paper"),
    path("seller/<slug:slug>/packing-slips.pdf", papers.packing_slips, name="seller-packing-slips"),
    path("seller/<slug:slug>/shipments", shipments.shipments, name="seller-shipments"),
    path("seller/<slug:slug>/shipments/to-ship.csv", shipments.to_ship, name="seller-to-ship"),
]
