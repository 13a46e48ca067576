-- What schema 2 adds to schema 1.
CREATE TABLE event_magnitudes (
    event_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, position INTEGER NOT NULL, text VARCHAR NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, value DOUBLE NOT NULL, bound VARCHAR, unit VARCHAR, kind VARCHAR);
