from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caravan.catalog.models import Category, Product
from caravan.catalog.queries import tree
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    signed_in = Client()
    signed_in.force_login(factories.user(is_staff=True, is_superuser=True))
    return signed_in


@pytest.fixture
def product():
    return factories.product(factories.store(), factories.category("lamps"))


def test_goods_are_blocked_only_with_a_reason_and_only_through_the_action(operator, product):
    goods = reverse("admin:catalog_product_changelist")
    chosen = {"action": "block", "_selected_action": str(product.pk)}
    asked = operator.post(goods, chosen)
    assert asked.status_code == 200
    assert b'name="reason"' in asked.content
    assert Product.objects.get().status == "active"
    operator.post(goods, {**chosen, "reason": "Not what it says."})
    assert (Product.objects.get().status, Product.objects.get().status_reason) == ("blocked", "Not what it says.")
    operator.post(goods, {"action": "unblock", "_selected_action": str(product.pk)})
    assert Product.objects.get().status == "withdrawn"


def test_the_lists_open_and_goods_cannot_be_edited_as_rows(operator, product):
    for name in ("product", "category", "attribute", "importjob"):
        assert operator.get(reverse(f"admin:catalog_{name}_changelist")).status_code == 200
    there = reverse("admin:catalog_product_change", args=[product.pk])
    assert operator.get(there).status_code == 200
    assert operator.post(there, {"status": "active"}).status_code == 403


def test_a_category_that_moves_takes_its_branch_along(operator):
    home = factories.category("home")
    lamps = factories.category("lamps", home)
    factories.category("desk", lamps)
    form = {"slug": "lighting", "parent": "", "position": "0"}
    for inline in ("names", "attributes"):
        form |= {f"{inline}-TOTAL_FORMS": "0", f"{inline}-INITIAL_FORMS": "0"}
    sent = operator.post(reverse("admin:catalog_category_change", args=[lamps.pk]), form)
    assert sent.status_code == 302
    assert set(Category.objects.values_list("path", flat=True)) == {"home", "lighting", "lighting/desk"}
    assert "lighting/desk" in tree("en")
