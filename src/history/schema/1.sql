-- Version 1 of the ledger. Plain types and no automatic numbers, so that PostgreSQL takes the same statements.
CREATE TABLE run (
    number BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    manifest TEXT NOT NULL,
    extractor BIGINT NOT NULL,
    rules BIGINT NOT NULL
);
-- One row for each state of the words; a run that sees the same again moves only the columns that begin with last_.
CREATE TABLE observation (
    number BIGINT NOT NULL PRIMARY KEY,
    manifest TEXT NOT NULL,
    claim TEXT NOT NULL,
    check_number BIGINT NOT NULL,
    source TEXT NOT NULL,
    body TEXT NOT NULL,
    first_run BIGINT NOT NULL REFERENCES run (number),
    first_capture TEXT,
    last_run BIGINT NOT NULL REFERENCES run (number),
    last_capture TEXT,
    times BIGINT NOT NULL
);
CREATE INDEX observation_subject ON observation (manifest, claim, check_number, source, number);
CREATE INDEX observation_source ON observation (source, number);
CREATE TABLE page (
    number BIGINT NOT NULL PRIMARY KEY,
    run BIGINT NOT NULL REFERENCES run (number),
    source TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX page_source ON page (source, number);
CREATE TABLE drift (
    number BIGINT NOT NULL PRIMARY KEY,
    run BIGINT NOT NULL REFERENCES run (number),
    kind TEXT NOT NULL,
    manifest TEXT NOT NULL,
    claim TEXT NOT NULL,
    source TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX drift_claim ON drift (manifest, claim, number);
-- What is still to be told to whom: written in the same transaction as the drift, so that neither is lost alone.
CREATE TABLE alert (
    drift BIGINT NOT NULL REFERENCES drift (number),
    channel TEXT NOT NULL,
    due TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    told TEXT,
    trouble TEXT,
    PRIMARY KEY (drift, channel)
);
CREATE INDEX alert_due ON alert (told, due);
