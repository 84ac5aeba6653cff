#!/usr/bin/env python3
"""first-half-hour.py BERTH-SERVER...: from an empty folder to the first own assignments published, over the API alone.

BERTH-SERVER is the command that starts the program, for example: dotnet run --project src/Berthbook.Server --
Prints each step; ends with status 1 at the first answer that is not the one expected.
"""
import base64
import hashlib
import hmac
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid

PASSWORD = "harbour lights at dusk"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def one_time_password(key):
    """RFC 6238: thirty seconds, six digits, SHA-1."""
    secret = base64.b32decode(key.replace(" ", "").upper() + "=" * (-len(key.replace(" ", "")) % 8))
    mac = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Registry:
    def __init__(self, command):
        self.folder = tempfile.TemporaryDirectory(prefix="berthbook-first-")
        self.url = f"http://localhost:{free_port()}"
        self.command = [*command, "--upstream", "none", "--data", self.folder.name, "--urls", self.url]

    def run(self, *arguments):
        return subprocess.run([*self.command, *arguments], check=True, capture_output=True, text=True).stdout

    def start(self):
        # A group of its own: `dotnet run` passes no signal on to the program that it started.
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + "/readyz", timeout=5)
                return
            except (urllib.error.URLError, ConnectionError):
                if self.process.poll() is not None:
                    sys.exit("the server ended: " + self.process.stdout.read())
                time.sleep(0.1)
        sys.exit("the server did not become ready")

    def stop(self):
        if hasattr(self, "process"):
            os.killpg(self.process.pid, signal.SIGTERM)
            # Its output ends with the last of the group.
            self.process.communicate(timeout=30)
        self.folder.cleanup()

    def text(self, path):
        return urllib.request.urlopen(self.url + path, timeout=30).read().decode("utf-8")

    def call(self, method, path, body=None, token=None, expect=200, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.url + "/api/v1/" + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, raw = answer.status, answer.read()
        except urllib.error.HTTPError as problem:
            status, raw = problem.code, problem.read()
        if status != expect:
            sys.exit(f"{method} {path}: {status} instead of {expect}: {raw.decode('utf-8', 'replace')[:2000]}")
        return json.loads(raw) if raw else None


class Person:
    """An account with its token; with a second factor where it decides."""

    def __init__(self, registry, name, administrator=None, offices=(), code=None, organization=None):
        self.registry, self.name = registry, name
        self.email = name.lower().replace(" ", ".") + "@example.net"
        account = {"email": self.email, "password": PASSWORD, "name": name}
        if organization:
            account["organization"] = organization
        if code:
            account["code"] = code
        registry.call("POST", "accounts", account, expect=201)
        if administrator:
            confirmation = {"email": self.email, "code": self.mailed(administrator), "password": PASSWORD}
            registry.call("POST", "accounts/confirm", confirmation)
        self.token = self.new_token()
        if offices or code:
            key = registry.call("POST", "account/second-factor", {}, self.token)["key"]
            registry.call("POST", "account/second-factor", {"code": one_time_password(key)}, self.token)
            if offices:
                accounts = registry.call("GET", "accounts?pageSize=1000", token=administrator.token)["items"]
                self.id = next(account["id"] for account in accounts if account["email"] == self.email)
                registry.call("PUT", f"accounts/{self.id}/offices", {"offices": list(offices)}, administrator.token)
            self.token = self.new_token(one_time_password(key))

    def new_token(self, second_factor=None):
        body = {"email": self.email, "password": PASSWORD, "name": "first half hour", "scope": "act", "days": 1}
        if second_factor:
            body["secondFactor"] = second_factor
        return self.registry.call("POST", "tokens", body, expect=201)["token"]

    def mailed(self, administrator):
        """Without SMTP the administrator reads the letters."""
        letters = self.registry.call("GET", "outbox?pageSize=1000", token=administrator.token)["items"]
        letter = [letter for letter in letters if letter["to"] == self.email][0]
        return re.search(r"[?&]code=([^&\s]+)", letter["body"]).group(1)

    def act(self, number, action, body=None, expect=200):
        return self.registry.call(
            "POST", f"requests/{number}/{action}", body or {}, self.token, expect, If_Match="*"
        )


def document(applicant, name, port="none", transports=("tcp",)):
    party = {"name": applicant.name, "email": applicant.email}
    asked = {
        "kind": "assign",
        "name": name,
        "transports": list(transports),
        "port": port,
        "assignee": party,
        "contact": party,
        "description": "Readings of harbour gauges",
        "reference": "Readings in JSON over a stream, one a line; the protocol is proprietary.",
        "proprietary": True,
        "broadcast": False,
        "multicast": False,
        "anycast": False,
    }
    if port != "none":
        asked["whyNotDynamic"] = "Gauges behind firewalls listen at one number, chosen once."
    return asked


def main():
    began = time.monotonic()
    registry = Registry(sys.argv[1:] or ["dotnet", "run", "--project", "src/Berthbook.Server", "--"])
    try:
        registry.start()
        print("an own registry, empty, at", registry.url)
        code = re.search(r"code=([^&\s]+)", registry.run("admin-link")).group(1)
        admin = Person(registry, "Ada Keeper", code=code)
        print("the first administrator, by a one-time link, with a second factor")
        registrar = Person(registry, "Ivy Clerk", admin, ["registrar"])
        sctp = Person(registry, "Gus Reader", admin, ["expert:sctp"])
        conflicted = Person(registry, "Finn Reader", admin, ["expert:tcp-udp"], organization="Dee Instruments")
        expert = Person(registry, "Eve Reader", admin, ["expert:tcp-udp"])
        print("registrar and experts")
        dee = Person(registry, "Dee Example", admin, organization="Dee Instruments")
        named = registry.call("POST", "requests", document(dee, "harbour-gauge"), dee.token, 201)
        assert named["state"] == "assigned", named
        for ending in ("csv", "xml", "txt", "xhtml"):
            path = f"/assignments/service-names-port-numbers/service-names-port-numbers.{ending}"
            assert "harbour-gauge" in registry.text(path), f"it is not in the {ending}"
        assert registry.call("GET", "services/harbour-gauge")["records"], "it is not in the API"
        print("a name alone: assigned at once, and in every format")
        asked = registry.call("POST", "requests", document(dee, "harbour-feed", 45060), dee.token, 201)
        assert asked["state"] == "in-review", asked
        number = asked["number"]
        words = {"for": True, "reason": "A stable service of its own.", "criteria": ["A3", "P10"]}
        sctp.act(number, "recommend", words, 403)
        conflicted.act(number, "recommend", words, 403)
        registrar.act(number, "approve", {}, 409)
        expert.act(number, "recommend", words)
        registrar.act(number, "approve", {"reason": "As the expert says."})
        done = registrar.act(number, "assign")
        assert done["state"] == "assigned" and done["revision"], done
        assert "harbour-feed,45060,tcp" in registry.text(
            "/assignments/service-names-port-numbers/service-names-port-numbers.csv"
        ), "45060 is not in the CSV"
        print("a User Port: refused to the expert for SCTP and to a colleague, recommended, approved, assigned, published")
        print(f"done in {time.monotonic() - began:.0f} s")
    finally:
        registry.stop()


if __name__ == "__main__":
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    main()
