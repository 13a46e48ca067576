"""A large record, made in SQL without reading anything."""

from __future__ import annotations

from pathlib import Path

import duckdb

from communique.record.store import Record

COUNTRIES = ("KAZ", "USA", "RUS", "CHN", "DEU", "FRA", "GBR", "TUR", "IRN", "JPN")
SENTENCE = 50
# Every document: ten sentences, and of each kind of thing one, told in a sentence of its own.
SYNTHETIC = """
CREATE MACRO pick(n) AS ['KAZ', 'USA', 'RUS', 'CHN', 'DEU', 'FRA', 'GBR', 'TUR', 'IRN', 'JPN'][1 + n % 10];
CREATE MACRO other(n) AS pick(n + 1 + (n // 10) % 3);
CREATE MACRO day(n) AS DATE '2010-01-01' + (n // 3)::INTEGER;
CREATE MACRO words(n) AS rpad('The sides met and spoke of matter ' || n, 49, '.') || ' ';
INSERT INTO documents BY NAME
    SELECT 'd' || n AS document_id, 'Readout ' || n AS title,
           (SELECT string_agg(words(n * 10 + s), '' ORDER BY s) FROM range(40) r(s)) AS text, day(n) AS date,
           'Agency ' || n % 7 AS source, 'x' AS digest, 'v' AS reader
    FROM range($documents) t(n);
INSERT INTO sentences SELECT 'd' || n, s, s * 50, s * 50 + 49 FROM range($documents) t(n), range(40) u(s);
INSERT INTO meetings_told BY NAME
    SELECT 'meeting' || n AS thing_id, 'd' || n AS document_id, 'bilateral' AS kind, 'minister' AS level,
           day(n) AS date, day(n) AS date_end, 'day' AS date_precision, 'happened' AS factuality
    FROM range($documents) t(n);
INSERT INTO visits_told BY NAME
    SELECT 'visit' || n AS thing_id, 'd' || n AS document_id, 'official' AS kind, other(n) AS host, day(n) AS date,
           'day' AS date_precision, 'happened' AS factuality FROM range($documents) t(n);
INSERT INTO agreements_told BY NAME
    SELECT 'agreement' || n AS thing_id, 'd' || n AS document_id, 'agreement' AS kind, 'signed' AS stage,
           'Agreement on matter ' || n AS title, day(n) AS date, 'day' AS date_precision, 'happened' AS factuality
    FROM range($documents) t(n);
INSERT INTO commitments_told BY NAME
    SELECT 'commitment' || n AS thing_id, 'd' || n AS document_id, 'do the thing ' || n AS content,
           'promised' AS strength, day(n) AS date, 'day' AS date_precision FROM range($documents) t(n);
INSERT INTO positions_told BY NAME
    SELECT 'position' || n AS thing_id, 'd' || n AS document_id, ['supports', 'condemns'][1 + n % 2] AS stance,
           'the thing ' || n AS object, day(n) AS date, 'day' AS date_precision FROM range($documents) t(n);
CREATE TEMP TABLE kinds AS
    SELECT * FROM (VALUES ('meeting', 'participant', 'participant', 0), ('visit', 'visitor', 'visitor', 1),
                          ('agreement', 'party', 'party', 2), ('commitment', 'by', 'to', 3),
                          ('position', 'holder', 'target', 4)) v(kind, one, two, sentence);
CREATE TEMP TABLE told AS
    SELECT kind || n AS thing_id, 'd' || n AS document_id, kinds.*, n
    FROM kinds, range($documents) t(n);
INSERT INTO thing_sources
    SELECT thing_id, document_id, 0, sentence, sentence * 50, sentence * 50 + 9, 'The sides' FROM told;
INSERT INTO thing_topics
    SELECT thing_id, document_id, 0, ['trade', 'visas', 'energy'][1 + n % 3], 'matter', 0, 6 FROM told;
INSERT INTO merged SELECT kind, 'm' || thing_id, thing_id, document_id, 0 FROM told;
INSERT INTO merged_parties BY NAME
    SELECT kind, 'm' || thing_id AS merged_id, thing_id, document_id, one AS role, 0 AS position,
           pick(n) || ' minister' AS name, pick(n) AS country, 'Minister' AS office, 'x' AS text FROM told
    UNION ALL BY NAME
    SELECT kind, 'm' || thing_id AS merged_id, thing_id, document_id, two AS role, 1 AS position,
           other(n) || ' minister' AS name,
           other(n) AS country, 'Minister' AS office, 'x' AS text FROM told WHERE kind <> 'visit';
INSERT INTO events_coded BY NAME
    SELECT 'e' || n || '-' || s AS event_id, 'd' || n AS document_id, s AS sentence, s * 50 AS "start",
           s * 50 + 9 AS "end", 'The sides' AS "trigger", ['CONSULT', 'ACCUSE'][1 + n % 2] AS event_type,
           ['040', '111'][1 + n % 2] AS cameo, [1.0, -2.0][1 + n % 2] AS goldstein, [1, 3][1 + n % 2] AS quad_class,
           day(n) AS date, 'happened' AS factuality, 0.9 AS confidence
    FROM range($documents) t(n), range(5, 15) u(s);
INSERT INTO event_actors BY NAME
    SELECT event_id, document_id, role, 0 AS position, role AS text, 0 AS "start", 5 AS "end",
           if(role = 'actor', pick(n), other(n)) AS country, 'GOV' AS sector, '' AS name, 1.0 AS confidence
    FROM (SELECT event_id, document_id, substr(document_id, 2)::INTEGER AS n FROM events_coded),
         (VALUES ('actor'), ('recipient')) v(role);
"""


def synthetic(path: Path, documents: int) -> None:
    """Makes a record with so many documents and fifteen facts in each."""
    Record.open(path).close()
    connection = duckdb.connect(str(path))
    try:
        for statement in SYNTHETIC.replace("$documents", str(documents)).split(";\n"):
            if statement.strip():
                connection.execute(statement.replace("CREATE MACRO", "CREATE TEMP MACRO"))
    finally:
        connection.close()
