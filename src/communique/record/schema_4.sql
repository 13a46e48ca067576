-- What schema 4 adds to schema 3: the things of diplomacy, as each document tells them and as they are merged.
CREATE TABLE meetings_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, level VARCHAR, within VARCHAR,
    date DATE, date_end DATE, date_precision VARCHAR, factuality VARCHAR NOT NULL);
CREATE TABLE visits_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, kind VARCHAR, host VARCHAR, arrival DATE, departure DATE,
    date DATE, date_end DATE, date_precision VARCHAR, factuality VARCHAR NOT NULL);
CREATE TABLE agreements_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, stage VARCHAR NOT NULL, title VARCHAR,
    date DATE, date_end DATE, date_precision VARCHAR, factuality VARCHAR NOT NULL);
CREATE TABLE commitments_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, content VARCHAR NOT NULL, act VARCHAR, condition VARCHAR,
    due DATE, due_words VARCHAR, strength VARCHAR NOT NULL, date DATE, date_end DATE, date_precision VARCHAR);
CREATE TABLE positions_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, stance VARCHAR NOT NULL, object VARCHAR,
    date DATE, date_end DATE, date_precision VARCHAR);
CREATE TABLE invitations_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, occasion VARCHAR, status VARCHAR NOT NULL,
    date DATE, date_end DATE, date_precision VARCHAR);
CREATE TABLE gifts_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, object VARCHAR, date DATE, date_end DATE,
    date_precision VARCHAR);
CREATE TABLE awards_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, object VARCHAR, date DATE, date_end DATE,
    date_precision VARCHAR);
CREATE TABLE accreditations_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, act VARCHAR NOT NULL, sending VARCHAR, receiving VARCHAR,
    date DATE, date_end DATE, date_precision VARCHAR);
CREATE TABLE institutions_told (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL);

CREATE TABLE thing_sources (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, position INTEGER NOT NULL, sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, words VARCHAR NOT NULL);
CREATE TABLE thing_parties (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, role VARCHAR NOT NULL, position INTEGER NOT NULL,
    text VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, name VARCHAR, entity_id VARCHAR,
    country VARCHAR, sector VARCHAR, subsector VARCHAR, office VARCHAR, wikidata VARCHAR, kind VARCHAR,
    confidence DOUBLE);
CREATE TABLE thing_places (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, role VARCHAR NOT NULL, position INTEGER NOT NULL,
    text VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, name VARCHAR, country VARCHAR, lat DOUBLE,
    lon DOUBLE);
CREATE TABLE thing_topics (
    thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, position INTEGER NOT NULL, topic VARCHAR NOT NULL,
    text VARCHAR NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL);
CREATE TABLE document_topics (
    document_id VARCHAR NOT NULL, position INTEGER NOT NULL, topic VARCHAR NOT NULL, text VARCHAR NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL);

-- Judgements, and what follows from them.
CREATE TABLE judgements (
    kind VARCHAR NOT NULL, a VARCHAR NOT NULL, b VARCHAR NOT NULL, verdict VARCHAR NOT NULL, why VARCHAR,
    judged_by VARCHAR NOT NULL, judged_at TIMESTAMP, a_document VARCHAR, a_start INTEGER, b_document VARCHAR, b_start INTEGER);
CREATE TABLE merged (
    kind VARCHAR NOT NULL, merged_id VARCHAR NOT NULL, thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL,
    rank INTEGER NOT NULL);
CREATE TABLE merged_parties (
    kind VARCHAR NOT NULL, merged_id VARCHAR NOT NULL, thing_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL, position INTEGER NOT NULL, name VARCHAR, country VARCHAR, office VARCHAR, entity_id VARCHAR,
    text VARCHAR);
CREATE TABLE commitment_changes (
    commitment_id VARCHAR NOT NULL, position INTEGER NOT NULL, status VARCHAR NOT NULL, date DATE, document_id VARCHAR,
    sentence INTEGER, "start" INTEGER, "end" INTEGER, by_thing VARCHAR, why VARCHAR);

CREATE VIEW thing_quotes AS
SELECT m.kind, m.merged_id, m.thing_id, m.rank, t.document_id, d.title, d.date AS document_date,
       coalesce(nullif(d.source, ''), nullif(d.agency, ''), d.origin) AS source, t.sentence, t."start", t."end", t.words,
       substr(d.text, s."start" + 1, s."end" - s."start") AS quote
FROM merged m
JOIN thing_sources t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
JOIN documents d ON d.document_id = t.document_id
LEFT JOIN sentences s ON s.document_id = t.document_id AND s.sentence = t.sentence;

-- Whom and what a merged thing names, and in how many documents it is told.
CREATE VIEW merged_things AS
WITH told AS (
    SELECT merged_id, arg_min(quote, (rank, document_id, "start")) AS quote,
           arg_min(words, (rank, document_id, "start")) AS words,
           arg_min(document_id, (rank, document_id, "start")) AS document_id,
           list_sort(list(DISTINCT document_id)) AS documents
    FROM thing_quotes GROUP BY merged_id),
parties AS (
    SELECT merged_id, list(coalesce(nullif(name, ''), text) ORDER BY role, position) FILTER (role <> 'host') AS who,
           list_sort(list(DISTINCT country) FILTER (country NOT IN ('', 'IGO', 'NGO', 'ISM', 'IMG', 'MNC') AND role <> 'host')) AS countries
    FROM merged_parties GROUP BY merged_id),
topics AS (
    SELECT m.merged_id, list_sort(list(DISTINCT t.topic)) AS topics
    FROM merged m JOIN thing_topics t ON t.thing_id = m.thing_id AND t.document_id = m.document_id GROUP BY m.merged_id)
SELECT k.kind, k.merged_id, coalesce(p.who, []) AS who, coalesce(p.countries, []) AS countries,
       coalesce(s.topics, []) AS topics, t.quote, t.words, t.document_id, t.documents
FROM (SELECT DISTINCT kind, merged_id FROM merged) k
LEFT JOIN told t USING (merged_id) LEFT JOIN parties p USING (merged_id) LEFT JOIN topics s USING (merged_id);

CREATE VIEW meetings AS
WITH best AS (
    SELECT m.merged_id, arg_min(t.date, m.rank) AS date, arg_min(t.date_end, m.rank) FILTER (t.date IS NOT NULL) AS date_end,
           arg_min(t.date_precision, m.rank) FILTER (t.date IS NOT NULL) AS date_precision,
           arg_min(t.kind, m.rank) FILTER (t.kind <> 'unknown') AS kind, arg_min(t.level, m.rank) FILTER (t.level <> '') AS level,
           arg_min(t.within, m.rank) FILTER (t.within <> '') AS within, arg_min(t.factuality, m.rank) AS factuality,
           arg_min(p.name, m.rank) FILTER (p.name <> '') AS place, arg_min(p.country, m.rank) FILTER (p.name <> '') AS place_country
    FROM merged m JOIN meetings_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    LEFT JOIN thing_places p ON p.thing_id = m.thing_id AND p.document_id = m.document_id AND p.position = 0
    WHERE m.kind = 'meeting' GROUP BY m.merged_id),
hosts AS (
    SELECT merged_id, arg_min(coalesce(nullif(name, ''), text), position) AS host FROM merged_parties
    WHERE role = 'host' GROUP BY merged_id)
SELECT b.date, coalesce(b.kind, 'unknown') AS kind, b.level, k.who AS participants, k.countries, h.host, b.place,
       b.place_country, b.within, k.topics, b.factuality, k.quote, k.words, b.date_end, b.date_precision, k.document_id, k.documents,
       b.merged_id AS meeting_id
FROM best b JOIN merged_things k USING (merged_id) LEFT JOIN hosts h USING (merged_id);

CREATE VIEW visits AS
WITH best AS (
    SELECT m.merged_id, arg_min(t.kind, m.rank) FILTER (t.kind <> '') AS kind, arg_min(t.host, m.rank) AS host,
           arg_min(coalesce(t.arrival, t.date), m.rank) AS arrival,
           coalesce(arg_min(t.departure, m.rank), arg_min(t.date_end, m.rank)) AS departure,
           arg_min(t.date_precision, m.rank) FILTER (t.date IS NOT NULL) AS date_precision,
           arg_min(t.factuality, m.rank) AS factuality
    FROM merged m JOIN visits_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    WHERE m.kind = 'visit' GROUP BY m.merged_id),
leaders AS (
    SELECT merged_id, arg_min(coalesce(nullif(name, ''), text), position) AS leader, arg_min(office, position) AS office,
           arg_min(country, position) AS country
    FROM merged_parties WHERE role = 'visitor' GROUP BY merged_id)
SELECT l.leader, l.office, l.country, b.host AS visited, b.arrival, b.departure, b.date_precision, b.kind, b.factuality,
       k.who AS visitors, k.topics AS purpose, k.quote, k.words, k.document_id, k.documents, b.merged_id AS visit_id
FROM best b JOIN merged_things k USING (merged_id) LEFT JOIN leaders l USING (merged_id);

CREATE VIEW agreement_stages AS
SELECT m.merged_id AS agreement_id, t.date, t.stage, t.kind, t.title, t.factuality,
       substr(d.text, s."start" + 1, s."end" - s."start") AS quote, q.words, t.document_id, t.date_precision, t.thing_id
FROM merged m JOIN agreements_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
JOIN documents d ON d.document_id = t.document_id
LEFT JOIN thing_sources q ON q.thing_id = t.thing_id AND q.document_id = t.document_id AND q.position = 0
LEFT JOIN sentences s ON s.document_id = t.document_id AND s.sentence = q.sentence
WHERE m.kind = 'agreement';

CREATE VIEW agreements AS
WITH best AS (
    SELECT m.merged_id, arg_min(t.kind, m.rank) AS kind, arg_min(t.title, m.rank) FILTER (t.title <> '') AS title,
           arg_max(t.stage, (t.date, list_position(
               ['negotiated', 'agreed', 'initialled', 'signed', 'adopted', 'ratified', 'in-force', 'implemented',
                'suspended', 'terminated'], t.stage)))
           FILTER (t.date IS NOT NULL AND t.factuality IN ('happened', 'ongoing', 'background')) AS last_stage, arg_min(t.stage, m.rank) AS stage,
           min(t.date) AS date, max(t.date) AS last_date, arg_min(t.factuality, m.rank) AS factuality
    FROM merged m JOIN agreements_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    WHERE m.kind = 'agreement' GROUP BY m.merged_id)
SELECT b.date, b.kind, b.title, k.who AS parties, k.countries, coalesce(b.last_stage, b.stage) AS stage,
       b.last_date AS stage_date, k.topics AS areas, b.factuality, k.quote, k.words, k.document_id, k.documents,
       b.merged_id AS agreement_id
FROM best b JOIN merged_things k USING (merged_id);

CREATE VIEW commitments AS
WITH best AS (
    SELECT m.merged_id, arg_min(t.content, m.rank) AS content, arg_min(t.act, m.rank) FILTER (t.act <> '') AS act,
           arg_min(t.condition, m.rank) FILTER (t.condition <> '') AS condition, arg_min(t.due, m.rank) AS due,
           arg_min(t.due_words, m.rank) FILTER (t.due_words <> '') AS due_words, arg_min(t.strength, m.rank) AS strength,
           min(coalesce(t.date, d.date)) AS date, count(*) AS times_told
    FROM merged m JOIN commitments_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    JOIN documents d ON d.document_id = t.document_id
    WHERE m.kind = 'commitment' GROUP BY m.merged_id),
sides AS (
    SELECT merged_id, list(coalesce(nullif(name, ''), text) ORDER BY position) FILTER (role = 'by') AS by_whom,
           list(coalesce(nullif(name, ''), text) ORDER BY position) FILTER (role = 'to') AS to_whom,
           list_sort(list(DISTINCT country) FILTER (country NOT IN ('', 'IGO', 'NGO', 'ISM', 'IMG', 'MNC') AND role = 'by')) AS by_countries,
           list_sort(list(DISTINCT country) FILTER (country NOT IN ('', 'IGO', 'NGO', 'ISM', 'IMG', 'MNC') AND role = 'to')) AS to_countries
    FROM merged_parties GROUP BY merged_id),
changed AS (
    SELECT commitment_id, arg_max(status, position) AS status, arg_max(date, position) AS status_date
    FROM commitment_changes GROUP BY commitment_id)
SELECT b.date, coalesce(s.by_whom, []) AS by_whom, coalesce(s.to_whom, []) AS to_whom, b.strength, b.content, b.condition, b.due,
       b.due_words, coalesce(c.status, 'open') AS status, c.status_date, k.topics, b.act, k.quote, k.words,
       coalesce(s.by_countries, []) AS by_countries, coalesce(s.to_countries, []) AS to_countries, b.times_told,
       k.document_id, k.documents, b.merged_id AS commitment_id
FROM best b JOIN merged_things k USING (merged_id)
LEFT JOIN sides s USING (merged_id) LEFT JOIN changed c ON c.commitment_id = b.merged_id;

CREATE VIEW positions AS
WITH best AS (
    SELECT m.merged_id, arg_min(coalesce(t.date, d.date), m.rank) AS date, arg_min(t.stance, m.rank) AS stance,
           arg_min(t.object, m.rank) FILTER (t.object <> '') AS object
    FROM merged m JOIN positions_told t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    JOIN documents d ON d.document_id = t.document_id
    WHERE m.kind = 'position' GROUP BY m.merged_id),
sides AS (
    SELECT merged_id, list(coalesce(nullif(name, ''), text) ORDER BY position) FILTER (role = 'holder') AS holders,
           list(coalesce(nullif(name, ''), text) ORDER BY position) FILTER (role = 'target') AS targets,
           list_sort(list(DISTINCT country) FILTER (country NOT IN ('', 'IGO', 'NGO', 'ISM', 'IMG', 'MNC') AND role = 'holder')) AS holder_countries,
           list_sort(list(DISTINCT country) FILTER (country NOT IN ('', 'IGO', 'NGO', 'ISM', 'IMG', 'MNC') AND role = 'target')) AS target_countries
    FROM merged_parties GROUP BY merged_id)
SELECT b.date, coalesce(s.holders, []) AS holders, b.stance, b.object, coalesce(s.targets, []) AS targets, k.topics,
       k.quote, k.words, coalesce(s.holder_countries, []) AS holder_countries, coalesce(s.target_countries, []) AS target_countries,
       k.document_id, k.documents, b.merged_id AS position_id
FROM best b JOIN merged_things k USING (merged_id) LEFT JOIN sides s USING (merged_id);

-- What each document stresses of a meeting that several tell of: `alone` where no other one names the topic.
CREATE VIEW meeting_topics AS
WITH named AS (
    SELECT m.merged_id, m.document_id, t.topic, arg_min(t.text, t."start") AS words
    FROM merged m JOIN thing_topics t ON t.thing_id = m.thing_id AND t.document_id = m.document_id
    WHERE m.kind = 'meeting' GROUP BY ALL)
SELECT n.merged_id AS meeting_id, n.document_id, coalesce(nullif(d.source, ''), nullif(d.agency, ''), d.origin) AS source,
       d.dateline_country AS country, n.topic, n.words,
       count(*) OVER (PARTITION BY n.merged_id, n.topic) = 1
       AND (SELECT count(DISTINCT o.document_id) FROM merged o WHERE o.merged_id = n.merged_id) > 1 AS alone
FROM named n JOIN documents d ON d.document_id = n.document_id;
