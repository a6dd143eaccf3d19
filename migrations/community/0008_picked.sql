-- What was picked by chance in a room is a quote or a question: an item of a pack, or one of an argument's questions.
ALTER TABLE shown RENAME COLUMN quote TO item;
ALTER TABLE shown ADD COLUMN kind TEXT NOT NULL DEFAULT 'quote';
