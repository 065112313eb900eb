"""Postings and their entries are never changed or taken away: triggers refuse it, and refuse what does not balance."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now

from caravan.ledger.rules import OWNED, AccountKind

_KINDS = [kind.value for kind in AccountKind]
_OWNED = sorted(kind.value for kind in OWNED)


class NextPosting(Func):
    """The next id of a posting (migration 1 has the function)."""

    function = "ledger_next_posting"
    output_field = models.BigIntegerField()


class Posting(models.Model):
    """A movement of money. `cause` and `kind` name it, so that it is made once. It happened `at`, and was told `booked_at`.

    Ids are given in the order of booking, by a function that first takes the transaction's own id: `actions.fold` relies on it.
    """

    id = models.BigIntegerField(primary_key=True, db_default=NextPosting(), editable=False)
    cause = models.UUIDField()
    kind = models.CharField(max_length=40)
    order_id = models.UUIDField(null=True)
    memo = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    booked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "kind"], name="ledger_posting_once")]
        indexes = [models.Index(fields=["order_id"], condition=Q(order_id__isnull=False), name="ledger_posting_order")]


class Entry(models.Model):
    """One account's part in a posting: a debit is positive, a credit negative. `at` is the posting's.

    The account is named here, not referred to: nobody waits for a row that others use too.
    """

    pk = models.CompositePrimaryKey("posting_id", "number")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries", db_index=False)
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    owner_id = models.UUIDField(null=True)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="ledger_entry_kind"),
            models.CheckConstraint(
                condition=Q(owner_id__isnull=False, kind__in=_OWNED) | (Q(owner_id__isnull=True) & ~Q(kind__in=_OWNED)),
                name="ledger_entry_owner",
            ),
            models.CheckConstraint(condition=~Q(minor=0), name="ledger_entry_something"),
        ]
        # Every entry stands in one of the two. A balance or a page of a statement reads the index alone.
        indexes = [
            models.Index(
                fields=["owner_id", "posting_id"],
                include=["currency", "kind", "minor", "at"],
                condition=Q(owner_id__isnull=False),
                name="ledger_entry_owned",
            ),
            models.Index(
                fields=["kind", "currency", "posting_id"],
                include=["minor", "at"],
                condition=Q(owner_id__isnull=True),
                name="ledger_entry_shared",
            ),
        ]


class Balance(models.Model):
    """What the entries of an account come to, up to `Mark.upto`. Escrow is only kept as a whole, without owner: an order's own
    entries are few."""

    kind = models.CharField(max_length=20)
    owner_id = models.UUIDField(null=True)
    currency = models.CharField(max_length=3)
    minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "currency", "kind"], nulls_distinct=False, name="ledger_balance_once")
        ]


class Mark(models.Model):
    """One row: balances hold every entry up to the posting `upto`. `next_upto` follows once every transaction older than
    `next_xid` has ended: then no posting below it can appear any more."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    upto = models.BigIntegerField(default=0)
    next_upto = models.BigIntegerField(default=0)
    next_xid = models.BigIntegerField(default=0)
