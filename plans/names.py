"""The names a document uses: full names behind abbreviations, and the commonest way of printing each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from domain.text import capitalise, fold, fold_words, tidy
from plans.occurrences import Occurrences

_RUN_END = re.compile(r"[,;.:()\[\]\n“”\"!?|/]")
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_ABBREVIATION = re.compile(r"\b[A-ZĐ][A-ZĐ&-]*[A-ZĐ]\b")
_SKIPPED = frozenset({"va"})
# Allowed in official tables as they are: bodies and matters everybody knows by these letters.
_KEPT = frozenset(
    (
        *("UBND", "HĐND", "UBNDTP", "HĐNDTP", "UBMTTQ", "MTTQ", "TTHC", "CCHC", "KSTTHC", "QPPL", "TW", "PAKN"),
        *("DVC", "CCVC", "CNTT", "BHXH"),
    )
)
_HEADS = {"p": "Phòng", "vp": "Văn phòng", "tt": "Trung tâm", "cc": "Chi cục", "ttr": "Thanh tra", "bql": "Ban Quản lý"}
_HEAD = re.compile(r"^(P|VP|TT|CC|TTr|BQL)(?:\.\s*|\s+)(?=[A-ZĐ])")
_MOST_ABBREVIATIONS = 200


class Names:
    """The printed text of a document, asked for names."""

    def __init__(self, texts: Iterable[str]) -> None:
        whole = "\n".join(tidy(line) for text in texts for line in text.splitlines())
        self._occurrences = Occurrences(whole)
        self._runs = [words for run in _RUN_END.split(whole) if len(words := _WORD.findall(run.replace("&", " "))) > 1]
        self._initials = [[fold(word)[:1] for word in run] for run in self._runs]
        self._known: dict[str, str] = {}
        self._abbreviations = 0

    def learn(self, names: Iterable[str]) -> None:
        """Take `names` for whole unit names, printed as such in a cell of their own."""
        for name in names:
            self._known.setdefault(fold_words(name), name)

    def in_full(self, name: str) -> str:
        """`name` with its abbreviations written out as the document does, in its commonest spelling."""
        written = _HEAD.sub(lambda match: _HEADS[match.group(1).casefold()] + " ", tidy(name))
        written = _ABBREVIATION.sub(lambda match: self._expand(match.group(), written), written)
        return capitalise(self._commonest(written))

    def completed(self, name: str) -> str | None:
        """The one known name that begins with the broken-off `name`, or None when there is none or several."""
        key = fold_words(name)
        if len(key.split()) < 2 or key in self._known:
            return None
        longer = {known for known in self._known if known.startswith(key)}
        shortest = [
            known for known in longer if not any(other != known and known.startswith(other) for other in longer)
        ]
        return capitalise(self._known[shortest[0]]) if len(shortest) == 1 else None

    def spelled(self, abbreviation: str) -> str:
        """The words behind an abbreviation anywhere in the document, or the abbreviation itself."""
        return self._spelled_out(fold(abbreviation), "", True) or abbreviation

    def commonest(self, name: str) -> str | None:
        """`name` as the document prints it most, or None when it does not."""
        return self._commonest(name) if self.count(name) else None

    def count(self, name: str) -> int:
        """How often the document prints `name`, whatever its case and punctuation."""
        return sum(self._variants(name).values())

    def _expand(self, abbreviation: str, name: str) -> str:
        letters = fold(re.sub(r"[&-]", "", abbreviation))
        if abbreviation in _KEPT or len(letters) < 3:
            return abbreviation
        before = fold_words(name.split(abbreviation)[0]).split()
        is_group = before[:1] == ["cac"] or not before
        return self._spelled_out(letters, before[-1] if before else "", is_group) or abbreviation

    @lru_cache(maxsize=4096)  # noqa: B019 - lives as long as one reading
    def _spelled_out(self, letters: str, head: str, is_group: bool) -> str | None:
        """The commonest words with these initials; in a unit's own name the first of them has a capital."""
        self._abbreviations += 1
        found: Counter[str] = Counter()
        if self._abbreviations > _MOST_ABBREVIATIONS:
            return None
        for run, initials in zip(self._runs, self._initials, strict=True):
            for start in range(len(run) - len(letters) + 1):
                if initials[start] != letters[0] or not (is_group or run[start][0].isupper()):
                    continue
                end = _reach(run, initials, start, letters)
                if end and not run[start].isupper():
                    led = start > 0 and fold(run[start - 1]) == head
                    found[" ".join(run[start:end])] += 100 if led else 1
        return found.most_common(1)[0][0] if found else None

    def _commonest(self, name: str) -> str:
        variants = self._variants(name)
        followed = self._variants(name, "Sở")
        if followed and not fold_words(name).endswith((" so", " tinh")):
            is_short = fold_words(name) in {"van phong", "thanh tra"}
            if is_short or 2 * sum(followed.values()) >= sum(variants.values()):
                variants = followed
        quiet = Counter({each: times for each, times in variants.items() if not each.isupper()})
        variants = quiet or variants
        return max(variants, key=lambda each: (variants[each], sum(map(str.isupper, each))), default=name)

    @lru_cache(maxsize=4096)  # noqa: B019 - lives as long as one reading
    def _variants(self, name: str, suffix: str | None = None) -> Counter[str]:
        return self._occurrences.of(name, suffix)


def _reach(run: list[str], initials: list[str], start: int, letters: str) -> int | None:
    """The index after the words from `start` whose initials are `letters`, or None."""
    position = start
    for letter in letters:
        while position < len(run) and fold(run[position]) in _SKIPPED and letter != "v":
            position += 1
        if position >= len(run) or initials[position] != letter:
            return None
        position += 1
    return position
