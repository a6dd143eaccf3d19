-- The quotes that were picked by chance in a room: none comes again before all have been shown.
CREATE TABLE shown (
    id      INTEGER NOT NULL PRIMARY KEY, -- in their order
    place   TEXT    NOT NULL,             -- the room, or the platform where there are none
    round   INTEGER NOT NULL,             -- goes up when all have been shown
    article TEXT    NOT NULL,             -- the packs' ids
    quote   TEXT    NOT NULL,
    seed    INTEGER,                      -- what decided the choice, if it was not mere chance
    UNIQUE (place, round, article, quote)
) STRICT;
CREATE INDEX shown_by_place ON shown (place, id);
