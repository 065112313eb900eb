"""What the words of a query may mean in this index: each word, and the other ways to say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log1p

from caravan.search.engine.languages import LANGUAGES, stem
from caravan.search.engine.snapshot import Snapshot
from caravan.search.engine.spelling import Candidate
from caravan.search.rules.heads import head
from caravan.search.rules.synonyms import Phrase
from caravan.search.rules.words import content, words

FOREIGN_WEIGHT = 0.5
SYNONYM_WEIGHT = 0.8
JOINED_WEIGHT = 0.9
CORRECTED_WEIGHTS = (0.9, 0.6, 0.6)
CONTEXT = 0.5
_SPLITS_COMMON = 200
_NEIGHBOURS_HEEDED = 4


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a word: all of `stems` in one product, of `language`, worth `weight` (0 to 1).

    A `foreign` way, in another language than the shopper's, is looked for in titles only: brands are under every language.
    """

    language: str
    stems: tuple[str, ...]
    weight: float
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """A word asked for. No `ways`: no product knows it, nor anything like it. `rarity` is that of its best way, in nats."""

    word: str
    ways: tuple[Way, ...]
    rarity: float = 0.0
    naming: bool = False


@dataclass(frozen=True, slots=True)
class Interpretation:
    """`corrected` is the whole text as it was searched, when that differs from what was typed."""

    slots: tuple[Slot, ...]
    corrected: str | None

    @property
    def known(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.ways)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(slot.word for slot in self.slots if not slot.ways)


class Interpreter:
    """Reads queries of one language against one snapshot."""

    def __init__(self, snapshot: Snapshot, language: str, synonyms: Mapping[Phrase, tuple[Phrase, ...]]) -> None:
        self._snapshot = snapshot
        self._language = language
        self._synonyms = synonyms

    def read(self, text: str) -> Interpretation:
        typed = words(text)
        asked = content(typed, self._language)
        spoken: dict[str, tuple[str, ...]] = {}
        ways: list[list[Way]] = []
        for word in asked:
            found = self._as_written(word)
            if not found:
                found, spoken[word] = self._as_meant(word, asked)
            elif split := self._split(word, at_most=_SPLITS_COMMON):
                found.append(Way(self._language, split, JOINED_WEIGHT))
            ways.append(found)
        meant = [part for word in asked for part in spoken.get(word, (word,))]
        self._add_joined(asked, ways)
        self._add_synonyms(asked, ways, spoken)
        naming = self._naming(asked, ways)
        slots = tuple(
            Slot(word, tuple(found), self._rarity(found), word == naming) for word, found in zip(asked, ways, strict=True)
        )
        changed = meant != asked
        corrected = " ".join(part for word in typed for part in spoken.get(word, (word,))) if changed else None
        return Interpretation(slots, corrected)

    def _as_written(self, word: str) -> list[Way]:
        """The word itself, in the shopper's language first, then in the others that know it."""
        ordered = (self._language, *(language for language in LANGUAGES if language != self._language))
        ways = (Way(language, (stem(word, language),), 1.0) for language in ordered)
        return [
            way if way.language == self._language else replace(way, weight=FOREIGN_WEIGHT, foreign=True)
            for way in ways
            if self._snapshot.documents(way.stems[0], way.language)
        ]

    def _as_meant(self, word: str, asked: list[str]) -> tuple[list[Way], tuple[str, ...]]:
        """Two words written as one, or a slip of the pen, or the beginning of a longer word; with the words to show."""
        if split := self._split(word):
            return [Way(self._language, split, JOINED_WEIGHT)], self._split_words(word)
        for language in dict.fromkeys((self._language, "en")):
            fitting = self._fitting(word, asked, language)
            stems = dict.fromkeys(stem(candidate, language) for candidate in fitting)
            known = [stemmed for stemmed in stems if self._snapshot.documents(stemmed, language)]
            if known:
                ways = [Way(language, (one,), weight) for one, weight in zip(known, CORRECTED_WEIGHTS, strict=False)]
                return ways, (fitting[0],)
        return [], (word,)

    def _fitting(self, word: str, asked: list[str], language: str) -> list[str]:
        """What may have been meant by `word`, best first: near, common, and met in titles together with the other words."""
        others = [stem(other, language) for other in asked if other != word][:_NEIGHBOURS_HEEDED]

        def merit(candidate: Candidate) -> float:
            meant = stem(candidate.word, language)
            return candidate.merit + CONTEXT * sum(log1p(self._snapshot.sharing(meant, other, language)) for other in others)

        candidates = self._snapshot.vocabulary.speller(language).candidates(word)
        ranked = sorted(candidates, key=merit, reverse=True) if others else candidates
        return [candidate.word for candidate in ranked]

    def _split(self, word: str, at_most: int | None = None) -> tuple[str, ...]:
        parts = self._split_words(word, at_most)
        return tuple(stem(part, self._language) for part in parts) if len(parts) == 2 else ()

    def _split_words(self, word: str, at_most: int | None = None) -> tuple[str, ...]:
        """The two words it is made of, if titles have them side by side more than once; else the word."""
        vocabulary, language = self._snapshot.vocabulary, self._language
        if len(word) < 6 or not word.isalpha() or (at_most is not None and vocabulary.count(word, language) >= at_most):
            return (word,)
        parts: tuple[str, ...] = (word,)
        best = 1
        for cut in range(3, len(word) - 2):
            first, second = word[:cut], word[cut:]
            if vocabulary.count(first, language) < 3 or vocabulary.count(second, language) < 3:
                continue
            together = self._snapshot.together(stem(first, language), stem(second, language), language)
            if together > best:
                best, parts = together, (first, second)
        return parts

    def _add_joined(self, asked: list[str], ways: list[list[Way]]) -> None:
        """ "dead bolt" also means "deadbolt"."""
        for place in range(len(asked) - 1):
            joined = asked[place] + asked[place + 1]
            if joined.isalpha() and self._snapshot.vocabulary.count(joined, self._language) > 1:
                way = Way(self._language, (stem(joined, self._language),), JOINED_WEIGHT)
                ways[place].append(way)
                ways[place + 1].append(way)

    def _add_synonyms(self, asked: list[str], ways: list[list[Way]], spoken: Mapping[str, tuple[str, ...]]) -> None:
        """A phrase's synonym stands for each of its words."""
        read = [spoken.get(word, (word,))[0] for word in asked]
        stems = [stem(word, self._language) for word in read]
        for first in range(len(stems)):
            for last in range(first + 1, len(stems) + 1):
                for phrase in self._synonyms.get(tuple(stems[first:last]), ()):
                    if all(self._snapshot.documents(one, self._language) for one in phrase):
                        for place in range(first, last):
                            ways[place].append(Way(self._language, phrase, SYNONYM_WEIGHT))

    def _naming(self, asked: list[str], ways: list[list[Way]]) -> str:
        return head([word for word, found in zip(asked, ways, strict=True) if found], self._language)

    def _rarity(self, ways: list[Way]) -> float:
        return max((min(self._snapshot.rarity(one, way.language) for one in way.stems) for way in ways), default=0.0)
