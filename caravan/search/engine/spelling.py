"""Which known word a shopper meant by one that no product carries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from caravan.search.rules.distance import damerau

_LETTER_BITS, _PAIR_BITS = 64, 64
_COMPARED = 48
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known word that may have been meant; `merit` is in nats, comparable among candidates of one word."""

    word: str
    merit: float


class Speller:
    """Corrects against the words of the index and their document counts.

    A candidate must lie within Damerau distance 1 for words of 4 to 7 letters and 2 from 8 letters on; shorter words and
    numbers are left alone. Two 64-bit sketches per word (its letters, its letter pairs) are compared for the whole
    vocabulary at once, so the exact distance is computed for a few dozen words only.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = {word: count for word, count in counts.items() if len(word) > 2 and word.isalpha()}
        self._words = list(self._counts)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int16)
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint64)
        self._pairs = np.array([_pairs(word) for word in self._words], dtype=np.uint64)
        self._found: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, word: str, limit: int = 5) -> Sequence[Candidate]:
        """The likeliest words meant by `word`, best first: nearness weighed against how common the word is."""
        if word not in self._found:
            if len(self._found) > 20_000:
                self._found.clear()
            self._found[word] = self._search(word)
        return self._found[word][:limit]

    def _search(self, word: str) -> tuple[Candidate, ...]:
        allowed = allowed_distance(word)
        if not allowed or not self._words:
            return ()
        near = np.abs(self._lengths - len(word)) <= allowed
        # One edit changes at most two letters of the set and six letter pairs (a transposition: three out, three in).
        near &= np.bitwise_count(self._letters ^ np.uint64(_letters(word))) <= 2 * allowed
        near &= np.bitwise_count(self._pairs ^ np.uint64(_pairs(word))) <= 6 * allowed
        found: list[Candidate] = []
        for i in self._closest(np.flatnonzero(near), word):
            other = self._words[i]
            distance = damerau(word, other, allowed)
            if distance <= allowed:
                found.append(Candidate(other, _merit(word, other, distance, self._counts[other])))
        return tuple(sorted(found, key=lambda one: -one.merit)[:_KEPT])

    def _closest(self, near: np.ndarray, word: str) -> np.ndarray:
        """At most 48 of those places, the most alike by sketch first."""
        unlike = np.bitwise_count(self._letters[near] ^ np.uint64(_letters(word))) + np.bitwise_count(
            self._pairs[near] ^ np.uint64(_pairs(word))
        )
        return near[np.argsort(unlike, kind="stable")[:_COMPARED]]


def allowed_distance(word: str) -> int:
    """How many slips are forgiven in a word of that length; none where it carries digits."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def _merit(word: str, other: str, distance: int, count: int) -> float:
    """Log of how common the word is, less what the slips cost. People rarely get the first letter wrong."""
    plural = word + "s" == other or other + "s" == word
    return math.log(1 + count) - 3.0 * distance - (2.0 if word[0] != other[0] else 0.0) + (1.0 if plural else 0.0)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % _LETTER_BITS)
    return bits


def _pairs(word: str) -> int:
    bits = 0
    for a, b in pairwise(word):
        bits |= 1 << ((ord(a) * 31 + ord(b)) % _PAIR_BITS)
    return bits
