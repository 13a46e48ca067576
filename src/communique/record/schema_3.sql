-- What schema 3 adds to schema 2: every place of a text that tells of an event.
CREATE TABLE event_sources (
    event_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, position INTEGER NOT NULL, sentence INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, "trigger" VARCHAR NOT NULL);
