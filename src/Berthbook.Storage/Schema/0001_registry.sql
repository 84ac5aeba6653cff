-- The journal (docs/journal-format.md): each revision's canonical bytes and their SHA-256.
CREATE TABLE revision (
    number INTEGER NOT NULL PRIMARY KEY,
    hash BYTEA NOT NULL,
    bytes BYTEA NOT NULL
);

-- What the journal's commitments stand for. Salt and content are NULL once they were erased (procedures K4).
CREATE TABLE personal_text (
    commitment BYTEA NOT NULL PRIMARY KEY,
    party INTEGER NOT NULL,
    salt BYTEA,
    content BYTEA
);

CREATE INDEX personal_text_party ON personal_text (party);

-- Every erasure's canonical bytes and their SHA-256.
CREATE TABLE erasure (
    number INTEGER NOT NULL PRIMARY KEY,
    hash BYTEA NOT NULL,
    bytes BYTEA NOT NULL
);
