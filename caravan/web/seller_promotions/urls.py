from __future__ import annotations

from django.urls import path

from caravan.web.seller_promotions import codes, editing, files, groups, lists, pages

urlpatterns = [
    path("seller/<slug:slug>/promotions", lists.promotion_list, name="seller-promotions"),
    path("seller/<slug:slug>/promotions/calendar", lists.calendar, name="seller-promotion-calendar"),
    path("seller/<slug:slug>/promotions/new/<slug:kind>", editing.new, name="seller-promotion-new"),
    path("seller/<slug:slug>/promotions/groups", groups.groups, name="seller-promotion-groups"),
    path("seller/<slug:slug>/promotions/groups/new", groups.new_group, name="seller-promotion-group-new"),
    path("seller/<slug:slug>/promotions/groups/<uuid:id>", groups.group, name="seller-promotion-group"),
    path("seller/<slug:slug>/promotions/groups/<uuid:id>/removal", groups.group_removal, name="seller-promotion-group-removal"),
    path("seller/<slug:slug>/promotions/files", files.files, name="seller-promotion-files"),
    path("seller/<slug:slug>/promotions.csv", files.export, name="seller-promotions-csv"),
    path("seller/<slug:slug>/promotions/<uuid:id>", pages.promotion, name="seller-promotion"),
    path("seller/<slug:slug>/promotions/<uuid:id>/terms", editing.terms, name="seller-promotion-terms"),
    path("seller/<slug:slug>/promotions/<uuid:id>/codes", codes.codes, name="seller-promotion-codes"),
    path("seller/<slug:slug>/promotions/<uuid:id>/codes.csv", codes.codes_csv, name="seller-promotion-codes-csv"),
    path("seller/<slug:slug>/promotions/<uuid:id>/<slug:noun>", pages.move, name="seller-promotion-move"),
]
