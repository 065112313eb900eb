from __future__ import annotations

import gc
import os

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from caravan.catalog.queries.categories import forget as forget_categories
from caravan.people.actions.limits import forget_here
from caravan.promotions.queries.offers import forget_offers
from caravan.shipping.queries import forget_books
from caravan.signals.actions import record
from caravan.tax.queries.tables import forget_tables
from caravan.trade.queries.rates import forget_rates

# How fast examples are made depends on who else computes on the machine, and says nothing about the market.
hypothesis_settings.register_profile("market", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("market")


def pytest_configure() -> None:
    # Passwords are slow to hash on purpose; tests make hundreds.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files by their plain names, so that pages need no collectstatic first.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # What one test's visitors saw is written when a test says so, not by a thread in the middle of another.
    record.INTERVAL = 86_400
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = os.environ["CARAVAN_TEST_TEMPLATE"]
    TransactionTestCase._fixture_teardown = _empty


def pytest_collection_finish() -> None:
    """Some thousands of tests and all they import stay until the end: garbage is not looked for among them again and again."""
    gc.collect()
    gc.freeze()


# What every migration writes anew, and no test touches.
DJANGOS_OWN = ("django_migrations", "django_content_type", "auth_permission")
# What our migrations write, in the order rows ask for one another.
SEEDED = ("shipping_zoneset", "shipping_table", "shipping_rate")


def _empty(case: TransactionTestCase) -> None:
    """After a test that commits: every table as the migrations left it. Django would empty each of a hundred tables, which takes
    longer than most of these tests, and would forget the jobs that wait and what migrations wrote."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s)", [list(DJANGOS_OWN)]
        )
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in sorted(tables)))
        cursor.execute(f"TRUNCATE {', '.join(row[0] for row in cursor.fetchall())} CASCADE")
        for table in SEEDED:
            cursor.execute(f"INSERT INTO {table} SELECT * FROM seeded.{table}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Connections of threads that tests began end with the tests, so that the database can be dropped."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA seeded")
        for table in SEEDED:
            cursor.execute(f"CREATE TABLE seeded.{table} AS TABLE {table}")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({others}) other")


@pytest.fixture(autouse=True)
def kept_for_this_test_only():
    """Rates, offers, shipping and tax tables and categories are kept in the process for a minute, limits as long as it lives; no
    test sees another's."""
    forget_rates()
    forget_books()
    forget_tables()
    forget_categories()
    forget_offers()
    forget_here()
    record._waiting.clear()
    yield
    forget_rates()
    forget_books()
    forget_tables()
    forget_categories()
    forget_offers()


def pytest_terminal_summary(terminalreporter) -> None:
    from tests.browser import CHROMIUM, NO_CHROMIUM

    if CHROMIUM is None:
        terminalreporter.write_line(NO_CHROMIUM, red=True, bold=True)
