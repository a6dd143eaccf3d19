-- Quizzes. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE quiz (
    id        INTEGER NOT NULL PRIMARY KEY,
    room      TEXT    NOT NULL,         -- 'discord:channel:1234', or 'terminal'
    starter   TEXT    NOT NULL,         -- platform and id there, such as discord:1234
    language  TEXT    NOT NULL,         -- the code of the language of its posts
    article   TEXT    NOT NULL,         -- the pack's id
    questions TEXT    NOT NULL,         -- JSON
    number    INTEGER NOT NULL,         -- the question that it is at, from 0
    state     TEXT    NOT NULL,         -- 'asking', 'shown'
    ends_at   INTEGER NOT NULL,         -- until when the question is asked
    post      TEXT,                     -- the message with the question
    due       INTEGER NOT NULL          -- whether what it is at is still to be posted
) STRICT;
CREATE UNIQUE INDEX quiz_open ON quiz (room) WHERE state = 'asking';
CREATE INDEX quiz_by_room ON quiz (room, id);
CREATE INDEX quiz_due ON quiz (id) WHERE due = 1;

-- What people answer.
CREATE TABLE quiz_answer (
    quiz   INTEGER NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    person TEXT    NOT NULL,
    choice INTEGER NOT NULL,            -- from 0
    PRIMARY KEY (quiz, number, person)
) STRICT, WITHOUT ROWID;

-- How well those did who played.
CREATE TABLE score (
    room     TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    right    INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (room, person)
) STRICT, WITHOUT ROWID;
