"""What the documents say is so: their commands exist, their options too, and every data file is described."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from communique.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
DATA_FILES = sorted(
    path for path in (ROOT / "src" / "communique").rglob("data/*") if path.suffix in {".csv", ".yaml", ".yml"}
)
FENCE = re.compile(r"^```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARKED = re.compile(r"<!-- command:(\w+) -->\n```bash\n(.*?)\n```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]


def split_commands(line: str) -> list[list[str]]:
    """The simple commands of a shell line, each as its words."""
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    commands: list[list[str]] = [[]]
    for word in words:
        if set(word) <= set("&|;"):
            commands.append([])
        else:
            commands[-1].append(word)
    return commands


def documented_commands() -> list[tuple[str, list[str]]]:
    found = []
    for page in PAGES:
        for block in FENCE.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                for command in split_commands(line):
                    if command and command[0].rpartition("/")[2] == "communique":
                        found.append((f"{page.name}: {shlex.join(command)[:70]}", command[1:]))
    return found


COMMANDS = documented_commands()


def command_tree() -> Any:
    """The application's commands with their options, made to do nothing but parse."""
    root: Any = typer.main.get_command(app)
    commands = [root]
    for command in commands:
        command.callback = None
        commands += getattr(command, "commands", {}).values()
    return root


def test_the_documents_show_commands() -> None:
    assert {words[0] for _, words in COMMANDS} >= {"read", "code", "query", "show", "explain"}


@pytest.mark.parametrize(("where", "words"), COMMANDS, ids=[where for where, _ in COMMANDS])
def test_a_documented_command_is_real(where: str, words: list[str]) -> None:
    command_tree().main(args=words, prog_name="communique", standalone_mode=False)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["reed", "samples"], "reed"),
        (["read", "samples", "--no-such-option"], "no-such-option"),
        (["code", "samples", "--format", "runes"], "runes"),
        (["query"], "missing"),
        (["lexicon", "chek"], "chek"),
        (["lexicon", "check", "--no-such-option"], "no-such-option"),
    ],
)
def test_an_unreal_command_is_noticed(words: list[str], complaint: str) -> None:
    with pytest.raises(Exception, match=rf"(?i){complaint}"):
        test_a_documented_command_is_real("", words)


def test_every_command_is_in_the_readme() -> None:
    listed = set(re.findall(r"^\| `communique (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    real = {name for name, command in command_tree().commands.items() if not command.hidden}
    assert listed == real


def test_the_readme_has_exactly_two_commands() -> None:
    text = README.read_text(encoding="utf-8")
    marked = dict(MARKED.findall(text))
    assert set(marked) == {"run", "test"}
    assert len(FENCE.findall(text)) == 2
    assert all("\n" not in command for command in marked.values())


@pytest.mark.parametrize("path", DATA_FILES, ids=[path.name for path in DATA_FILES])
def test_every_data_file_is_described(path: Path) -> None:
    pages = [ROOT / "docs" / name for name in ("formats.md", "coding.md")]
    described = "".join(page.read_text(encoding="utf-8") for page in pages if page.exists())
    assert f"{path.name}`" in described


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
