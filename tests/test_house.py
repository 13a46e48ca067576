"""The house itself: sizes, forbidden constructs, the direction of imports, no trace of one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "communique"
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = [str(module.relative_to(PACKAGE)) for module in MODULES]

MODULE_LINES = 400
FUNCTION_LINES = 60
# What every stage may import, and the stages as they follow; the package's __init__ offers the reader.
COMMON = frozenset({"model", "errors", "settings", "datafiles"})
FLOW = (
    *("sources", "text", "actors", "curation", "events", "diplomacy", "coded", "record", "views", "export"),
    *("reader", "__init__", "exam", "bench", "cli", "__main__"),
)
WITH_SPACY = frozenset({"text", "bench"})
READ_PARSES = frozenset({"actors", "events", "diplomacy"})
LATER_THAN_SPACY = frozenset({"record", "export"})

HIDDEN_BUT_OURS = frozenset({".ci", ".gitignore", ".github"})
GENERATED = frozenset({"build", "dist", "__pycache__"})
TEXT_SUFFIXES = frozenset(
    {
        "",
        ".csv",
        ".html",
        ".j2",
        ".jsonl",
        ".md",
        ".py",
        ".toml",
        ".tsv",
        ".txt",
        ".yaml",
        ".yml",
        ".cfg",
        ".sh",
    }
)
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|root|home|Users)/\w|\b[A-Z]:\\Users\\")
REGISTRY = re.compile(r"\b(?:pypi[.]org|pythonhosted[.]org|index[-]url|registry[.]npmjs|conda[.]anaconda)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def parse(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def area(module: Path) -> str:
    """The part of the flow that a module belongs to: the name below the package."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """The full names that a module imports anywhere, relative ones resolved."""
    package = ("communique", *module.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join((*above, *([node.module] if node.module else [])))
            yield from (f"{source}.{alias.name}" for alias in node.names)


def own_area(name: str) -> str:
    """The area that a name of ours belongs to; names that the package itself offers are its __init__'s."""
    part = name.split(".")[1] if "." in name else "__init__"
    return part if part in COMMON or part in FLOW else "__init__"


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_a_module_is_short_and_says_what_it_is(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES
    only_marks_a_package = module.name == "__init__.py" and lines == 0
    assert only_marks_a_package or ast.get_docstring(parse(module)), "no docstring"


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_functions_are_short(module: Path) -> None:
    functions = [node for node in ast.walk(parse(module)) if isinstance(node, Function)]
    long = {f.name: lines for f in functions if (lines := (f.end_lineno or 0) - f.lineno + 1) > FUNCTION_LINES}
    assert long == {}


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_nothing_forbidden(module: Path) -> None:
    found = []
    for node in ast.walk(parse(module)):
        if isinstance(node, ast.Global):
            found.append(f"global, line {node.lineno}")
        elif isinstance(node, ast.ExceptHandler) and node.type is None:
            found.append(f"bare except, line {node.lineno}")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            found.append(f"print, line {node.lineno}")
    assert found == []


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_imports_go_with_the_flow(module: Path) -> None:
    here = area(module)
    assert here in COMMON or here in FLOW, f"{here} has no place in the flow"
    allowed = COMMON if here in COMMON else COMMON | set(FLOW[: FLOW.index(here) + 1])
    ours = [name for name in imported(module) if name.split(".")[0] == "communique"]
    assert [name for name in ours if own_area(name) not in allowed] == []


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_spacy_stays_where_sentences_are_parsed(module: Path) -> None:
    uses_spacy = any(name.split(".")[0] == "spacy" for name in imported(module))
    assert not uses_spacy or area(module) in WITH_SPACY
    if area(module) in LATER_THAN_SPACY:
        types = "communique.diplomacy.things."
        ours = [name for name in imported(module) if name.startswith("communique.") and not name.startswith(types)]
        reached = {own_area(name) for name in ours}
        assert reached.isdisjoint(WITH_SPACY | READ_PARSES), "the record and its exports know only the model's types"


def project_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        foreign = any(part.startswith(".") and part not in HIDDEN_BUT_OURS for part in parts)
        made = any(part in GENERATED or part.endswith(".egg-info") for part in parts)
        if path.is_file() and not foreign and not made and path.suffix in TEXT_SUFFIXES:
            yield path


def test_no_machine_and_no_registry_in_the_files() -> None:
    found = []
    for path in project_files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINE_PATH.search(line) or REGISTRY.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert found == []


def test_the_guard_against_machine_paths_can_fail() -> None:
    assert MACHINE_PATH.search("see " + "/" + "root/x")
    assert not MACHINE_PATH.search("https://example.com/home/news")
    assert REGISTRY.search("https://" + "pypi" + ".org/simple")


def test_data_files_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in project_files() if "data" in path.parts}
    assert sizes
    assert {name: size for name, size in sizes.items() if size >= 5_000_000} == {}


def test_tokens_are_compared_as_equals() -> None:
    """spaCy makes a new object for each token that is asked for, so that `is` never ends a walk up its tree."""
    pattern = re.compile(r"\.(?:head|right_edge|left_edge) is (?!None|not None)")
    parsing = (PACKAGE / "text" / "parse.py", PACKAGE / "bench.py")
    found = [path.name for path in parsing if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == []
