-- What must outlive a reload. Plain SQL that SQLite and PostgreSQL share. Times are milliseconds since
-- 1970-01-01 UTC.

-- The library's revisions that were made here. The file of an old one may be gone.
CREATE TABLE revision (
    revision TEXT   NOT NULL PRIMARY KEY,
    made_at  BIGINT NOT NULL,
    made_by  TEXT   NOT NULL,
    used_at  BIGINT NOT NULL,           -- when it last began to answer
    articles BIGINT NOT NULL,
    items    BIGINT NOT NULL,
    bytes    BIGINT NOT NULL            -- size of the file: a shorter one was damaged
);

-- The revision that answers now. One row at most.
CREATE TABLE current (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    revision TEXT   NOT NULL REFERENCES revision (revision)
);

-- Every change, and every refusal.
CREATE TABLE audit (
    id       INTEGER NOT NULL PRIMARY KEY,
    at       BIGINT  NOT NULL,
    who      TEXT    NOT NULL,          -- 'terminal:ada', 'discord:1234'
    command  TEXT    NOT NULL,
    outcome  TEXT    NOT NULL,          -- 'done', 'refused', 'failed'
    detail   TEXT    NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
