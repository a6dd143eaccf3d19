-- What moderators decided for a place: a thread, a channel, a room, a whole server. The most particular
-- place that has a setting wins.
CREATE TABLE place_setting (
    place   TEXT NOT NULL,              -- 'discord:channel:1234', 'discord:server:1234'
    setting TEXT NOT NULL,              -- 'article', 'private', 'command quote'
    value   TEXT NOT NULL,
    PRIMARY KEY (place, setting)
);

-- Command lines that are too long for a button, which holds their key instead.
CREATE TABLE line (
    key  TEXT   NOT NULL PRIMARY KEY,   -- the beginning of the line's SHA-256
    line TEXT   NOT NULL,
    at   BIGINT NOT NULL                -- when it was last put on a button
);
CREATE INDEX line_by_time ON line (at);
