"""Every refusal a person can meet, as RFC 9457 problem details. Pages and API render the same object."""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):
    """A refusal with a stable `code`, an HTTP `status`, and a `detail` that says what happened and what to do.

    `fields` maps a form field, whatever it is called, to what is wrong with it. Raise a subclass.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, code: str, detail: str, /, **fields: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        """So that one raised in another process comes over whole."""
        return (_again, (type(self), self.code, self.detail, self.fields))


class Broken(Problem):
    """A defect of ours reached whoever asked."""


class Invalid(Problem):
    """What was sent cannot be used as it is."""

    status = 422
    title = "Please check what you entered"


class BadRequest(Problem):
    """The request itself is malformed (not JSON, a broken cursor, a missing header)."""

    status = 400
    title = "The request could not be read"


class NotFound(Problem):
    """There is no such thing, or none this actor may see: the two are never told apart."""

    status = 404
    title = "Not found"


class Unauthenticated(Problem):
    status = 401
    title = "Please sign in"


class Forbidden(Problem):
    """The actor sees the thing but may not do this to it."""

    status = 403
    title = "Not allowed"


class Conflict(Problem):
    """The world moved on: sold out, already paid, the same key with another request."""

    status = 409
    title = "This has changed meanwhile"


class RateLimited(Problem):
    """Too many requests; `retry_after` is in seconds."""

    status = 429
    title = "Too many requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__("rate.limited", f"Too many requests. Try again in {retry_after} seconds.")
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.retry_after,))


def _again(kind: type[Problem], code: str, detail: str, fields: dict[str, str]) -> Problem:
    return kind(code, detail, **fields)
