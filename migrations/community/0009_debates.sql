-- Debates with a vote before and after. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE debate (
    id           INTEGER NOT NULL PRIMARY KEY,
    room         TEXT    NOT NULL,      -- 'discord:channel:1234', or 'terminal'
    thread       TEXT,                  -- where people argue, if not in the room itself
    motion       TEXT    NOT NULL,
    article      TEXT,                  -- the packs' ids of the argument that it is about
    argument     TEXT,
    language     TEXT    NOT NULL,      -- the code of the language of its posts
    phase        TEXT    NOT NULL,      -- 'first-vote', 'discussion', 'second-vote', 'counted', 'closed'
    ends_at      INTEGER NOT NULL,      -- when the phase ends
    vote_time    INTEGER NOT NULL,      -- how long each vote takes
    discuss_time INTEGER NOT NULL,
    quorum       INTEGER NOT NULL,
    outcome      TEXT                   -- JSON: what was counted. The votes themselves are gone by then.
) STRICT;
CREATE UNIQUE INDEX debate_open ON debate (room) WHERE phase NOT IN ('counted', 'closed');
CREATE INDEX debate_by_room ON debate (room, id);

-- How people vote, as long as the debate lasts.
CREATE TABLE vote (
    debate INTEGER NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    round  TEXT    NOT NULL,            -- 'before', 'after'
    person TEXT    NOT NULL,            -- platform and id there, such as discord:1234
    vote   TEXT    NOT NULL,            -- 'for', 'against', 'undecided'
    PRIMARY KEY (debate, round, person)
) STRICT, WITHOUT ROWID;

-- The points that people make, with the words that they cite as these were then.
CREATE TABLE point (
    debate    INTEGER NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,         -- within the debate, from 1
    side      TEXT    NOT NULL,         -- 'for', 'against'
    words     TEXT    NOT NULL,
    person    TEXT,                     -- NULL for somebody who wanted to be forgotten
    evidence  TEXT,                     -- JSON
    withdrawn INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (debate, number)
) STRICT, WITHOUT ROWID;

-- Who supports a point.
CREATE TABLE support (
    debate INTEGER NOT NULL,
    number INTEGER NOT NULL,
    person TEXT    NOT NULL,
    PRIMARY KEY (debate, number, person),
    FOREIGN KEY (debate, number) REFERENCES point (debate, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What is to be posted of a debate: written down with the change of phase, sent after it, and marked then.
CREATE TABLE announcement (
    debate INTEGER NOT NULL REFERENCES debate (id) ON DELETE CASCADE,
    phase  TEXT    NOT NULL,            -- the phase that it announces
    state  TEXT    NOT NULL,            -- 'due', 'sent', 'refused'
    cause  TEXT,                        -- why it was refused
    PRIMARY KEY (debate, phase)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_due ON announcement (debate) WHERE state = 'due';
