#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fifty members of a class at once, each with a stream, moving sliders, proposing and agreeing, while others send rubbish:
nothing that was accepted is lost, every last wish is answered, the server's memory stays what it was.
usage: serve_load.py HEARTH SCENARIO SECONDS [MEMBERS]      HEARTH_SANITIZED=1: memory is the sanitizer's matter"""
import http.client
import json
import os
import pathlib
import random
import socket
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "cli"))
from serve_kit import SETTLED, Demands, Events, Server  # noqa: E402

hearth, scenario, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
members_count = int(sys.argv[4]) if len(sys.argv) > 4 else 50
sanitized = os.environ.get("HEARTH_SANITIZED") == "1"
ROUNDS = 10
ROLES = ("mayor", "operator", "heat_utility", "electric_utility", "resident")
server = Server(hearth, "--no-store", "--classroom", "127.0.0.1", scenario)
demand, over = Demands(), threading.Event()


class Member(threading.Thread):
    """One person: a connection that is kept, a stream, and chance."""

    def __init__(self, number, code):
        super().__init__()
        self.chance, self.number = random.Random(number), number
        self.used_at = time.monotonic()
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        joined = self.call("POST", "/class/join", {"code": code, "name": f"Member {number}", "role": ROLES[number % len(ROLES)]})[1]
        self.key, self.member = joined["key"], joined["member"]
        self.tab, self.seq = f"tab{number}", 0
        self.events = Events(server, self.tab, self.key)
        self.settled, self.arrived, self.newest, self.asked_at = 0, threading.Condition(), -1, {}
        self.proposed, self.agreed, self.waits_s, self.answers_s, self.codes = {}, {}, [], [], {}
        threading.Thread(target=self.listen, daemon=True).start()

    def call(self, method, path, body=None):
        began = time.monotonic()
        if began - self.used_at > 15:  # the server closes what is idle for 30 s
            self.connection.close()
        self.used_at = began
        marks = {"X-Hearth": "1", **({"Authorization": f"Bearer {self.key}"} if hasattr(self, "key") else {})}
        self.connection.request(method, "/api/v1" + path, json.dumps(body) if body is not None else None, marks)
        answer = self.connection.getresponse()
        text = answer.read()
        if hasattr(self, "answers_s"):
            self.answers_s.append(time.monotonic() - began)
            self.codes[answer.status] = self.codes.get(answer.status, 0) + 1
        return answer.status, json.loads(text) if text else None

    def listen(self):
        while True:
            try:
                name, data = self.events.next((*SETTLED, "class"))
            except (OSError, ValueError):
                return
            if name is None:
                return
            if name == "class":
                demand(data["state"] >= self.newest, "the class only goes on")
                self.newest = data["state"]
                continue
            with self.arrived:
                self.settled = max(self.settled, data["seq"])
                if data["seq"] in self.asked_at:
                    self.waits_s.append(time.monotonic() - self.asked_at.pop(data["seq"]))
                self.arrived.notify_all()

    def move(self):
        changes = {"heat_network.length_m": str(self.chance.randrange(100, 4000, 1000 if sanitized else 10))}
        self.seq += 1
        self.asked_at[self.seq] = time.monotonic()
        status, _ = self.call("POST", "/plan", {"tab": self.tab, "seq": self.seq, "set": changes})
        demand(status == 202, f"a move: {status}")
        if self.chance.random() < 0.7:
            self.wait()

    def wait(self):
        with self.arrived:
            demand(self.arrived.wait_for(lambda: self.settled >= self.seq, 120), f"member {self.number}: the last wish is answered")

    def propose(self):
        changes = {"heat_network.length_m": str(self.chance.randrange(100, 4000, 1000 if sanitized else 100))}
        words = f"of {self.member}: {self.chance.random()}"
        status, body = self.call("POST", "/class/propose", {"set": changes, "words": words})
        demand(status in (201, 409), f"a proposal: {status}")
        if status == 201:
            self.proposed[body["id"]] = (changes, words)
            self.agreed[body["id"]] = True

    def agree(self):
        status, now = self.call("GET", "/class")
        demand(status == 200, f"the class: {status}")
        if now["proposals"]:
            first = self.chance.random() < 0.6  # so that some find agreement
            which, yes = (now["proposals"][0] if first else self.chance.choice(now["proposals"]))["id"], self.chance.random() < 0.8
            status, _ = self.call("POST", "/class/agree", {"id": which, "agree": yes})
            demand(status in (204, 404, 409), f"an assent: {status}")
            if status == 204:
                self.agreed[which] = yes

    def run(self):
        try:
            while not over.is_set():
                dice = self.chance.random()
                (self.move if dice < 0.5 else self.propose if dice < 0.65 else self.agree)()
                time.sleep(self.chance.random())
            self.move()
            self.wait()
        except Exception as what:  # pylint: disable=broad-except
            demand(False, f"member {self.number}: {what!r}")


def rubbish():
    """What no member would send."""
    chance = random.Random(0)
    held = []
    while not over.is_set():
        try:
            s = socket.create_connection(("127.0.0.1", server.port), timeout=2)
            s.sendall(chance.choice((b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"POST /api/v1/class/join HTTP/1.1\r\n", chance.randbytes(300),
                                     b"GET /" + b"x" * 40000 + b" HTTP/1.1\r\n\r\n")))
            held.append(s)  # and never goes on
        except OSError:
            pass
        if len(held) > 40:
            held.pop(0).close()
        time.sleep(0.1)
    for s in held:
        s.close()


def memory_mb():
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def lead():
    """The teacher: each round's three phases in turn; the server's memory beside it."""
    memory, began, turns = [], time.monotonic(), 0
    while time.monotonic() - began < seconds:
        time.sleep(0.5)
        memory.append(memory_mb())
        while turns < ROUNDS * 3 - 2 and (time.monotonic() - began) / seconds * (ROUNDS * 3 - 1) > turns + 1:
            status = server.ask("POST", "/api/v1/class/round", {"next": True}, bearer=server.token).status
            demand(status == 204, f"the next phase: {status}")
            turns += 1
    return memory


try:
    code = json.loads(server.ask("POST", "/api/v1/class", {"rounds": ROUNDS}, bearer=server.token).body)["code"]
    members = [Member(number, code) for number in range(members_count)]
    for one in (*members, loris := threading.Thread(target=rubbish)):
        one.start()
    memory = lead()
    over.set()
    for one in (*members, loris):
        one.join(timeout=240)
        demand(not one.is_alive(), "everybody comes to an end")
    export = server.read("/api/v1/class/export", server.token)
    there = {p["id"]: p for p in export["proposals"]}
    proposed = {which: (one.member, *what) for one in members for which, what in one.proposed.items()}
    demand(set(there) == set(proposed), f"proposals: {len(there)} there, {len(proposed)} accepted")
    for which, (member, changes, words) in proposed.items():
        demand((there[which]["member"], there[which]["set"], there[which]["words"]) == (member, changes, words), f"proposal {which} as it was made")
    for one in members:
        for which, yes in one.agreed.items():
            demand((one.member in there[which]["agreed"]) == yes, f"assent of {one.member} to {which}")
    # of each told round: the proposal that every role agreed to, if there is one
    told = [a["round"] for a in export["agreements"]]
    demand(told == sorted(set(told)) and all(a["proposal"]["assent"] == export["roles"] for a in export["agreements"]), f"agreements {told}")
    plans = sorted(wait for one in members for wait in one.waits_s)
    answers = sorted(wait for one in members for wait in one.answers_s)
    codes = {c: sum(one.codes.get(c, 0) for one in members) for c in sorted({c for one in members for c in one.codes})}
    quarter = len(memory) // 4
    before, after = (statistics.median(part) for part in (memory[quarter:2 * quarter], memory[-quarter:]))
    print(f"{members_count} members, {seconds:.0f} s: {len(answers)} answers {codes}, {len(plans)} plans seen, {len(proposed)} proposals, "
          f"{sum(len(one.agreed) for one in members)} assents, {len(told)} agreements")
    print(f"answers: median {statistics.median(answers) * 1e3:.1f} ms, 95th {answers[len(answers) * 95 // 100] * 1e3:.1f} ms, longest "
          f"{answers[-1] * 1e3:.0f} ms; plans: median {statistics.median(plans):.2f} s, 95th {plans[len(plans) * 95 // 100]:.2f} s")
    print(f"memory: {before:.1f} MB in the second quarter, {after:.1f} MB in the last, {max(memory):.1f} MB at most")
    demand(sanitized or after < 1.1 * before + 4, "the memory stays what it was")
    demand(server.process.poll() is None, "the server lives")
finally:
    over.set()
    code = server.stop()
demand(code == 0, f"it ends cleanly: {code}")
demand.end("load")
