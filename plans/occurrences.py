"""Where a document prints some words, whatever their case and punctuation: an index, so that asking is cheap."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r" ?[,;&–-] ?(?:và )?| (?:và |[&–-] ?)?", re.IGNORECASE)
_LONGEST = 40


class Occurrences:
    """The words of one tidied text with their places; "và" counts as a separator."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: list[str] = []
        self._spans: list[tuple[int, int]] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(text):
            word = match.group().casefold()
            if word != "và":
                self._places[word].append(len(self._words))
                self._words.append(word)
                self._spans.append(match.span())

    def of(self, name: str, suffix: str | None = None) -> Counter[str]:
        """Each printed form of `name` and how often; with `suffix`, those followed by that word after one blank."""
        words = [word for word in _WORD.findall(name.casefold()) if word != "và"]
        found: Counter[str] = Counter()
        if not words or len(words) > _LONGEST:
            return found
        rarest = min(range(len(words)), key=lambda index: len(self._places.get(words[index], ())))
        for place in self._places.get(words[rarest], ()):
            first, after = place - rarest, place - rarest + len(words)
            if first < 0 or self._words[first:after] != words or not self._is_joined(first, after):
                continue
            end = self._spans[after - 1][1]
            if suffix is not None:
                if after >= len(self._words) or self._words[after] != suffix.casefold():
                    continue
                if self._text[end : self._spans[after][0]] != " ":
                    continue
                end = self._spans[after][1]
            found[self._text[self._spans[first][0] : end]] += 1
        return found

    def _is_joined(self, first: int, after: int) -> bool:
        """Whether nothing but blanks, commas, dashes and "và" stands between these words."""
        return all(
            _GAP.fullmatch(self._text, self._spans[index][1], self._spans[index + 1][0])
            for index in range(first, after - 1)
        )
