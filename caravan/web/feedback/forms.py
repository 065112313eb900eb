"""What a buyer typed of a purchase, as an opinion, and back into the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from caravan.reputation.actions.feedback import Opinion


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The fields as text, so that the form keeps what was typed."""

    stars: str = ""
    described: str = ""
    communication: str = ""
    shipping: str = ""
    text: str = ""

    @classmethod
    def typed(cls, posted: QueryDict) -> FeedbackForm:
        return cls(**{name: str(posted.get(name, "")) for name in cls.__slots__})

    def opinion(self) -> Opinion:
        """A number that is none becomes 0, which the room refuses by its field."""
        return Opinion(
            stars=_number(self.stars),
            described=_number(self.described) if self.described else None,
            communication=_number(self.communication) if self.communication else None,
            shipping=_number(self.shipping) if self.shipping else None,
            text=self.text.replace("\r\n", "\n"),
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) == 1 else 0
