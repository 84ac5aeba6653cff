-- Requests (docs/decisions/0010). Times are milliseconds since 1970-01-01T00:00:00Z. A table whose rows are found by their
-- primary key alone has no row ids ($rowless$): each change then touches one page of it instead of two.
CREATE TABLE request (
    number INTEGER NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    applicant INTEGER NOT NULL,
    entered_by INTEGER,
    submitted INTEGER,
    updated INTEGER NOT NULL,
    -- The e-mail addresses to confirm, a JSON array. Personal data.
    addresses TEXT NOT NULL,
    -- The texts of the document that everybody may search.
    searched TEXT NOT NULL,
    -- The request document, JSON. Holds personal data.
    document BYTEA NOT NULL
);

CREATE INDEX request_state ON request (state, number);
CREATE INDEX request_applicant ON request (applicant, number);

CREATE TABLE request_step (
    request INTEGER NOT NULL REFERENCES request (number),
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    account INTEGER NOT NULL,
    office TEXT NOT NULL,
    action TEXT NOT NULL,
    state TEXT NOT NULL,
    words TEXT,
    note TEXT,
    -- Ids of rules, separated by blanks.
    rules TEXT NOT NULL,
    pool TEXT,
    is_for INTEGER,
    concerned INTEGER,
    address TEXT,
    revision INTEGER,
    PRIMARY KEY (request, number)
) $rowless$;

-- The rules that were applied to a request, for the list of precedents.
CREATE TABLE request_rule (
    rule TEXT NOT NULL,
    request INTEGER NOT NULL REFERENCES request (number),
    PRIMARY KEY (rule, request)
) $rowless$;

-- What decisions hold, so that nothing is held twice (reliability P6). A double that an import brought, a further record of
-- the same service, a second name and a further service code are exceptions, and say why.
CREATE TABLE held_name (
    -- In lower case.
    name TEXT NOT NULL,
    record INTEGER NOT NULL,
    exception TEXT,
    PRIMARY KEY (name, record)
) $rowless$;

CREATE UNIQUE INDEX held_name_once ON held_name (name) WHERE exception IS NULL;

CREATE TABLE held_number (
    transport INTEGER NOT NULL,
    number INTEGER NOT NULL,
    record INTEGER NOT NULL,
    exception TEXT,
    PRIMARY KEY (transport, number, record)
) $rowless$;

CREATE UNIQUE INDEX held_number_once ON held_number (transport, number) WHERE exception IS NULL;

-- The last revision that held_name and held_number follow; one row.
CREATE TABLE held_state (
    revision INTEGER NOT NULL PRIMARY KEY
);

-- Every attempt, allowed or refused (docs/journal-format.md): canonical bytes and their SHA-256.
CREATE TABLE audit (
    number INTEGER NOT NULL PRIMARY KEY,
    hash BYTEA NOT NULL,
    -- These three are in the bytes as well: to find entries by.
    account INTEGER NOT NULL,
    action TEXT NOT NULL,
    request INTEGER,
    bytes BYTEA NOT NULL
);

CREATE INDEX audit_account ON audit (account);
CREATE INDEX audit_request ON audit (request);

-- What audit entries commit to. Salt and content are NULL once the account's personal data was erased (procedures K4).
CREATE TABLE audit_text (
    commitment BYTEA NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL,
    salt BYTEA,
    content BYTEA
) $rowless$;

CREATE INDEX audit_text_account ON audit_text (account);

-- Mail that is owed or sent. Personal data.
CREATE TABLE outbox (
    number INTEGER NOT NULL PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    request INTEGER,
    account INTEGER NOT NULL,
    created INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt INTEGER,
    sent INTEGER,
    fault TEXT
);

CREATE INDEX outbox_next ON outbox (next_attempt) WHERE next_attempt IS NOT NULL;

-- What falls due (procedures A15, A17).
CREATE TABLE clock (
    request INTEGER NOT NULL REFERENCES request (number),
    what TEXT NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (request, what)
) $rowless$;

CREATE INDEX clock_due ON clock (due);

-- Links that were mailed: SHA-256 of the code, what it confirms.
CREATE TABLE mailed_code (
    hash BYTEA NOT NULL PRIMARY KEY,
    request INTEGER NOT NULL,
    address TEXT NOT NULL,
    expires INTEGER NOT NULL
) $rowless$;

-- What calls that came with a key did, so that a repeated call has no second effect.
CREATE TABLE answered (
    account INTEGER NOT NULL,
    key TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    -- The numbers of the requests, separated by blanks.
    requests TEXT NOT NULL,
    revision INTEGER,
    time INTEGER NOT NULL,
    PRIMARY KEY (account, key)
) $rowless$;

-- Who was confirmed to be, or to act for, a contact (procedures K3). Personal data.
CREATE TABLE claim (
    number INTEGER NOT NULL PRIMARY KEY,
    account INTEGER NOT NULL,
    contact TEXT NOT NULL,
    -- asked, confirmed, denied, ended
    state TEXT NOT NULL,
    asked INTEGER NOT NULL,
    statement TEXT,
    decided INTEGER,
    decided_by INTEGER,
    evidence TEXT
);

CREATE INDEX claim_account ON claim (account);
CREATE INDEX claim_contact ON claim (contact);
