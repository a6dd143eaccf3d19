-- What a room gets again and again. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE schedule (
    id       INTEGER NOT NULL PRIMARY KEY,
    room     TEXT    NOT NULL,          -- 'discord:channel:1234'
    places   TEXT    NOT NULL,          -- JSON: the room and what it is in, whose settings count
    post     TEXT    NOT NULL,          -- what comes: 'quote', 'discuss', 'quiz', 'today'
    days     TEXT    NOT NULL,          -- 'daily', 'weekdays', 'mon,thu'
    time     TEXT    NOT NULL,          -- '09:00'
    zone     TEXT    NOT NULL,          -- 'Europe/Madrid'
    next_at  INTEGER NOT NULL,
    due_at   INTEGER,                   -- the time of a post that is claimed and not marked as sent yet
    paused   INTEGER NOT NULL DEFAULT 0,
    refused  INTEGER NOT NULL DEFAULT 0 -- whether it is paused because its last post was refused
) STRICT;
CREATE INDEX schedule_by_room ON schedule (room, id);
