"""Words that hold a number together with something else, taken apart."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from patientinfo.formats.numbers.words.lexicon import LINKING, Kind, Lexicon
from patientinfo.formats.numbers.words.tokens import fold_word

_SHORTEST_REST = 3
_SHORTEST_DUAL = 5
_LONGEST = 80


class Splitter:
    """Takes words of one language apart; remembers each, for texts repeat their words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = lexicon.words
        table = lexicon.vocabulary
        self.proclitics = tuple(fold_word(word) for word in table.proclitics)
        self.nouns = {fold_word(noun) for noun, (n, _) in table.nouns.items() if n == 1}
        self.duals = tuple(fold_word(ending) for ending in table.dual_endings)
        self.prefixes = sorted(
            ((fold_word(word), Fraction(value)) for word, value in table.prefixes.items()),
            key=lambda item: -len(item[0]),
        )
        kinds = {Kind.LOW, Kind.HUNDREDS, Kind.MULTIPLIER}
        self.bricks = frozenset(
            phrase[0]
            for phrase, entry in lexicon.entries.items()
            if len(phrase) == 1 and entry.kind in kinds
        )
        self.parts_of = lru_cache(maxsize=8192)(self._parts_of)
        self.guess = lru_cache(maxsize=8192)(self._guess)
        self.is_whole = lru_cache(maxsize=8192)(self._is_whole)
        self.is_idle = lru_cache(maxsize=8192)(self._is_idle)
        self.is_quiet = lru_cache(maxsize=8192)(self._is_quiet)
        #: Words that begin nothing which is a number by itself: "and", "and a half".
        self.linking = frozenset(lexicon.longest).difference(
            phrase[0] for phrase, entry in lexicon.entries.items() if entry.kind not in LINKING
        )

    def _is_whole(self, word: str) -> bool:
        """Whether a word is no more than itself."""
        return self.parts_of(word) == (word,)

    def _is_idle(self, word: str) -> bool:
        """
        Whether nothing that a number is made of begins with the word: most words. Where a figure
        stands (an empty word) something does.
        """
        begins = not word or word in self.lexicon.longest or self.guess(word) is not None
        return not begins and self.is_whole(word)

    def _is_quiet(self, word: str) -> bool:
        """Whether a text of nothing but such words has no number, if it has no figure."""
        if word not in self.linking:
            return self.is_idle(word)
        return self.guess(word) is None and self.is_whole(word)

    def _parts_of(self, word: str) -> tuple[str, ...]:
        """`وعشرين` as `و`, `عشرين`; `tweehonderdvijf` as `twee`, `honderd`, `vijf`."""
        if word in self.words:
            return (word,)
        for prefix in self.proclitics:
            rest = word[len(prefix) :]
            if prefix.endswith(("ال", "لل")) and rest in self.nouns:
                return (word,)  # "the day" is not "one day"
            if word.startswith(prefix) and rest in self.words and len(rest) > 1:
                return ("و", rest) if prefix.startswith("و") else (rest,)
        if self.lexicon.vocabulary.glued and _SHORTEST_DUAL < len(word) < _LONGEST:
            return self._bricks(word) or (word,)
        return (word,)

    def _bricks(self, word: str) -> tuple[str, ...]:
        """The number words that `word` is made of, or none."""
        if word in self.bricks:
            return (word,)
        for cut in range(len(word) - 1, 1, -1):
            if word[:cut] in self.bricks:
                rest = word[cut:].removeprefix("und") if cut > _SHORTEST_REST else word[cut:]
                parts = self._bricks(rest)
                if parts:
                    return (word[:cut], *parts)
        return ()

    def _guess(self, word: str) -> Fraction | None:
        """What a word that is no number may say of one: `zweitägig` of two, `العلاجين` too."""
        for prefix, value in self.prefixes:
            if word.startswith(prefix) and len(word) >= len(prefix) + _SHORTEST_REST:
                return value
        if len(word) >= _SHORTEST_DUAL and word.endswith(self.duals or ("\0",)):
            return Fraction(2)
        return None
