-- How far each account of a platform has been heard. It is moved on only when everything before it was
-- answered and written down in `answered`.
CREATE TABLE heard (
    account TEXT NOT NULL PRIMARY KEY,  -- 'matrix:@rapporteur:example.org'
    token   TEXT NOT NULL               -- where to hear on, as the platform writes it
);

-- What was answered, so that nothing is answered twice, and so that an answer can be changed, turned to
-- another page or taken back later.
CREATE TABLE answered (
    event  TEXT   NOT NULL PRIMARY KEY, -- the question, or a reaction, an edit, a removal
    room   TEXT   NOT NULL,
    asker  TEXT   NOT NULL,
    answer TEXT,                        -- the answer's own id; none where there is none (any more)
    line   TEXT,                        -- the command line that gives the answer again
    offers TEXT   NOT NULL,             -- JSON: what each reaction stands for
    at     BIGINT NOT NULL
);
CREATE INDEX answered_by_answer ON answered (answer);
CREATE INDEX answered_by_time ON answered (at);
