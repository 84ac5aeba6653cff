#!/usr/bin/env python3
"""Checks a journal, or an exported audit, as docs/journal-format.md says, from that page alone.

verify-journal.py registry.db|journal
verify-journal.py audit.ndjson [registry.db|journal]    with the journal beside it, the revisions that entries name as well
"""
import datetime
import hashlib
import json
import os
import sqlite3
import sys


class Bytes:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise ValueError("the bytes end too early")
        self.at += count
        return self.data[self.at - count : self.at]

    def byte(self):
        return self.take(1)[0]

    def number(self):
        value = shift = 0
        while True:
            part = self.byte()
            value |= (part & 0x7F) << shift
            shift += 7
            if part < 0x80:
                return value

    def text(self):
        return self.take(self.number()).decode("utf-8")

    def optional(self, read):
        return read() if self.byte() else None

    def many(self, read):
        return [read() for _ in range(self.number())]


class Journal:
    def __init__(self):
        self.parties, self.count, self.previous, self.commitments = 0, 0, bytes(32), []
        self.hashes, self.audits = [bytes(32)], []

    def commit(self, party):
        self.commitments.append((self.count + 1, party, self.b.take(32)))

    def revision(self, data):
        b = self.b = Bytes(data)
        magic = b.take(4)
        assert magic in (b"BBJ1", b"BBJ2"), "not version 1 or 2"
        assert b.number() == self.count + 1, "the number is not the next one"
        assert b.take(32) == self.previous, "the hash before does not match"
        b.number(), b.text(), b.text(), b.number()
        if magic == b"BBJ2" and b.byte():
            self.audits.append((self.count + 1, b.number(), b.take(32)))
        b.optional(lambda: (b.text(), b.number(), b.take(32), b.optional(b.text)))
        for _ in range(b.number()):
            self.parties += 1
            self.commit(self.parties)
        for _ in range(b.number()):
            self.change()
        assert b.at == len(data), "something follows the last change"
        self.count, self.previous = self.count + 1, hashlib.sha256(data).digest()
        self.hashes.append(self.previous)

    def change(self):
        b, code = self.b, self.b.byte()
        if code == 1:
            return self.header()
        assert 2 <= code <= 11, f"{code} is no change"
        contact, step = code <= 6, (code - 2) % 5
        who = b.number()
        if step in (0, 2, 3):
            b.number()
        if step in (0, 1, 3):
            self.commit(who) if contact else self.record()

    def record(self):
        b = self.b
        b.optional(b.text), b.optional(b.text), b.optional(b.text), self.rich()
        b.optional(lambda: b.many(self.reference))
        b.many(self.reference), b.many(self.reference), b.optional(b.text), b.optional(b.text)
        b.optional(b.number), b.optional(b.text), b.optional(self.rich)
        b.many(b.byte), self.gaps(), self.gaps()

    def gaps(self):
        b = self.b
        b.optional(lambda: (b.optional(b.text), b.many(lambda: b.optional(b.text))))

    def rich(self):
        kinds = {0: self.b.text, 1: lambda: None, 2: self.reference, 3: self.rich}
        self.b.many(lambda: kinds[self.b.byte()]())

    def reference(self):
        b = self.b
        if b.byte() == 0:
            party = b.number()
            b.optional(lambda: self.commit(party))
        else:
            b.text(), b.optional(b.text)
        if b.byte():
            b.text()
        b.optional(b.text)

    def part(self):
        kind = self.b.byte()
        self.b.optional(self.b.text), self.b.optional(self.b.text)
        self.reference() if kind == 8 else self.rich()

    def header(self):
        b = self.b
        b.text(), b.text()
        b.many(self.part)
        b.many(lambda: (b.text(), b.optional(b.text), self.rich()))
        b.optional(b.text), b.optional(b.text), b.optional(b.text), b.text()


class Audit:
    """The audit entries, each checked against the one before and against the journal."""

    def __init__(self, journal):
        self.journal, self.hashes, self.revisions, self.texts, self.closed = journal, [bytes(32)], [], [], set()

    def entry(self, number, digest, data):
        b = Bytes(data)
        assert number == len(self.hashes), f"audit entry {len(self.hashes)} is missing"
        assert hashlib.sha256(data).digest() == digest, f"audit entry {number}: its bytes do not match its hash"
        assert b.take(4) == b"BBA1" and b.number() == number, f"audit entry {number} is not the next one"
        assert b.take(32) == self.hashes[-1], f"audit entry {number}: the hash before does not match"
        revision, named = b.number(), b.take(32)
        assert revision <= self.journal.count and self.journal.hashes[revision] == named, f"audit entry {number}: its revision"
        assert not self.revisions or revision >= self.revisions[-1], f"audit entry {number}: an earlier revision"
        _, account, action, subject, allowed = b.number(), b.number(), b.text(), b.text(), b.byte()
        b.optional(b.text), b.number(), b.number()
        b.optional(lambda: self.texts.append((number, account, b.take(32))))
        assert b.at == len(data), f"audit entry {number}: something follows it"
        if action == "account.closed" and allowed:
            self.closed.add(subject)
        self.revisions.append(revision)
        self.hashes.append(digest)

    def check(self, rows):
        for revision, number, named in self.journal.audits:
            where = f"revision {revision}: audit entry {number}"
            assert number < len(self.hashes) and self.hashes[number] == named, f"{where}, which it names, is another"
            assert number < len(self.revisions) and self.revisions[number] == revision, f"{where}: none after it tells of it"
        rows = {row[0]: row[1:] for row in rows}
        for number, account, commitment in self.texts:
            assert commitment in rows and rows[commitment][0] == account, f"audit entry {number}: its text is missing"
            _, salt, content = rows.pop(commitment)
            if content is None:
                assert f"account {account}" in self.closed, f"audit entry {number}: its text is gone, its account not closed"
            else:
                assert hashlib.sha256(salt + content).digest() == commitment, f"audit entry {number}: its text does not match"
        assert not rows, f"{len(rows)} audit texts that no entry commits to"


class Named:
    """The revisions that the entries of an export name, where no journal is beside it."""

    def __init__(self, entries):
        self.hashes, self.audits, self.count = {}, [], 0
        for entry in entries:
            self.hashes.setdefault(entry["revision"], bytes.fromhex(entry["revisionHash"]))
            self.count = max(self.count, entry["revision"])


def number(value):
    parts = []
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def text(words):
    return number(len(words.encode())) + words.encode()


def optional(value, write):
    return b"\0" if value is None else b"\1" + write(value)


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def canonical(entry):
    """The bytes of an entry from its members."""
    time = datetime.datetime.fromisoformat(entry["time"])
    return b"".join((
        b"BBA1",
        number(entry["number"]),
        bytes.fromhex(entry["previous"]),
        number(entry["revision"]),
        bytes.fromhex(entry["revisionHash"]),
        number((time - EPOCH) // datetime.timedelta(milliseconds=1)),
        number(entry["account"]),
        text(entry["action"]),
        text(entry["subject"]),
        b"\1" if entry["allowed"] else b"\0",
        optional(entry["rule"], text),
        number(entry["request"] or 0),
        number(entry["version"] or 0),
        optional(entry["commitment"], bytes.fromhex),
    ))


def export(data, beside):
    entries = [json.loads(line) for line in data.splitlines()]
    audit = Audit(read_journal(beside)[0] if beside else Named(entries))
    audit.journal.audits = []
    for entry in entries:
        audit.entry(entry["number"], bytes.fromhex(entry["hash"]), canonical(entry))
        assert (entry["details"] is None) == (entry["salt"] is None), f"audit entry {entry['number']}: text without salt"
        assert entry["details"] is None or entry["commitment"], f"audit entry {entry['number']}: a text without commitment"
    audit.check(
        (bytes.fromhex(entry["commitment"]), entry["account"])
        + ((None, None) if entry["details"] is None else (bytes.fromhex(entry["salt"]), entry["details"].encode()))
        for entry in entries
        if entry["commitment"]
    )
    told = "revisions as in the journal" if beside else f"revisions up to {audit.journal.count} are named, not checked"
    print(f"{len(entries)} audit entries, last {audit.hashes[-1].hex()}; {told}")


def from_database(path):
    # Beside a running server, with what is still in its write-ahead log; else nothing is written beside the file.
    kept = "" if os.path.exists(path + "-wal") else "&immutable=1"
    db = sqlite3.connect(f"file:{path}?mode=ro{kept}", uri=True)
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    revisions, erasures, audit = (
        list(db.execute(f"SELECT number, hash, bytes FROM {table} ORDER BY number")) if table in tables else []
        for table in ("revision", "erasure", "audit")
    )
    texts = list(db.execute("SELECT commitment, party, salt, content FROM personal_text"))
    kept = list(db.execute("SELECT commitment, account, salt, content FROM audit_text")) if "audit_text" in tables else []
    return revisions, erasures, texts, audit, kept


def personal_text(b):
    return (b.take(32), b.number(), *((b.take(16), b.take(b.number())) if b.byte() else (None, None)))


def from_file(data):
    b, frames, texts = Bytes(data), {1: [], 3: []}, []
    assert b.take(4) == b"BBF1", "not a journal file of version 1"
    while kind := b.byte():
        assert kind <= 3, f"{kind} is no kind of frame"
        length, digest = b.number(), b.take(32)
        content = b.take(length)
        if kind == 2:
            assert hashlib.sha256(content).digest() == digest, "personal texts do not match their hash"
            inner = Bytes(content)
            texts += inner.many(lambda: personal_text(inner))
            assert inner.at == len(content), "something follows the last personal text"
        else:
            frames[kind].append((len(frames[kind]) + 1, digest, content))
    assert b.take(32) == hashlib.sha256(data[: b.at - 32]).digest(), "the file does not match the hash at its end"
    assert b.at == len(data), "something follows the end"
    return frames[1], frames[3], texts, [], []


def read_journal(path):
    with open(path, "rb") as file:
        head = file.read(3)
        whole = from_file(head + file.read()) if head == b"BBF" else from_database(path)
    revisions, erasures, texts, entries, kept = whole
    journal = Journal()
    for number, digest, data in revisions:
        assert number == journal.count + 1, f"revision {journal.count + 1} is missing"
        assert hashlib.sha256(data).digest() == digest, f"revision {number}: its bytes do not match its hash"
        journal.revision(data)
    erased, previous = set(), bytes(32)
    for number, digest, data in erasures:
        b = Bytes(data)
        assert b.take(4) == b"BBE1" and b.number() == number and b.take(32) == previous, f"erasure {number}"
        assert hashlib.sha256(data).digest() == digest, f"erasure {number}: its bytes do not match its hash"
        erased.add(b.number())
        previous = digest
    rows = {row[0]: row[1:] for row in texts}
    for revision, party, commitment in journal.commitments:
        where = f"revision {revision}: a personal text of party {party}"
        assert commitment in rows and rows[commitment][0] == party, f"{where} is missing"
        _, salt, content = rows[commitment]
        if content is None:
            assert party in erased, f"{where} is gone though it was not erased"
        else:
            assert hashlib.sha256(salt + content).digest() == commitment, f"{where} does not match"
    return journal, entries, kept, len(rows), len(erased)


def main(path, beside=None):
    with open(path, "rb") as file:
        if file.read(1) in (b"{", b""):
            file.seek(0)
            return export(file.read(), beside)
    journal, entries, kept, texts, erased = read_journal(path)
    audit = Audit(journal)
    for count, digest, data in entries:
        audit.entry(count, digest, data)
    audit.check(kept)
    told = f", {len(entries)} audit entries" if entries else ""
    print(f"{journal.count} revisions, {texts} personal texts, {erased} erased{told}, last {journal.previous.hex()}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:3])
    except (AssertionError, AttributeError, ValueError, KeyError, TypeError, sqlite3.Error) as fault:
        sys.exit(f"not whole: {fault}")
