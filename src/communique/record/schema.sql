CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE documents (
    document_id VARCHAR PRIMARY KEY, title VARCHAR, text VARCHAR NOT NULL, date DATE, dateline VARCHAR,
    dateline_country VARCHAR, agency VARCHAR, attribution VARCHAR, url VARCHAR, source VARCHAR, language VARCHAR,
    origin VARCHAR, line INTEGER, digest VARCHAR NOT NULL, reader VARCHAR NOT NULL);
CREATE TABLE sentences (
    document_id VARCHAR NOT NULL, sentence INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE events_coded (
    event_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, sentence INTEGER NOT NULL, "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL, "trigger" VARCHAR NOT NULL, event_type VARCHAR NOT NULL, mode VARCHAR, contexts VARCHAR[],
    cameo VARCHAR, goldstein DOUBLE, quad_class INTEGER, date DATE, date_end DATE, date_precision VARCHAR,
    place_text VARCHAR, place_start INTEGER, place_end INTEGER, place_name VARCHAR, place_country VARCHAR,
    place_lat DOUBLE, place_lon DOUBLE, factuality VARCHAR NOT NULL, attributed_to VARCHAR, attributed_country VARCHAR,
    rule VARCHAR, confidence DOUBLE);
CREATE TABLE event_actors (
    event_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, role VARCHAR NOT NULL, position INTEGER NOT NULL,
    text VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, name VARCHAR, entity_id VARCHAR,
    country VARCHAR, sector VARCHAR, subsector VARCHAR, office VARCHAR, wikidata VARCHAR, kind VARCHAR,
    confidence DOUBLE);
CREATE TABLE failures (origin VARCHAR NOT NULL, line INTEGER, document_id VARCHAR, problem VARCHAR NOT NULL, remedy VARCHAR);

CREATE VIEW events AS
SELECT e.date, a.country AS actor, a.sector AS actor_sector, a.text AS actor_text, e.event_type, e.mode,
       r.country AS recipient, r.sector AS recipient_sector, r.text AS recipient_text, e.factuality, e."trigger",
       e.place_name AS place, e.cameo, e.goldstein, e.quad_class, e.contexts, e.date_end, e.date_precision,
       e.attributed_to, e.confidence, e.rule, e.document_id, e.sentence, e."start", e."end", e.event_id
FROM events_coded e
LEFT JOIN event_actors a ON a.event_id = e.event_id AND a.document_id = e.document_id AND a.role = 'actor' AND a.position = 0
LEFT JOIN event_actors r ON r.event_id = e.event_id AND r.document_id = e.document_id AND r.role = 'recipient' AND r.position = 0;

CREATE VIEW dyads AS
SELECT a.country AS actor, r.country AS recipient, e.event_type, e.date, e.goldstein, e.factuality, e.document_id, e.event_id
FROM events_coded e
JOIN event_actors a ON a.event_id = e.event_id AND a.document_id = e.document_id AND a.role = 'actor'
JOIN event_actors r ON r.event_id = e.event_id AND r.document_id = e.document_id AND r.role = 'recipient'
WHERE a.country <> '' AND r.country <> '' AND a.country <> r.country;

CREATE VIEW quotes AS
SELECT e.event_id, e.event_type, e.document_id, d.title, d.date AS document_date, d.agency,
       substr(d.text, s."start" + 1, s."end" - s."start") AS quote
FROM events_coded e JOIN documents d USING (document_id)
JOIN sentences s ON s.document_id = e.document_id AND s.sentence = e.sentence;
