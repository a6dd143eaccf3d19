-- The articles that a room reads, one after the other. Days are ISO 8601, in the room's time zone.
CREATE TABLE reading (
    id      INTEGER NOT NULL PRIMARY KEY,
    room    TEXT    NOT NULL,           -- 'discord:channel:1234'
    places  TEXT    NOT NULL,           -- JSON: the room and what it is in, whose settings count
    article TEXT    NOT NULL,           -- the pack's id
    first   TEXT    NOT NULL,           -- the day on which it begins
    last    TEXT,                       -- the last day, if it has one
    state   TEXT    NOT NULL            -- 'waiting', 'due' (begun, and still to be posted), 'begun'
) STRICT;
CREATE INDEX reading_by_room ON reading (room, first, id);
CREATE INDEX reading_open ON reading (id) WHERE state <> 'begun';
