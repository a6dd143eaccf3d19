-- What people chose for themselves.
CREATE TABLE person (
    person   TEXT NOT NULL PRIMARY KEY, -- platform and id there, such as discord:1234
    language TEXT NOT NULL              -- the code of a language of the catalogue
) STRICT, WITHOUT ROWID;
