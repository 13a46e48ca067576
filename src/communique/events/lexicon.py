"""The lexicon of acts: data files into patterns, indexed by the lemma that triggers them.

A pattern is one line of text (docs/coding.md gives the notation in full)::

    meet                     the lemma alone
    call off                 a particle or preposition that hangs on it
    hold =@talks             a direct object from a named set (data/sets.yaml), `=a/b` from a list, `=@actor` an actor
    put on=trial             a prepositional object
    meet !=@abstract         no direct object from this set
    return to=@actor !=*     no direct object at all
    ask +inf                 an infinitive or clause as complement
    hunger strike            (nouns) modifiers before the head
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from communique.datafiles import load_yaml, packaged, read_yaml_entries
from communique.errors import DataFileError
from communique.events.ontology import Ontology

DATA = "communique.events.data"
# First the wordings that are no act: of two equally specific patterns the earlier one wins.
ACT_FILES: tuple[str, ...] = tuple(
    "none agree consult support concede cooperate aid retreat request accuse reject threaten protest sanction "
    "mobilize coerce assault operators".split()
)
ACTOR_SET = "@actor"
ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of our own and what it must code to: 'ACTOR TYPE RECIPIENT', '-' for no event or no one."""

    text: str
    expect: str


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the lexicon: the wordings that express it, and what they mean.

    Attributes:
        cameo: the code that it gives, '' when it gives none by itself.
        force: what it does to a complement that is an act itself ('intent', 'demand', ...: data/composition.yaml).
        frame: which arguments are actor and recipient (data/frames.yaml).
        mode, contexts: override what the code gives.
    """

    id: str
    cameo: str = ""
    force: str = ""
    frame: str = "default"
    mode: str = ""
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Which arguments fill the roles: slots in order, the first that names somebody wins.

    Slots: 'subj', 'obj', 'comp' (subject of the complement), 'place', or a preposition. `noun_*` hold for nominal acts,
    where 'poss', 'mod' (modifier), 'between' and 'support' (subject of the light verb) are slots too. `things`: whether
    what is nobody ('condemned the attack') is the recipient where nobody is named; `own_object`: also where the wording
    itself asks for that object ('boycotted the vote').
    """

    id: str
    actor: tuple[str, ...] = ("subj",)
    recipient: tuple[str, ...] = ("obj", "to", "with", "against", "on", "for", "from")
    noun_actor: tuple[str, ...] = ("by", "support", "poss", "between", "mod")
    noun_recipient: tuple[str, ...] = tuple("on against to with for of into from support-obj".split())
    reciprocal: bool = False
    things: bool = True
    own_object: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A condition on one argument: its head is (or is not) one of some words, or denotes an actor."""

    slot: str
    words: frozenset[str]
    negated: bool = False

    @property
    def wants_actor(self) -> bool:
        """Whether an actor of any name fills it."""
        return ACTOR_SET in self.words


@dataclass(frozen=True, slots=True)
class Pattern:
    """One wording of an act, ready to match."""

    act: Act
    source: str
    head: str
    pos: str
    particles: tuple[frozenset[str], ...] = ()
    modifiers: tuple[frozenset[str], ...] = ()
    needs: tuple[Need, ...] = ()
    complement: bool = False

    @property
    def weight(self) -> int:
        """How specific the wording is: the most specific one that fits wins."""
        positive = sum(not need.negated for need in self.needs)
        return (
            2 * (len(self.particles) + len(self.modifiers) + positive)
            + (self.complement)
            + (len(self.needs) > positive)
        )


@dataclass(frozen=True)
class EventLexicon:
    """All that the events stage knows: acts, frames, sets and the ontology, checked against each other."""

    ontology: Ontology
    acts: tuple[Act, ...]
    frames: Mapping[str, Frame]
    sets: Mapping[str, frozenset[str]]
    support: Mapping[str, str] = field(default_factory=dict)
    users: frozenset[str] = frozenset()

    @cached_property
    def index(self) -> Mapping[tuple[str, str], tuple[Pattern, ...]]:
        """Patterns by (part of speech, head lemma): the user's first, then the most specific."""
        found: defaultdict[tuple[str, str], list[Pattern]] = defaultdict(list)
        for act in self.acts:
            for pos, lines in (("V", act.verbs), ("N", act.nouns), ("A", act.adjectives)):
                for line in lines:
                    pattern = parse_pattern(line, pos, act, self.sets)
                    found[(pos, pattern.head)].append(pattern)
        return {key: tuple(sorted(patterns, key=self._rank)) for key, patterns in found.items()}

    def _rank(self, pattern: Pattern) -> tuple[bool, int]:
        return pattern.act.id not in self.users, -pattern.weight

    @cached_property
    def by_id(self) -> Mapping[str, Act]:
        """The acts by their ids."""
        return {act.id: act for act in self.acts}

    @property
    def senses(self) -> int:
        """Number of trigger senses."""
        return sum(len(patterns) for patterns in self.index.values())


def parse_pattern(line: str, pos: str, act: Act, sets: Mapping[str, frozenset[str]]) -> Pattern:
    """A pattern from its line; raises DataFileError when it names an unknown set or has no head."""
    words = line.split()
    bare = [word for word in words if "=" not in word and not word.startswith("+")]
    if not bare:
        raise DataFileError(f"no head word in {line!r}", key=act.id)
    head, rest = (bare[-1], bare[:-1]) if pos == "N" else (bare[0], bare[1:])
    needs = [_parse_need(word, act, sets) for word in words if "=" in word]
    extra = tuple(frozenset(word.split("/")) for word in rest)
    return Pattern(
        act=act,
        source=line,
        head=head,
        pos=pos,
        particles=() if pos == "N" else extra,
        modifiers=extra if pos == "N" else (),
        needs=tuple(needs),
        complement=any(word.startswith("+") for word in words),
    )


def _parse_need(word: str, act: Act, sets: Mapping[str, frozenset[str]]) -> Need:
    slot, _, names = word.partition("=")
    words: set[str] = set()
    for name in names.split("/"):
        if name == ACTOR_SET or not name.startswith("@"):
            words.add(name.replace("_", " "))
        elif name[1:] in sets:
            words |= sets[name[1:]]
        else:
            raise DataFileError(f"unknown set {name!r} in {word!r}", key=act.id, remedy=f"Sets: {', '.join(sets)}.")
    return Need(slot.lstrip("!") or "obj", frozenset(words), negated=slot.startswith("!"))


def load_lexicon(folders: Iterable[str] = ()) -> EventLexicon:
    """The lexicon that ships with the package; a user's acts with the same id win over ours.

    Raises:
        DataFileError: a file does not fit its schema, or names a frame, code, force or set that does not exist.
    """
    ontology = Ontology.load()
    sets = _load_sets(packaged(DATA, "sets.yaml"))
    frames = {frame.id: frame for frame in read_yaml_entries(packaged(DATA, "frames.yaml"), Frame)}
    acts: dict[str, Act] = {}
    own = [path for folder in folders for path in sorted(Path(folder).glob("acts*.yaml"))]
    users: set[str] = set()
    for path in (*(packaged(DATA, f"{name}.yaml") for name in ACT_FILES), *own):
        for act in read_yaml_entries(path, Act):
            _check(act, ontology, frames, path)
            acts[act.id] = act
            users |= {act.id} if path in own else set()
    support = load_yaml(packaged(DATA, "light_verbs.yaml"))
    by_verb = {verb: role for role, verbs in support.items() for verb in verbs}
    lexicon = EventLexicon(ontology, tuple(acts.values()), frames, sets, by_verb, frozenset(users))
    _ = lexicon.index
    return lexicon


def _load_sets(path: Path) -> dict[str, frozenset[str]]:
    content: dict[str, list[str]] = load_yaml(path)
    sets: dict[str, frozenset[str]] = {}
    for name, words in content.items():
        members: set[str] = set()
        for word in words:
            members |= sets[word[1:]] if word.startswith("@") else {word}
        sets[name] = frozenset(members)
    return sets


def _check(act: Act, ontology: Ontology, frames: Mapping[str, Frame], path: Path) -> None:
    problems = [
        ("code", act.cameo, ontology.codes),
        ("frame", act.frame, frames),
        ("force", act.force, ontology.forces),
    ]
    for what, value, known in problems:
        if value and value not in known:
            raise DataFileError(f"unknown {what} {value!r}", path=str(path), key=act.id)
    if act.mode and act.cameo and act.mode not in ontology.types[ontology.codes[act.cameo].type].modes:
        raise DataFileError(f"unknown mode {act.mode!r}", path=str(path), key=act.id)
    unknown = [context for context in act.contexts if context not in ontology.contexts]
    if unknown:
        raise DataFileError(f"unknown context {unknown[0]!r}", path=str(path), key=act.id)
