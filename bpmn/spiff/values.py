"""Variables as values: containers are frozen on entry, compared and handed on by reference.

So branches and ancestors may share them: setting a variable replaces it whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import is_
from typing import Any, NoReturn
from uuid import UUID

from domain.errors import Invalid

SCALARS = (str, int, float, bool, date, datetime, timedelta, Decimal, type(None))
DEEPEST = 100


def refuse(self: object, *_: Any, **__: Any) -> NoReturn:
    """A frozen container is never changed."""
    raise TypeError("variables are values: set the variable to a new value instead of changing it in place")


class FrozenDict(dict[str, Any]):
    """A mapping that cannot be changed; hashable by nothing, equal to a dict of the same entries."""

    __slots__ = ()
    __setitem__ = __delitem__ = __ior__ = refuse
    update = setdefault = pop = popitem = clear = refuse

    def __copy__(self) -> FrozenDict:
        return self

    def __deepcopy__(self, memo: object) -> FrozenDict:
        return self

    def __reduce__(self) -> tuple[type[FrozenDict], tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self),)


class FrozenList(list[Any]):
    """A list that cannot be changed."""

    __slots__ = ()
    __setitem__ = __delitem__ = __iadd__ = __imul__ = refuse
    append = extend = insert = pop = remove = clear = sort = reverse = refuse

    def __copy__(self) -> FrozenList:
        return self

    def __deepcopy__(self, memo: object) -> FrozenList:
        return self

    def __reduce__(self) -> tuple[type[FrozenList], tuple[list[Any]]]:
        return FrozenList, (list(self),)


def freeze(value: Any, depth: int = 0) -> Any:
    """`value` with every mapping and list in it frozen. Raises Invalid for what is no variable."""
    if isinstance(value, (FrozenDict, FrozenList)) or type(value) in SCALARS:
        return value
    if depth > DEEPEST:
        raise Invalid(f"Giá trị lồng nhau quá {DEEPEST} tầng", f"a value nested over {DEEPEST} levels deep")
    if isinstance(value, Mapping):
        return FrozenDict({text_key(key): freeze(each, depth + 1) for key, each in value.items()})
    if isinstance(value, tuple):
        frozen = tuple(freeze(each, depth + 1) for each in value)
        return value if all(map(is_, value, frozen)) else frozen
    if isinstance(value, (Sequence, frozenset, set)) and not isinstance(value, (str, bytes, bytearray, memoryview)):
        return FrozenList(freeze(each, depth + 1) for each in value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, SCALARS):
        return value
    raise Invalid(
        f"Biến không nhận giá trị loại “{type(value).__name__}”", f"a variable cannot be a {type(value).__name__}"
    )


def text_key(key: object) -> str:
    """The key of a mapping, which must be text."""
    if not isinstance(key, str):
        raise Invalid("Khóa của một nhóm giá trị phải là chữ", "the keys of a mapping must be text")
    return key


def freeze_all(variables: Mapping[str, Any]) -> FrozenDict:
    """Variables with their values frozen."""
    return FrozenDict({text_key(name): freeze(value) for name, value in variables.items()})


def same(one: Any, other: Any) -> bool:
    """Whether a variable was left alone: the same container, or an equal scalar of the same type."""
    return one is other or (
        type(one) is type(other) and not isinstance(one, (FrozenDict, FrozenList, tuple)) and one == other
    )


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of `after` that `before` does not have, or has with another value."""
    if before is after:
        return {}
    return {name: value for name, value in after.items() if name not in before or not same(before[name], value)}
