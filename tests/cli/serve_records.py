#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What `hearth serve` keeps: saved plans, comments, history; nothing that was confirmed is lost by kill -9, however often.
usage: serve_records.py HEARTH SCENARIO FOLDER [KILLS]      FOLDER: empty; KILLS: how often it is killed while it writes (3)"""
import http.client
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

from serve_kit import SETTLED, Demands, Events, Server

hearth, scenario, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
kills = int(sys.argv[4]) if len(sys.argv) > 4 else 3 if os.environ.get("HEARTH_EVERY", "1") == "1" else 1
demand = Demands()
os.environ.update(XDG_DATA_HOME=str(folder / "data"), TMPDIR=str(folder / "tmp"))
(folder / "tmp").mkdir()


def start(*arguments):
    return Server(hearth, *arguments, scenario)


def keep():
    """One of each, read back, in a file of its user's own."""
    server = start()
    tab = Events(server, "a", server.token)
    silent = Events(server, "b")
    changes = {"heat_network.length_m": "800"}
    plan = json.loads(server.plan("a", 1, changes).body)["hash"]
    demand(tab.next(SETTLED)[0] == "plan", "a plan comes")
    demand(tab.next(("records",))[1] == {"kind": "history"}, "and is remembered")
    server.plan("b", 1, {})
    demand(silent.next(SETTLED)[0] == "plan", "another, of a tab without the token")

    def post(path, body):
        return server.ask("POST", "/api/v1" + path, body, bearer=server.token)
    name = 'Zwölf "Häuser"'
    saved = json.loads(post("/saved", {"name": name, "set": changes, "hash": plan}).body)["id"]
    for body in ({"name": "x", "set": {}, "hash": plan}, {"name": "x", "set": changes, "hash": "a" * 64}):
        demand(post("/saved", body).status == 409, f"another plan's hash is not saved: {body}")
    for body in ({"name": "", "set": {}, "hash": plan}, {"name": "x", "set": {"a": "x.csv"}, "hash": plan}, {"name": "x", "set": {}, "hash": "A" * 64}):
        demand(post("/saved", body).status == 400, f"{body}")
    comment = json.loads(post("/comments", {"who": "Frau Müller", "about": "gain.households", "text": "Who pays?\nAnd when?"}).body)["id"]
    for body in ({"who": "x", "about": "a/b", "text": "x"}, {"who": "x", "about": "a", "text": " "}, {"who": "x", "about": "a", "text": "x" * 4001},
                 {"who": "x", "about": "a", "text": "x", "more": 1}, {"who": 1, "about": "a", "text": "x"}, "[]", ""):
        demand(post("/comments", body).status == 400, f"{body}")
    answer = f"/comments/{comment}/answer"
    for body in ({"text": "x"}, {"text": "x", "change": {"path": "a"}}, {"text": "x", "change": {"path": "a", "text": "../x"}}, {"text": "", "change": None}):
        demand(post(answer, body).status == 400, f"{body}")
    change = {"path": "money.carbon_price.shadow_money_kg", "text": "0.1"}
    demand(post(answer, {"text": "We weigh it.", "change": change}).status == 204, "answered")
    demand(post(answer, {"text": "Otherwise.", "change": None}).status == 409, "once")
    demand(post("/comments/99/answer", {"text": "x", "change": None}).status == 409, "to nobody")
    demand(post("/comments/1/reply", {"text": "x", "change": None}).status == 404, "elsewhere")
    gone = json.loads(post("/comments", {"who": "x", "about": "a", "text": "a slip"}).body)["id"]
    for tries, status in ((0, 204), (1, 404)):
        demand(server.ask("DELETE", f"/api/v1/comments/{gone}", bearer=server.token).status == status, f"removed {tries}")
    tab.close()
    silent.close()
    demand(server.stop() == 0, "it ends")
    files = list((folder / "data/hearth/serve").iterdir())
    demand(len(files) == 1 and files[0].name.startswith("two-") and files[0].stat().st_mode & 0o777 == 0o600, f"one file, its user's own: {files}")
    server = start()
    (row,) = server.read("/api/v1/saved")["saved"]
    demand((row["id"], row["name"], row["set"], row["hash"]) == (saved, name, changes, plan), f"{row}")
    demand(row["figures"]["cases"]["together"]["heat_delivered_kwh_year"] > 0, "with its figures")
    (row,) = server.read("/api/v1/comments")["comments"]
    demand((row["id"], row["who"], row["text"]) == (comment, "Frau Müller", "Who pays?\nAnd when?"), f"{row}")
    demand((row["answer"]["text"], row["answer"]["change"]) == ("We weigh it.", change), f"{row}")
    history = server.read("/api/v1/history")["history"]
    demand([h["set"] for h in history] == [changes] and history[0]["what"] == "heat_network.length_m = 800", f"{history}")
    # of more than 200 positions the oldest go; one seen again comes to the front
    more = sqlite3.connect(files[0])
    more.executemany("INSERT INTO history (at, base, what, changes, hash) VALUES ('then', 'b', 'w', '{}', ?)", [(str(k),) for k in range(250)])
    more.commit()
    more.close()
    tab = Events(server, "a", server.token)
    server.plan("a", 1, changes)
    demand(tab.next(SETTLED)[0] == "plan", "seen again")
    history = server.read("/api/v1/history")["history"]
    demand(len(history) == 200 and history[0]["hash"] == plan and [h["hash"] for h in history[1:]] == [str(k) for k in range(249, 50, -1)], "the last 200")
    tab.close()
    demand(server.stop() == 0, "it ends")
    return files[0]


def killed(store):
    """Writes from three sides until it is killed; then every comment that was confirmed is there, whole and once."""
    confirmed, chance = set(), random.Random(8)
    for turn in range(kills):
        server = start("--store", store)

        def side(k):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            marks = {"X-Hearth": "1", "Authorization": f"Bearer {server.token}"}
            try:
                for n in range(100000):
                    text = f"{turn}-{k}-{n}-" + "x" * (n * 37 % 3000)
                    connection.request("POST", "/api/v1/comments", json.dumps({"who": "k", "about": "a", "text": text}), marks)
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status == 201:
                        confirmed.add(text)
                    elif answer.status != 507:
                        demand(False, f"answered {answer.status}")
            except (OSError, http.client.HTTPException):
                pass
        sides = [threading.Thread(target=side, args=(k,)) for k in range(3)]
        for s in sides:
            s.start()
        time.sleep(0.05 + 0.2 * chance.random())
        server.stop(signal.SIGKILL)
        for s in sides:
            s.join()
    server = start("--store", store)
    texts = [c["text"] for c in server.read("/api/v1/comments")["comments"]]
    demand(len(confirmed) > kills, f"{len(confirmed)} were confirmed")
    demand(confirmed <= set(texts), f"lost: {len(confirmed - set(texts))} of {len(confirmed)}")
    demand(len(texts) == len(set(texts)) and len(texts) <= len(confirmed) + 3 * kills, "each once, and no more than were under way")
    print(f"killed {kills} times, {len(confirmed)} confirmed, {len(texts)} there")
    # what the killed ones left of their folders is gone, what is another's or still in use is not
    left = list((folder / "tmp").glob("hearth-serve-*"))
    demand(len(left) == 1, f"the running one's folder alone: {left}")
    (folder / "tmp/hearth-serve-strange").symlink_to(folder / "data")
    other = start("--no-store")
    demand(len(list((folder / "tmp").glob("hearth-serve-??????"))) == 2 and (folder / "data/hearth").is_dir(), "two that run; no link is followed")
    demand((other.stop(), server.stop()) == (0, 0), "they end")
    demand(not list((folder / "tmp").glob("hearth-serve-??????")), "and leave nothing")


def refused(store, why):
    """No server over a file that is not, or not whole, its own; the file stays as it is."""
    before = pathlib.Path(store).read_bytes() if pathlib.Path(store).is_file() else None
    done = subprocess.run([hearth, "serve", "--no-browser", "--store", store, scenario], capture_output=True, text=True, timeout=60, check=False)
    demand(done.returncode == 73 and why in done.stderr and "--store FILE" in done.stderr and done.stdout == "", f"{store}: {done}")
    demand(before is None or pathlib.Path(store).read_bytes() == before, f"{store} was touched")


def cached():
    """The base is there at once at the next start, but only as long as nothing that decides it has changed."""
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    prices = folder / "prices.csv"
    text = pathlib.Path(scenario).read_text(encoding="utf-8").replace("days: 2", "days: 1")
    here = folder / "priced.yaml"
    here.write_text(text.replace("campus: {energy_money_kwh: 0.082,", "campus: {energy_money_kwh: {file: prices.csv, column: price, unit: money_kwh},"))
    costs, seen = [], []
    for turn in range(4):
        if turn != 1:
            prices.write_text("price\n" + f"0.0{5 + turn // 3}\n" * 8784)
        if turn == 3:
            for k in range(6):
                (folder / f"cache/hearth/serve/{k:064}").mkdir()
                os.utime(folder / f"cache/hearth/serve/{k:064}", (k, k))
        if turn == 2:
            (view,) = (folder / "cache").rglob("view.json")
            view.write_text(view.read_text(encoding="utf-8").replace('"together"', '"to_gether"'), encoding="utf-8")
        server = Server(hearth, "--store", folder / "priced.sqlite", here)
        seen.append(server.read("/api/v1/start")["ready"])
        while (begun := server.read("/api/v1/start"))["ready"] != "full":
            time.sleep(0.05)
        costs.append(server.read(f"/api/v1/plan/{begun['plan']}/view")["cases"]["together"]["cost_money_year"])
        demand(server.stop() == 0, "it ends")
    demand(seen[1] == "full" and "full" not in (seen[0], seen[2], seen[3]), f"taken when whole: {seen}")
    demand(costs[0] == costs[1] == costs[2] < costs[3], f"the prices' own costs: {costs}")
    left = sorted(path.name for path in (folder / "cache/hearth/serve").iterdir())
    demand(len(left) == 4 and left[:3] == [f"{k:064}" for k in (3, 4, 5)], f"in place of the one before; the last four stay: {left}")


kept = keep()
cached()
killed(folder / "killed.sqlite")
whole = kept.read_bytes()
(folder / "text.sqlite").write_text("This is a letter to my aunt. " * 200)
refused(folder / "text.sqlite", "no file of records")
(folder / "damaged.sqlite").write_bytes(whole[:4096] + bytes(b ^ 0x5A for b in whole[4096:]))
refused(folder / "damaged.sqlite", "damaged")
(folder / "short.sqlite").write_bytes(whole[:len(whole) // 2 // 4096 * 4096])
refused(folder / "short.sqlite", "damaged")
with sqlite3.connect(folder / "foreign.sqlite") as other:
    other.execute("CREATE TABLE letters (text)")
refused(folder / "foreign.sqlite", "something else")
(folder / "newer.sqlite").write_bytes(whole)
other = sqlite3.connect(folder / "newer.sqlite")
other.execute("PRAGMA user_version = 2")
other.close()
refused(folder / "newer.sqlite", "newer version")
refused(folder / "none/at/all.sqlite", "No such file")
refused(folder, "directory")
demand.end("records")
