-- One revision of the library. The file is built once, never changed afterwards, and deleted as a whole.

-- What the whole file is: its revision, and how many items of each kind it has.
CREATE TABLE about (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article (
    id       INTEGER NOT NULL PRIMARY KEY, -- its place: by the packs' `order`, then date and title
    key      TEXT    NOT NULL UNIQUE,   -- the pack's id of the article
    title    TEXT    NOT NULL,          -- with what tells it from another of the same title
    name     TEXT    NOT NULL,          -- what lists and sources call it: its short name, or else its title
    author   TEXT,                      -- the name of who wrote it
    link     TEXT,                      -- where to read it
    date     TEXT,                      -- when, as it is said to people
    language TEXT    NOT NULL,
    first    INTEGER NOT NULL,          -- its items are those from here
    last     INTEGER NOT NULL,          -- to here
    hash     TEXT    NOT NULL           -- SHA-256 of the pack's content
) STRICT;

-- Everything that a pack says, whatever its kind. `body` is the whole item as JSON; the other columns
-- are what a list of items shows, so that a list needs no bodies.
CREATE TABLE item (
    id        INTEGER NOT NULL PRIMARY KEY, -- 16 * number + kind, so that a search can tell the kind
    article   INTEGER NOT NULL REFERENCES article (id),
    kind      INTEGER NOT NULL,
    key       TEXT    NOT NULL,         -- the pack's id of the item
    handle    TEXT    NOT NULL,         -- what a line calls it for a command of its kind: the id, marked where another
                                        -- thing has it for a name
    any_handle TEXT   NOT NULL,         -- the same for a command that is for all kinds
    title     TEXT    NOT NULL,
    section   TEXT,                     -- where in the text
    paragraph INTEGER,
    earliest  INTEGER,                  -- first and last day that the date can mean: 20200708
    latest    INTEGER,
    is_key    INTEGER NOT NULL,         -- 1: one of those that matter most
    names     TEXT    NOT NULL,         -- what the actors and topics are called that it refers to: JSON, by their ids
    body      TEXT    NOT NULL,
    UNIQUE (article, key)
) STRICT;
CREATE INDEX item_by_kind ON item (article, kind);
-- Whole, for a partial index would say the number of a kind, which `Kind` in src/article/item.rs alone should.
CREATE INDEX item_by_day ON item (kind, earliest, latest);
-- Those that matter most.
CREATE INDEX item_by_importance ON item (kind, earliest, latest) WHERE is_key = 1;
-- Which events span a day: an index on one end alone would read all that is older or younger.
CREATE VIRTUAL TABLE span USING rtree_i32 (id, earliest, latest);

-- Which item refers to which, and as what.
CREATE TABLE link (
    target INTEGER NOT NULL,
    role   INTEGER NOT NULL,
    kind   INTEGER NOT NULL,            -- of the source
    source INTEGER NOT NULL,
    PRIMARY KEY (target, role, kind, source)
) STRICT, WITHOUT ROWID;

-- The actors and events that several articles have. `thing` is the row of the first of those that are one.
CREATE TABLE same (
    item  INTEGER NOT NULL PRIMARY KEY,
    thing INTEGER NOT NULL
) STRICT;
CREATE INDEX same_by_thing ON same (thing, item);

-- The different names in the library, and what goes by each name or id. `key` is either, folded and without spaces.
CREATE TABLE name (
    id     INTEGER NOT NULL PRIMARY KEY,
    key    TEXT    NOT NULL UNIQUE,
    folded TEXT    NOT NULL,
    shown  TEXT    NOT NULL,
    owner  INTEGER NOT NULL,            -- a hash of the kind and title of the first thing that has it
    sole   INTEGER NOT NULL             -- 0: things of another kind or title have it too
) STRICT;
CREATE TABLE naming (
    kind    INTEGER NOT NULL,
    key     TEXT    NOT NULL,
    article INTEGER NOT NULL,
    item    INTEGER NOT NULL,
    is_id   INTEGER NOT NULL,           -- 1: only its id goes so; nobody would call it that
    PRIMARY KEY (kind, key, article, item)
) STRICT, WITHOUT ROWID;
-- Whole words and beginnings of words of names. Marks that folding leaves are letters, here and in `text`.
CREATE VIRTUAL TABLE name_words USING fts5 (
    words, content = '', columnsize = 0, detail = none, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

-- Finite-state maps, which are searched in memory (src/library/maps.rs): the keys of `naming` by their kind, and the
-- words of all texts and names by the language of their articles.
CREATE TABLE map (
    title TEXT NOT NULL PRIMARY KEY,    -- 'names actor', 'words en', 'stems en'
    bytes BLOB NOT NULL
) STRICT;

-- The words of every item: `head` what it is called or says, `body` the rest and the names of what it
-- refers to, `asked` how people ask for it, which only answers to questions go by. Each word comes behind the language of its article, so that a question is asked in that language.
CREATE VIRTUAL TABLE text USING fts5 (
    head, body, asked, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
