# SPDX-License-Identifier: Apache-2.0
"""A running `hearth serve`, asked as a browser asks it."""
import http.client
import json
import re
import signal
import socket
import subprocess
import sys

SETTLED = ("plan", "infeasible", "error")


class Demands:
    """demand(holds, what): collects what does not hold."""

    def __init__(self):
        self.count, self.mistakes = 0, []

    def __call__(self, holds, what):
        self.count += 1
        if not holds:
            self.mistakes.append(what)

    def end(self, name):
        print("\n".join(self.mistakes) or f"{name}: {self.count} demands met")
        sys.exit(1 if self.mistakes else 0)


class Server:
    def __init__(self, hearth, *arguments, words=None):
        # words: where goes what it says beside its address; else to the test's own
        self.process = subprocess.Popen([hearth, "serve", "--no-browser", *arguments], stdout=subprocess.PIPE, stderr=words, text=True)
        line = self.process.stdout.readline()
        found = re.fullmatch(r"http://([0-9.]+):(\d+)/#token=([0-9a-f]{64})\n", line)
        if not found:
            raise SystemExit(f"hearth serve said: {line}")
        self.address, self.port, self.token = found.group(1), int(found.group(2)), found.group(3)
        self.host = f"{self.address}:{self.port}"

    def ask(self, method, path, body=None, headers=None, bearer=None):
        """body: bytes or text as they are, else as JSON."""
        connection = http.client.HTTPConnection(self.address, self.port, timeout=60)
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        marks = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        connection.request(method, path, body, {"X-Hearth": "1", **marks, **(headers or {})})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def read(self, path, bearer=None):
        return json.loads(self.ask("GET", path, bearer=bearer).body)

    def raw(self, data):
        """The first line of the answer to these bytes; nothing where the server waits for more or closes."""
        with socket.create_connection((self.address, self.port), timeout=1) as s:
            try:
                s.sendall(data)
                return s.recv(4096).split(b"\r\n")[0].decode(errors="replace")
            except (ConnectionResetError, BrokenPipeError, TimeoutError):
                return ""

    def plan(self, tab, seq, changes):
        return self.ask("POST", "/api/v1/plan", {"tab": tab, "seq": seq, "set": changes}, bearer=self.token)

    def stop(self, how=signal.SIGTERM):
        """Its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(timeout=120)
        self.process.stdout.close()
        return code


class Events:
    """One tab's stream of events."""

    def __init__(self, server, tab, key=None):
        self.socket = socket.create_connection((server.address, server.port), timeout=120)
        query = f"tab={tab}" + (f"&key={key}" if key else "")
        self.socket.sendall(f"GET /api/v1/events?{query} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
        self.file = self.socket.makefile("rb")
        self.socket.settimeout(20)
        while (line := self.file.readline()).strip() != b": open":
            if not line or re.match(rb"HTTP/1.1 [^2]", line):
                raise ConnectionError(f"no stream: {line}")
        self.socket.settimeout(120)

    def next(self, names):
        """The next event of one of these names."""
        name = None
        while True:
            line = self.file.readline()
            if not line:
                return None, None
            if line.startswith(b"event: "):
                name = line[7:].strip().decode()
            elif line.startswith(b"data: ") and name in names:
                return name, json.loads(line[6:])

    def close(self):
        self.file.close()
        self.socket.close()
