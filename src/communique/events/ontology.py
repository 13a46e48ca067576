"""PLOVER's types, modes and contexts, CAMEO's codes, and how a speech act and its content make one code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.datafiles import build, load_yaml, packaged
from communique.errors import DataFileError
from communique.model import EventType, Factuality

DATA = "communique.events.data"


@dataclass(frozen=True, slots=True)
class Type:
    """A PLOVER type: its quad class (1 verbal cooperation to 4 material conflict), meaning and modes.

    Attributes:
        absorbs: what is part of an act of this type where a dependent clause says so ('marched to demand reform'):
            prefix of that act's code -> the digit that it adds to the code of the whole, '' for none.
    """

    quad_class: int
    meaning: str
    modes: tuple[str, ...] = ()
    absorbs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code: the PLOVER type, mode and contexts that go with it, and its Goldstein value."""

    type: EventType
    goldstein: float
    meaning: str
    mode: str = ""
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Force:
    """What a kind of utterance does to the act that it is about.

    Attributes:
        codes: prefix of the content's code -> the code of the whole; the longest prefix wins; '=' keeps the content's.
        default: the code where no prefix fits, '' for no event.
        factuality: of the whole, where no context rule says otherwise.
    """

    codes: Mapping[str, str]
    default: str = ""
    factuality: Factuality = "happened"
    meaning: str = ""

    def apply(self, content: str) -> str:
        """The code for an utterance of this force about an act with the code `content`."""
        for length in range(len(content), 1, -1):
            code = self.codes.get(content[:length])
            if code is not None:
                return content if code == "=" else code
        return self.default


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole scheme."""

    types: Mapping[str, Type]
    codes: Mapping[str, Code]
    contexts: tuple[str, ...]
    forces: Mapping[str, Force]

    def absorb(self, whole: str, part: str) -> str:
        """The code of an act with what it absorbs ('141' and '1041' make '1411'), '' where it does not absorb it."""
        absorbs = self.types[self.codes[whole].type].absorbs
        prefix = max((prefix for prefix in absorbs if part.startswith(prefix)), key=len, default="")
        if not prefix:
            return ""
        refined = whole + absorbs[prefix]
        return refined if refined in self.codes else whole

    @classmethod
    def load(cls) -> Ontology:
        """The scheme from data/ontology.yaml and data/composition.yaml; raises DataFileError if they disagree."""
        path = packaged(DATA, "ontology.yaml")
        content = load_yaml(path)
        types = {k: build(Type, v, path=path, where=k) for k, v in content["types"].items()}
        codes = {k: build(Code, v, path=path, where=k) for k, v in content["codes"].items()}
        composition = packaged(DATA, "composition.yaml")
        forces = {k: Force(**{**v, "codes": _expand(v.get("codes", {}))}) for k, v in load_yaml(composition).items()}
        for name, force in forces.items():
            for code in [*force.codes.values(), force.default]:
                if code not in ("", "=") and code not in codes:
                    raise DataFileError(f"unknown code {code!r}", path=str(composition), key=name)
        return cls(types, codes, tuple(content["contexts"]), forces)


def _expand(codes: Mapping[str, str]) -> dict[str, str]:
    """'04 05: X' stands for two prefixes with the same result."""
    return {prefix: code for key, code in codes.items() for prefix in str(key).split()}
