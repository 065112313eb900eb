from __future__ import annotations

from django.urls import path

from caravan.web.notices import views

urlpatterns = [
    path("account/notices", views.notices, name="notices"),
    path("account/notices/reading", views.reading, name="notices-reading"),
    path("account/notices/letters", views.letters, name="notices-letters"),
    path("account/notices/<uuid:id>", views.notice, name="notice"),
    path("notices/refusal/<str:token>", views.refusal, name="notices-refusal"),
]
