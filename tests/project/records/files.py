"""Trade records small enough to reconcile by hand, in the very form of the published files."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

RETAIL_HEAD = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
RETAIL = (
    ("536365", "85123a", "WHITE HEART", 6, "2010-12-01 08:26:00", "2.55", "17850.0", "United Kingdom"),
    ("536365", "71053", "WHITE LANTERN", 2, "2010-12-01 08:26:00", "3.39", "17850.0", "United Kingdom"),
    ("536370", "85123A", "WHITE HEART", 4, "2010-12-02 10:00:00", "2.55", "17850.0", "United Kingdom"),
    ("536371", "71053", "WHITE LANTERN", 1, "2010-12-02 11:00:00", "3.39", "", "France"),
    ("C536379", "85123A", "WHITE HEART", -5, "2010-12-03 09:00:00", "2.55", "17850.0", "United Kingdom"),
    ("C536380", "71053", "WHITE LANTERN", -3, "2010-12-03 09:30:00", "3.39", "17850.0", "United Kingdom"),
    ("C536381", "71053", "WHITE LANTERN", -1, "2010-12-03 09:40:00", "3.39", "", "United Kingdom"),
    ("536390", "POST", "POSTAGE", 1, "2010-12-04 09:00:00", "18.00", "12583.0", "France"),
    ("536391", "22423", "CAKESTAND", 1, "2010-12-04 09:10:00", "0.00", "", "United Kingdom"),
    ("536391", "22424", "CAKESTAND", 1, "2010-12-04 09:10:00", "1.005", "", "United Kingdom"),
    ("536392", "22423", "CAKESTAND", 1, "2010-12-04 09:20:00", "12.75", "", "Unspecified"),
    ("A536393", "B", "Adjust bad debt", 1, "2010-12-04 09:30:00", "-110.62", "", "United Kingdom"),
)

OLIST: dict[str, tuple[Sequence[str], Sequence[Sequence[object]]]] = {
    "olist_customers_dataset": (
        ("customer_id", "customer_unique_id", "customer_zip_code_prefix", "customer_city", "customer_state"),
        [(f"c{n}", f"person{n % 2}", "01310", "sao paulo", "SP") for n in range(1, 6)],
    ),
    "olist_sellers_dataset": (
        ("seller_id", "seller_zip_code_prefix", "seller_city", "seller_state"),
        [("seller-one-000", "01310", "sao paulo", "SP"), ("seller-two-000", "80000", "curitiba", "PR")],
    ),
    "olist_products_dataset": (
        ("product_id", "product_category_name", "product_weight_g", "product_length_cm", "product_height_cm", "product_width_cm"),
        [("perfume-0", "perfumaria", "225", "16", "10", "14"), ("unknown-0", "", "", "", "", "")],
    ),
    "product_category_name_translation": (
        ("product_category_name", "product_category_name_english"),
        [("perfumaria", "perfumery")],
    ),
    "olist_orders_dataset": (
        ("order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
         "order_delivered_carrier_date", "order_delivered_customer_date"),
        [
            ("two-sellers", "c1", "delivered", "2018-01-02 10:00:00", "2018-01-02 10:10:00", "2018-01-03 09:00:00",
             "2018-01-09 12:00:00"),
            ("called-off", "c2", "canceled", "2018-01-03 10:00:00", "2018-01-03 10:10:00", "", ""),
            ("no-items", "c3", "unavailable", "2018-01-04 10:00:00", "", "", ""),
            ("unpaid", "c4", "delivered", "2018-01-05 10:00:00", "", "2018-01-06 09:00:00", "2018-01-09 12:00:00"),
        ],
    ),
    "olist_order_items_dataset": (
        ("order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value"),
        [
            ("two-sellers", 1, "perfume-0", "seller-one-000", "", "100.00", "10.00"),
            ("two-sellers", 2, "perfume-0", "seller-one-000", "", "100.00", "10.00"),
            ("two-sellers", 3, "unknown-0", "seller-two-000", "", "50.00", "5.50"),
            ("called-off", 1, "perfume-0", "seller-one-000", "", "90.00", "10.00"),
            ("unpaid", 1, "unknown-0", "seller-two-000", "", "50.00", "5.50"),
            ("nowhere", 1, "perfume-0", "seller-one-000", "", "70.00", "7.00"),
            ("unpaid", 2, "perfume-0", "seller-one-000", "", "0.00", "1.00"),
            ("unpaid", 3, "perfume-0", "seller-one-000", "", "10.005", "1.00"),
        ],
    ),
    "olist_order_payments_dataset": (
        ("order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"),
        [
            ("two-sellers", 1, "credit_card", 1, "200.00"),
            ("two-sellers", 2, "voucher", 1, "75.50"),
            ("called-off", 1, "boleto", 1, "100.00"),
            ("no-items", 1, "boleto", 1, "12.00"),
            ("unpaid", 1, "not_defined", 1, "0.00"),
        ],
    ),
    "olist_order_reviews_dataset": (
        ("review_pk", "order_id", "review_score", "review_creation_date", "review_answer_timestamp"),
        [
            (1, "two-sellers", 2, "2018-01-10 00:00:00", "2018-01-11 00:00:00"),
            (2, "two-sellers", 5, "2018-01-12 00:00:00", "2018-01-13 00:00:00"),
            (3, "called-off", 1, "2018-01-05 00:00:00", "2018-01-06 00:00:00"),
            (4, "no-items", 1, "2018-01-05 00:00:00", "2018-01-06 00:00:00"),
        ],
    ),
}  # fmt: skip


def retail_file(folder: Path, name: str = "online_retail.csv") -> Path:
    """Packed where the name ends in ".gz"."""
    return _write(folder / name, RETAIL_HEAD, RETAIL)


def olist_folder(folder: Path) -> Path:
    for name, (head, rows) in OLIST.items():
        _write(folder / f"{name}.csv.gz", head, rows)
    return folder


def _write(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([head, *rows])
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
