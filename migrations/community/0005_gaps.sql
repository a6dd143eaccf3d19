-- What was asked and not answered, for the editors: nothing of who asked, or where, and no time of day.
CREATE TABLE gap (
    question TEXT   NOT NULL,           -- folded, so that all spellings are one
    article  TEXT   NOT NULL,           -- the id of the article that was meant; '' for all
    asked    TEXT   NOT NULL,           -- as it was typed last
    times    BIGINT NOT NULL,
    day      BIGINT NOT NULL,           -- when it was asked last, in days since 1970-01-01 UTC
    PRIMARY KEY (question, article)
);
CREATE INDEX gap_by_day ON gap (day, times);
