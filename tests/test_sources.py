"""The sources stage: what each kind of file gives, and a failure that can be acted on for what gives nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tempfile
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from communique.model import Document, Failure
from communique.sources import LOADERS, SourceOptions, expand, load
from communique.sources.dates import to_date

SENTENCE = "The foreign ministers of Norway and Chile met in Oslo on Tuesday."
ARTICLE = f"""<html><head><title>Ministers meet</title>
<meta property="article:published_time" content="2019-03-12T08:00:00Z">
<meta property="og:site_name" content="Oslo Gazette"></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>Ministers meet</h1><p>{SENTENCE}</p>
<p>They agreed to open a joint office for trade, and spoke about fisheries, research and visas at length.</p>
<p>A second round of talks was set for the autumn, when Chile's minister will be the host in Santiago.</p>
</article><footer>Copyright 2024 Oslo Gazette</footer></body></html>"""


def read(*paths: Path | str, **options: Any) -> tuple[list[Document], list[Failure]]:
    items = list(load([str(path) for path in paths], SourceOptions(**options)))
    return [i for i in items if isinstance(i, Document)], [i for i in items if isinstance(i, Failure)]


def only_document(*paths: Path | str, **options: Any) -> Document:
    documents, failures = read(*paths, **options)
    assert failures == []
    assert len(documents) == 1
    return documents[0]


def only_failure(*paths: Path | str, **options: Any) -> Failure:
    documents, failures = read(*paths, **options)
    assert documents == []
    assert len(failures) == 1
    assert failures[0].remedy, "a failure says what to do"
    assert not failures[0].problem.endswith(".")
    return failures[0]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def json_lines(path: Path, *rows: object) -> Path:
    return write(path, "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows))


def parquet(path: Path, query: str, parameters: list[Any] | None = None) -> Path:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t AS " + query, parameters or [])
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def pdf(path: Path, *pages: str) -> Path:
    """A PDF written by hand: a page for each text, without text where that is empty."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(pages):
        content = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET" if text else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size, start = len(objects) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return write(path, out)


# Paths


def test_folders_are_walked_sorted_and_without_hidden_or_unknown_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.txt", ".hidden.txt", ".git/c.txt", "picture.png"):
        write(tmp_path / name, SENTENCE)
    documents, failures = read(tmp_path)
    assert [d.origin for d in documents] == [f"{tmp_path.as_posix()}/{n}" for n in ("b.txt", "a/y.txt", "a/z.md")]
    assert failures == []


def test_origins_are_the_paths_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", SENTENCE)
    monkeypatch.chdir(tmp_path)
    assert only_document("./a.txt").origin == "./a.txt"
    assert only_document("a.txt").origin == "a.txt"


def test_globs_that_the_shell_left_are_expanded(tmp_path: Path) -> None:
    for name in ("n2.txt", "n1.txt", "deep/er/n3.txt"):
        write(tmp_path / name, SENTENCE)
    assert [Path(str(p)).name for p in expand([f"{tmp_path}/n*.txt"])] == ["n1.txt", "n2.txt"]
    assert len(expand([f"{tmp_path}/**/*.txt"])) == 3
    assert "pattern" in only_failure(f"{tmp_path}/q*.txt").problem


def test_a_file_named_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    write(tmp_path / "n1.txt", "Another text.")
    path = write(tmp_path / "n[1].txt", SENTENCE)
    assert only_document(path).text == SENTENCE
    assert only_document(parquet(tmp_path / "t[1].parquet", "SELECT 'x y' AS text")).text == "x y"


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    assert only_document(path, tmp_path, f"{tmp_path}/*.txt").origin == path.as_posix()


def test_the_order_of_the_paths_is_kept(tmp_path: Path) -> None:
    paths = [str(write(tmp_path / name, name + " text")) for name in ("c.txt", "a.txt", "b.md")]
    assert [d.origin for d in read(*paths)[0]] == paths


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("none.txt", "no such file"),
        ("", "is no path"),
        ("https://example.org/news.html", "addresses are not read"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_a_path_that_leads_nowhere(given: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    failure = only_failure(given)
    assert problem in failure.problem
    assert failure.origin == given


def test_an_empty_folder(tmp_path: Path) -> None:
    write(tmp_path / "picture.png", b"x")
    failure = only_failure(tmp_path)
    assert "no file of a known kind" in failure.problem
    assert ".parquet" in failure.remedy


@pytest.mark.parametrize(("name", "remedy"), [("a.docx", "Save it as"), ("a.gz", "Unpack"), ("README", "Known")])
def test_an_unknown_kind_given_by_name(name: str, remedy: str, tmp_path: Path) -> None:
    failure = only_failure(write(tmp_path / name, SENTENCE))
    assert remedy in failure.remedy
    assert all(kind in failure.remedy for kind in LOADERS)


def test_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "link that leads nowhere" in only_failure(tmp_path / "a.txt").problem
    assert "link that leads nowhere" in only_failure(tmp_path).problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_with_a_name_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "neither a file nor a folder" in only_failure(tmp_path / "a.txt").problem


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, after = write(tmp_path / "a.txt", SENTENCE), write(tmp_path / "b.txt", SENTENCE)

    def refuse(self: Path) -> bytes:
        if self == closed:
            raise PermissionError(13, "Permission denied")
        return SENTENCE.encode()

    monkeypatch.setattr(Path, "read_bytes", refuse)
    documents, failures = read(tmp_path)
    assert [d.origin for d in documents] == [after.as_posix()]
    assert failures[0].origin == closed.as_posix()
    assert "permission denied" in failures[0].problem


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may read everything")
def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path / "closed" / "a.txt", SENTENCE)
    write(tmp_path / "open" / "b.txt", SENTENCE)
    (tmp_path / "closed").chmod(0)
    try:
        documents, failures = read(tmp_path)
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert len(documents) == 1
    assert "permission denied" in failures[0].problem


def test_loading_is_lazy(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", *({"text": f"Text {n}."} for n in range(3)), "{broken")
    stream = load([str(path), "none.txt"])
    first = next(stream)
    assert isinstance(first, Document)
    assert first.text == "Text 0."


# Text and encodings


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_text_is_kept_as_it_is(ends: str, tmp_path: Path) -> None:
    text = f"  {ends}OSLO, March 12 —{ends}{ends}Two\u2028lines.\t{ends} "
    document = only_document(write(tmp_path / "a.txt", text))
    assert document.text == text
    assert document.line is None
    assert document.document_id == Document.make(text).document_id


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_encodings_are_detected(encoding: str, tmp_path: Path) -> None:
    text = "Mr Støre said: “We’ll meet again – in Valparaíso.”\r\nThe minister of Chile agreed at once."
    assert only_document(write(tmp_path / "a.txt", text.encode(encoding))).text == text
    line = json.dumps({"text": text}, ensure_ascii=False)
    assert only_document(write(tmp_path / "a.jsonl", line.encode(encoding))).text == text
    table = f'id,text\r\n7,"{text}"\r\n'
    assert only_document(write(tmp_path / "a.csv", table.encode(encoding))).text == text


def test_a_cyrillic_code_page_is_detected(tmp_path: Path) -> None:
    text = "Министр иностранных дел провёл переговоры с послом. Стороны обсудили вопросы торговли. " * 5
    assert only_document(write(tmp_path / "a.txt", text.encode("cp1251"))).text == text


def test_what_was_guessed_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = write(tmp_path / "a.txt", "A café in Oslo, it says.".encode("cp1252"))
    with caplog.at_level("INFO", "communique.sources"):
        only_document(path)
    assert caplog.messages == [f"{path.as_posix()}: read as cp1252"]


def test_an_encoding_that_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Łódź i Kraków".encode("cp1250"))
    assert only_document(path, encoding="windows-1250").text == "Łódź i Kraków"
    failure = only_failure(path, encoding="utf-8")
    assert "is not utf-8" in failure.problem
    assert failure.line == 1
    for unknown in ("martian", "hex"):
        assert "unknown encoding" in only_failure(path, encoding=unknown).problem


def test_damaged_utf8_is_named_by_its_line_and_not_garbled(tmp_path: Path) -> None:
    content = "Valparaíso, Tromsø, Ålesund.\nBodø ".encode() + b"\xff\xfe and so on."
    failure = only_failure(write(tmp_path / "a.txt", content))
    assert "is not utf-8: byte 0xff" in failure.problem
    assert failure.line == 2


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x7fELF\x02\x01\x00\x00\x00\x01\xf0\x00", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04\x14\x00", "zip"),
    ],
)
def test_empty_and_binary_files(name: str, content: bytes, problem: str, tmp_path: Path) -> None:
    failure = only_failure(write(tmp_path / name, content))
    assert problem in failure.problem
    assert failure.origin == (tmp_path / name).as_posix()


@given(content=st.binary(max_size=300), name=st.sampled_from(sorted(LOADERS)))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_stream(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"a{name}", content)
        after = write(Path(folder) / "b.txt", SENTENCE)
        items = list(load([str(path), str(after)]))
    assert len(items) >= 2
    assert isinstance(items[-1], Document)
    assert items[-1].text == SENTENCE


def test_a_long_text_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    tracemalloc.start()
    failure = only_failure(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "50,000,000" in failure.problem
    assert "--max-characters" in failure.remedy
    assert peak < 5_000_000


def test_a_text_of_50_megabytes_is_read_when_that_is_allowed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", (SENTENCE + "\n").encode() * (50_000_000 // (len(SENTENCE) + 1)))
    tracemalloc.start()
    document = only_document(path, max_characters=60_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(document.text) == path.stat().st_size
    assert peak < 6 * path.stat().st_size


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.parquet", "a.pdf"])
def test_max_characters_counts_characters(name: str, tmp_path: Path) -> None:
    text = "é" * 50 if name != "a.pdf" else "e" * 50
    path = tmp_path / name
    if name == "a.txt":
        write(path, text)
    elif name == "a.jsonl":
        json_lines(path, {"text": text})
    elif name == "a.csv":
        write(path, f"text\n{text}\n")
    elif name == "a.parquet":
        parquet(path, "SELECT ? AS text", [text])
    else:
        pdf(path, text)
    assert len(only_document(path, max_characters=50).text) == 50
    failure = only_failure(path, max_characters=49)
    assert "more than 49" in failure.problem
    assert failure.remedy == "Split it, or raise --max-characters."


# Markdown


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_front_matter_gives_what_it_says(ends: str, tmp_path: Path) -> None:
    lines = ["---", "title: 'Talks: round two'", "date: 2019-03-12", "link: https://example.org/a", "agency: NTB"]
    body = f"# Talks{ends}{ends}{SENTENCE}{ends}"
    text = ends.join([*lines, "tags: [a, b]", "---", "", body])
    document = only_document(write(tmp_path / "a.md", text))
    assert document.text == body
    assert (document.title, document.date) == ("Talks: round two", date(2019, 3, 12))
    assert (document.url, document.source) == ("https://example.org/a", "NTB")


@pytest.mark.parametrize(
    "text", ["# Talks\n\n---\n\nA text.\n---\n", "---\nA line of text.\n---\nMore.\n", "---\ntitle: x\nno end"]
)
def test_markdown_without_front_matter_is_kept_as_it_is(text: str, tmp_path: Path) -> None:
    assert only_document(write(tmp_path / "a.md", text)).text == text


def test_malformed_front_matter_is_told_and_the_text_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", f"---\ndate: 2019-03-12\ntitle: Talks: round two\n---\n{SENTENCE}")
    documents, failures = read(path)
    assert [d.text for d in documents] == [SENTENCE]
    assert "front matter" in failures[0].problem
    assert failures[0].line == 3


def test_a_wrong_date_in_front_matter_is_told_and_the_text_is_read(tmp_path: Path) -> None:
    documents, failures = read(write(tmp_path / "a.md", f"---\ndate: 2019-02-30\n---\n{SENTENCE}"))
    assert [(d.text, d.date) for d in documents] == [(SENTENCE, None)]
    assert "2019-02-30" in failures[0].problem


def test_front_matter_with_nothing_after_it(tmp_path: Path) -> None:
    assert "no text" in only_failure(write(tmp_path / "a.md", "---\ntitle: x\n---\n")).problem


# HTML and PDF


def test_the_article_of_a_page(tmp_path: Path) -> None:
    document = only_document(write(tmp_path / "a.html", ARTICLE))
    assert SENTENCE in document.text
    assert "About us" not in document.text
    assert (document.title, document.date, document.source) == ("Ministers meet", date(2019, 3, 12), "Oslo Gazette")


def test_the_copyright_is_no_date(tmp_path: Path) -> None:
    page = ARTICLE.replace('<meta property="article:published_time" content="2019-03-12T08:00:00Z">', "")
    assert only_document(write(tmp_path / "a.html", page)).date is None


def test_the_encoding_that_a_page_declares(tmp_path: Path) -> None:
    page = ARTICLE.replace("<head>", '<head><meta charset="iso-8859-9">').replace("Tuesday", "Tuesday in Beyoğlu")
    path = write(tmp_path / "a.html", page.encode("iso-8859-9"))
    assert "Beyoğlu" in only_document(path).text
    assert "Beyoğlu" in only_document(write(path, page.encode("utf-8"))).text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><nav><a href='/'>Home</a> <a href='/a'>About us</a> <a href='/c'>Contact</a></nav></body></html>",
        "<html><head><script>draw('a story');</script></head><body><div id=app></div></body></html>",
        "<html></html>",
        "<div>" * 5000,
    ],
)
def test_a_page_with_no_article(page: str, tmp_path: Path) -> None:
    assert "no article" in only_failure(write(tmp_path / "a.html", page)).problem


def test_the_text_of_a_pdf(tmp_path: Path) -> None:
    document = only_document(pdf(tmp_path / "a.pdf", SENTENCE, "", "A second page."))
    assert document.text.startswith(SENTENCE)
    assert document.text.endswith("\n\nA second page.")


def test_a_pdf_of_images(tmp_path: Path) -> None:
    failure = only_failure(pdf(tmp_path / "a.pdf", "", ""))
    assert "no text" in failure.problem
    assert "OCR" in failure.remedy


def encrypted(path: Path, user: str) -> Path:
    writer = PdfWriter(clone_from=PdfReader(pdf(path, SENTENCE)))
    writer.encrypt(user, "owner's", algorithm="RC4-128")
    writer.write(path)
    return path


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    assert "encrypted" in only_failure(encrypted(tmp_path / "a.pdf", "secret")).problem


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    assert only_document(encrypted(tmp_path / "a.pdf", "")).text.strip() == SENTENCE


def test_damaged_pdfs(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", SENTENCE).read_bytes()
    for content in (b"%PDF-1.4\n", whole[:200], b"just text", b""):
        assert "PDF" in (f := only_failure(write(tmp_path / "a.pdf", content))).problem or "empty" in f.problem


def test_a_damaged_page_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", SENTENCE, "A second page.")
    write(path, path.read_bytes().replace(b"(A second page.) Tj ET", b"(A secon /Filter [ << [", 1))
    documents, failures = read(path)
    assert len(documents) == 1
    assert documents[0].text.strip().startswith(SENTENCE)
    assert all("page 2" in failure.problem for failure in failures)


# JSON lines


def test_a_row_of_json_lines(tmp_path: Path) -> None:
    row = {
        "id": 7,
        "text": SENTENCE,
        "date": "20190312",
        "title": "Talks",
        "url": "https://example.org/7",
        "source": "NTB",
        "language": "en",
    }
    document = only_document(json_lines(tmp_path / "a.jsonl", "", row))
    assert document == Document(
        document_id="7",
        text=SENTENCE,
        title="Talks",
        date=date(2019, 3, 12),
        url="https://example.org/7",
        source="NTB",
        language="en",
        origin=(tmp_path / "a.jsonl").as_posix(),
        line=2,
    )


def test_columns_can_have_other_names(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"body": SENTENCE, "key": "k1", "text": "not this"})
    document = only_document(path, text_column="body", id_column="key")
    assert (document.text, document.document_id) == (SENTENCE, "k1")


def test_without_an_id_the_content_gives_one(tmp_path: Path) -> None:
    rows = [{"text": SENTENCE}, {"text": SENTENCE, "id": ""}, {"text": SENTENCE, "id": None}]
    path = json_lines(tmp_path / "a.jsonl", *rows, f'{{"text": "{SENTENCE}", "id": NaN}}')
    documents, failures = read(path)
    assert {d.document_id for d in documents} == {Document.make(SENTENCE).document_id}
    assert len(documents) == 4
    assert failures == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"text": "a",}', "malformed JSON at column"),
        ('{"text": "a"', "malformed JSON at column 13"),
        ("[1, 2]", "an array, not an object"),
        ('"text"', "a string, not an object"),
        ("null", "null, not an object"),
        ("[" * 100_000, "JSON that cannot be read"),
        ('{"n": ' + "9" * 5000 + "}", "JSON that cannot be read"),
        ('{"body": "a"}', "has no 'text'"),
        ('{"text": null}', "the text is empty"),
        ('{"text": " \\n"}', "the text is empty"),
        ('{"text": NaN}', "the text is empty"),
        ('{"text": 5}', "holds a number, not text"),
        ('{"text": ["a"]}', "holds a list, not text"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(line: str, problem: str, tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"text": "One."}, line, {"text": "Three."})
    documents, failures = read(path)
    assert [(d.text, d.line) for d in documents] == [("One.", 1), ("Three.", 3)]
    assert [f.line for f in failures] == [2]
    assert problem in failures[0].problem
    assert failures[0].remedy


def test_a_missing_column_names_those_there_are(tmp_path: Path) -> None:
    failure = only_failure(json_lines(tmp_path / "a.jsonl", {"body": "a", "when": "b"}))
    assert "'body', 'when'" in failure.remedy
    assert "--text-column" in failure.remedy


def test_json_that_is_not_in_lines(tmp_path: Path) -> None:
    for value in ([{"text": "a"}] * 50, {"text": "a", "n": list(range(50))}):
        failure = only_failure(write(tmp_path / "a.jsonl", json.dumps(value, indent=1)))
        assert failure.line == 1
        assert "jq -c" in failure.remedy


def test_a_line_that_is_not_utf8(tmp_path: Path) -> None:
    good = json.dumps({"text": "Tromsø, Bodø"}, ensure_ascii=False).encode()
    documents, failures = read(write(tmp_path / "a.jsonl", good + b'\n{"text": "Bod\xf8"}\n' + good))
    assert [d.line for d in documents] == [1, 3]
    assert failures[0].line == 2
    assert "bytes" in failures[0].problem


def test_a_line_too_long_for_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"text": "One."}\n{"text": "')
        for _ in range(400):
            stream.write("x" * 100_000)
        stream.write('"}\n{"text": "Three."}\n')
    tracemalloc.start()
    documents, failures = read(path, max_characters=1000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [d.line for d in documents] == [1, 3]
    assert failures[0].line == 2
    assert "longer than" in failures[0].problem
    assert peak < 20_000_000


def test_half_a_character_is_replaced_and_offsets_stay(tmp_path: Path) -> None:
    document = only_document(json_lines(tmp_path / "a.jsonl", '{"text": "ab\\ud83d cd", "title": "\\udc00"}'))
    assert (document.text, document.title) == ("ab\ufffd cd", "\ufffd")


@given(texts=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5), escaped=st.booleans())
@settings(deadline=None)
def test_json_lines_keep_any_text(texts: list[str], escaped: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = "".join(json.dumps({"text": text}, ensure_ascii=escaped) + "\n" for text in texts)
        documents, failures = read(write(Path(folder) / "a.jsonl", lines))
    assert failures == []
    assert [d.text for d in documents] == texts
    assert [d.line for d in documents] == list(range(1, len(texts) + 1))


def test_two_rows_with_one_id_are_both_given(tmp_path: Path) -> None:
    path = json_lines(tmp_path / "a.jsonl", {"id": "a", "text": "One."}, {"id": "a", "text": "Two."})
    assert [(d.document_id, d.text) for d in read(path)[0]] == [("a", "One."), ("a", "Two.")]


def test_many_rows_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for n in range(20_000):
            stream.write(json.dumps({"id": n, "text": SENTENCE * 10}) + "\n")
    tracemalloc.start()
    count = sum(isinstance(item, Document) for item in load([str(path)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 5_000_000


# CSV


def test_a_row_of_csv_has_the_number_of_its_first_line(tmp_path: Path) -> None:
    text = 'id,text,date\na1,"One,\ntwo.",2019-03-12\n\n,Three.,\n'
    documents, failures = read(write(tmp_path / "a.csv", text))
    assert failures == []
    assert [(d.text, d.line) for d in documents] == [("One,\ntwo.", 2), ("Three.", 5)]
    assert (documents[0].document_id, documents[0].date) == ("a1", date(2019, 3, 12))
    assert documents[1].document_id == Document.make("Three.").document_id


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found_in_the_header(mark: str, tmp_path: Path) -> None:
    lines = [["date", "text", "id"], ["2019-03-12", "Fish, trade; and visas.", "1"]]
    quoted = "\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
    assert only_document(write(tmp_path / "a.csv", quoted)).text == "Fish, trade; and visas."


@given(texts=st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=5))
@settings(deadline=None)
def test_csv_keeps_any_text_but_zero_bytes(texts: list[str]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["text", "id"], *([text, n] for n, text in enumerate(texts))])
    with tempfile.TemporaryDirectory() as folder:
        documents, failures = read(write(Path(folder) / "a.csv", stream.getvalue().replace("\0", "0")))
    assert failures == []
    assert [d.text for d in documents] == [text.replace("\0", "0") for text in texts]


def test_a_missing_column_of_csv(tmp_path: Path) -> None:
    failure = only_failure(write(tmp_path / "a.csv", "key;body\n1;a\n2;b\n"))
    assert "no column 'text'" in failure.problem
    assert "'key', 'body'" in failure.remedy


def test_ragged_rows(tmp_path: Path) -> None:
    rows = ["id,text,date", "1,One.,2019-03-12", "2,Two, three.,2019-03-12", "4", "5,Five.,2019-03-12,,", ",,"]
    documents, failures = read(write(tmp_path / "a.csv", "\n".join(rows)))
    assert [d.document_id for d in documents] == ["1", "5"]
    assert [(f.line, f.problem) for f in failures] == [
        (3, "the row has 4 cells where the header has 3"),
        (4, "the row has 1 cells where the header has 3"),
    ]


def test_zero_and_wrong_bytes_late_in_a_csv(tmp_path: Path) -> None:
    rows = b"id,text\n" + b"1,A plain row of text.\n" * 15_000
    path = write(tmp_path / "a.csv", rows + b"2,ze\0ro\n3,Bod\xf8\n4,The last.\n")
    documents, failures = read(path)
    assert len(documents) == 15_001
    assert documents[-1].text == "The last."
    assert [f.line for f in failures] == [15_002, 15_003]
    assert "zero bytes" in failures[0].problem
    assert "not in the file's encoding" in failures[1].problem


def test_a_quote_that_is_never_closed_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,One.\n2,"Two.\n3,Three.\n4,Four.\n')
    documents, failures = read(path)
    assert [d.text for d in documents] == ["One."]
    assert failures[0].line == 3
    assert "lines 3 to 5" in failures[0].problem


def test_a_cell_too_long_for_a_text(tmp_path: Path) -> None:
    long = "\n".join(["x" * 99] * 12_000)
    path = write(tmp_path / "a.csv", f'id,text\n1,One.\n2,"{long}"\n3,Three.\n')
    before = csv.field_size_limit()
    documents, failures = read(path, max_characters=1000)
    assert [(d.text, d.line) for d in documents] == [("One.", 2), ("Three.", 12_003)]
    assert [f.line for f in failures] == [3]
    assert "longer than" in failures[0].problem
    assert csv.field_size_limit() == before


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    text = "word " * 100_000 + "end"
    assert only_document(write(tmp_path / "a.csv", f"text\n{text}\n")).text == text


# Parquet


def test_a_row_of_parquet(tmp_path: Path) -> None:
    query = "SELECT 7 AS id, ? AS text, DATE '2019-03-12' AS date, 'NTB' AS source, [1, 2] AS other"
    document = only_document(parquet(tmp_path / "a.parquet", query, [SENTENCE]))
    assert (document.document_id, document.text, document.date) == ("7", SENTENCE, date(2019, 3, 12))
    assert (document.source, document.line) == ("NTB", 1)


@pytest.mark.parametrize(
    "value",
    [
        "TIMESTAMP '2019-03-12 23:59:00'",
        "TIMESTAMPTZ '2019-03-12 10:00:00+00'",
        "TIMESTAMP_NS '2019-03-12 10:00:00.123456789'",
        "20190312",
        "'12 March 2019'",
    ],
)
def test_dates_of_parquet(value: str, tmp_path: Path) -> None:
    assert only_document(parquet(tmp_path / "a.parquet", f"SELECT 'a b' AS text, {value} AS date")).date == date(
        2019, 3, 12
    )


def test_rows_of_parquet_in_order_and_bad_ones_named(tmp_path: Path) -> None:
    query = (
        "SELECT CASE n WHEN 5 THEN NULL ELSE 'text ' || n END AS text, n AS id,"
        " CASE n WHEN 8 THEN 'infinity'::DATE ELSE DATE '2019-03-12' END AS date FROM range(1, 5001) r(n)"
    )
    documents, failures = read(parquet(tmp_path / "a.parquet", query))
    assert [d.line for d in documents] == [n for n in range(1, 5001) if n != 5]
    assert all(d.text == f"text {d.line}" for d in documents)
    assert [(f.line, f.document_id) for f in failures] == [(5, "5"), (8, "8")]
    assert documents[6].date is None


def test_text_of_parquet_in_bytes(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", r"SELECT unnest(['Bod\xC3\xB8'::BLOB, 'Bod\xF8'::BLOB]) AS text")
    documents, failures = read(path)
    assert [d.text for d in documents] == ["Bodø"]
    assert "not UTF-8" in failures[0].problem


def test_bad_parquet(tmp_path: Path) -> None:
    failure = only_failure(parquet(tmp_path / "a.parquet", 'SELECT \'a\' AS body, 1 AS "a ""key"""'))
    assert "no column 'text'" in failure.problem
    assert "'body'" in failure.remedy
    assert "no rows" in only_failure(parquet(tmp_path / "b.parquet", "SELECT 'a' AS text LIMIT 0")).problem
    assert "no Parquet" in only_failure(write(tmp_path / "c.parquet", b"text\na\n")).problem
    assert "empty" in only_failure(write(tmp_path / "d.parquet", b"")).problem
    whole = parquet(tmp_path / "e.parquet", "SELECT 'a' AS text").read_bytes()
    assert "cannot be read" in only_failure(write(tmp_path / "e.parquet", whole[:-20])).problem


def test_odd_names_of_columns_in_parquet(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", 'SELECT \'a b\' AS "the ""text""; DROP"')
    assert only_document(path, text_column='the "text"; DROP').text == "a b"


# Dates


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-12",
        "20190312",
        "20190312.0",
        "20190312T0930",
        "20190312093000",
        "2019-03-12T23:30:00-05:00",
        "2019-03-12 09:30 UTC",
        "12.3.2019",
        "12.03.2019 09:30",
        "12 Mar 2019",
        "March 12, 2019",
        "Tue, 12 Mar 2019 08:00:00 GMT",
        " 2019-03-12 ",
    ],
)
def test_dates_in_usual_forms(text: str) -> None:
    assert to_date(text) == date(2019, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"), [("25/3/2019", (2019, 3, 25)), ("3/25/2019", (2019, 3, 25)), ("4-4-2019", (2019, 4, 4))]
)
def test_dates_whose_day_shows_itself(text: str, day: tuple[int, int, int]) -> None:
    assert to_date(text) == date(*day)


@pytest.mark.parametrize("nothing", [None, "", "  ", float("nan")])
def test_no_date(nothing: object) -> None:
    assert to_date(nothing) is None


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-30",
        "20191399",
        "yesterday",
        "Monday",
        "March 2019",
        "n/a",
        "5",
        "1552348800",
        "31.11.2019",
        "0001-01-01",
        "word " * 1000,
    ],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"no date|no day"):
        to_date(text)


def test_a_date_that_may_be_two_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="may be two dates"):
        to_date("03/04/2019")


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_iso_dates_round_trip(day: date) -> None:
    assert to_date(day.isoformat()) == to_date(day.strftime("%Y%m%d").zfill(8)) == to_date(day) == day


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_a_row_with_a_wrong_date_is_read_without_it(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "jsonl":
        json_lines(path, {"id": "a", "text": SENTENCE, "date": "soon"})
    elif kind == "csv":
        write(path, f"id,text,date\na,{SENTENCE},soon\n")
    else:
        parquet(path, "SELECT 'a' AS id, ? AS text, 'soon' AS date", [SENTENCE])
    documents, failures = read(path)
    assert [(d.document_id, d.date) for d in documents] == [("a", None)]
    assert "'soon'" in failures[0].problem
    assert (failures[0].line, failures[0].document_id) == (2 if kind == "csv" else 1, "a")


# Standard input


def give(monkeypatch: pytest.MonkeyPatch, content: str | bytes) -> io.BytesIO:
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    return stream


def test_a_text_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, f"\n{SENTENCE}\r\n")
    document = only_document("-")
    assert (document.text, document.origin, document.line) == (f"\n{SENTENCE}\r\n", "-", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_json_lines_on_standard_input(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = give(monkeypatch, '\n  {"id": "a", "text": "One."}\n{"text": \n{"text": "Three."}\n'.encode(encoding))
    documents, failures = read("-")
    assert [(d.text, d.line, d.origin) for d in documents] == [("One.", 2, "-"), ("Three.", 4, "-")]
    assert [f.line for f in failures] == [3]
    assert not stream.closed


def test_a_broken_first_line_does_not_make_one_text_of_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, '{"text": "One.\n{"text": "Two."}\n')
    documents, failures = read("-")
    assert [d.text for d in documents] == ["Two."]
    assert failures[0].line == 1


def test_a_text_that_begins_with_a_bracket_is_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[Unofficial translation] {sic} The sides met."
    give(monkeypatch, text)
    assert only_document("-").text == text


@pytest.mark.parametrize(
    ("content", "problem"), [(b"", "empty"), (b" \n", "empty"), (b"%PDF-1.4", "PDF"), (b"a" * 401, "more than")]
)
def test_bad_standard_input(content: bytes, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, content)
    failure = only_failure("-", max_characters=100)
    assert problem in failure.problem
    assert failure.origin == "-"
