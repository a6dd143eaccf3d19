-- The server that a room is in, where there are servers: what the bot is removed from takes its rooms along.
CREATE TABLE room_of_server (
    room   TEXT NOT NULL PRIMARY KEY,   -- 'discord:channel:1234'
    server TEXT NOT NULL                -- 'discord:server:1234'
) STRICT, WITHOUT ROWID;
CREATE INDEX room_by_server ON room_of_server (server);

-- The places that the bot was removed from, and when, in milliseconds since 1970-01-01 UTC.
CREATE TABLE left_place (
    place TEXT    NOT NULL PRIMARY KEY,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
