-- Accounts (ASP.NET Core Identity over EF Core, names ours). Personal data.
CREATE TABLE account (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_name TEXT,
    normalized_user_name TEXT,
    -- The name that people see.
    name TEXT NOT NULL,
    organization TEXT,
    email TEXT,
    normalized_email TEXT,
    email_confirmed INTEGER NOT NULL,
    password_hash TEXT,
    security_stamp TEXT,
    concurrency_stamp TEXT,
    two_factor_enabled INTEGER NOT NULL,
    lockout_end TEXT,
    lockout_enabled INTEGER NOT NULL,
    access_failed_count INTEGER NOT NULL,
    -- Bits, as Berthbook.Requests.Offices.
    offices INTEGER NOT NULL,
    -- active, deactivated, closed
    state TEXT NOT NULL,
    created INTEGER NOT NULL
);

CREATE UNIQUE INDEX account_user_name ON account (normalized_user_name);
CREATE UNIQUE INDEX account_email ON account (normalized_email);

CREATE TABLE account_claim (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    type TEXT,
    value TEXT
);

CREATE INDEX account_claim_account ON account_claim (account);

CREATE TABLE account_login (
    provider TEXT NOT NULL,
    provider_key TEXT NOT NULL,
    display_name TEXT,
    account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (provider, provider_key)
);

CREATE INDEX account_login_account ON account_login (account);

-- Identity's own tokens: the key of the second factor, recovery codes.
CREATE TABLE account_secret (
    account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (account, provider, name)
);

-- Personal access tokens: SHA-256 of the token; the token itself is shown once.
CREATE TABLE access_token (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- read, act
    scope TEXT NOT NULL,
    is_second_factor INTEGER NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    last_used INTEGER
);

CREATE INDEX access_token_account ON access_token (account);

-- One-time links: the first administrator's.
CREATE TABLE one_time_code (
    hash BYTEA NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    expires INTEGER NOT NULL
);
