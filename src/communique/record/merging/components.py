"""Applies judgements: things that are judged to be one become one, unless a judgement keeps them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from communique.record.merging.judging import Judgement

Apart = Callable[[str, str], bool]


def components(
    ids: Collection[str], judgements: Iterable[Judgement], is_apart: Apart, is_sure: Callable[[str], bool]
) -> list[tuple[str, ...]]:
    """The groups that judgements make of things, each sorted, all in order; the order of the input is of no account.

    The surest judgements come first; one is applied only where no two members of the groups that it joins are apart.
    Vague ones come last and join a group only to the one other group that they allow.
    """
    groups = _Groups(ids, is_apart)
    ordered = sorted(judgements, key=lambda each: (each.by != "user", -each.strength, each.a, each.b))
    for judgement in ordered:
        if not judgement.vague:
            groups.join(judgement.a, judgement.b, anyway=judgement.by == "user")
    _join_vague(groups, [each for each in ordered if each.vague], is_sure)
    return groups.all()


def _join_vague(groups: _Groups, judgements: list[Judgement], is_sure: Callable[[str], bool]) -> None:
    for wanted in (True, False):
        near: dict[str, set[str]] = defaultdict(set)
        for judgement in judgements:
            for one, other in ((judgement.a, judgement.b), (judgement.b, judgement.a)):
                if not groups.can_join(one, other):
                    continue
                sure = [any(map(is_sure, groups.members(each))) for each in (one, other)]
                if sure == [False, wanted]:
                    near[groups.of(one)].add(groups.of(other))
        for one, others in sorted(near.items()):
            if len(others) == 1:
                groups.join(one, next(iter(others)))


class _Groups:
    """Disjoint groups; the smallest id stands for each."""

    def __init__(self, ids: Collection[str], is_apart: Apart) -> None:
        self._of = {each: each for each in ids}
        self._members = {each: [each] for each in ids}
        self._is_apart = is_apart

    def of(self, each: str) -> str:
        return self._of[each]

    def members(self, each: str) -> list[str]:
        return self._members[self._of[each]]

    def can_join(self, a: str, b: str) -> bool:
        if self.of(a) == self.of(b):
            return False
        return not any(self._is_apart(x, y) for x in self.members(a) for y in self.members(b))

    def join(self, a: str, b: str, *, anyway: bool = False) -> None:
        if self.of(a) == self.of(b) or not (anyway or self.can_join(a, b)):
            return
        first, second = sorted((self.of(a), self.of(b)))
        for each in self._members[second]:
            self._of[each] = first
        self._members[first] += self._members.pop(second)

    def all(self) -> list[tuple[str, ...]]:
        return sorted(tuple(sorted(members)) for members in self._members.values())
