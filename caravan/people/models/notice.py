from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from caravan.kernel.ids import uuid7


class Notice(models.Model):
    """Something a person was told, on their page of notices and perhaps by mail.

    `mail_at`: when it is to go out by mail; empty once that is done, or when it is not to go.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    code = models.CharField(max_length=20)
    cause = models.CharField(max_length=120)
    about = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code", "cause"], name="people_notice_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="people_notice_page"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="people_notice_unread"),
            models.Index(fields=["mail_at"], condition=Q(mail_at__isnull=False), name="people_notice_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.cause}"


class NoticeChoice(models.Model):
    """What somebody has decided about mail of a kind of notice; without a row the kind's own way holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices")
    code = models.CharField(max_length=20)
    by_mail = models.BooleanField()
    at = models.DateTimeField(help_text="when it was decided: consent is to be shown")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="people_notice_choice_once")]
