#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks a running `hearth serve` everything that docs/explorer/openapi.json names, and much that it must refuse.
usage: serve.py HEARTH SCENARIO OPENAPI PART"""
import http.client
import json
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

from serve_kit import SETTLED, Demands, Events, Server

hearth, scenario, openapi, part = sys.argv[1:5]
server = Server(hearth, "--store", scenario + ".records", *(["--classroom", "127.0.0.1"] if part == "answers" else []), scenario)
ask, read, raw, plan, port, HOST = server.ask, server.read, server.raw, server.plan, server.port, server.host
demand = Demands()


def base_ready():
    for _ in range(600):
        start = json.loads(ask("GET", "/api/v1/start").body)
        if start["ready"] == "full":
            return start
        time.sleep(0.1)
    sys.exit("the base is not planned")


def answers():
    """Each path of the OpenAPI file answers with a status and a kind that the file names."""
    api = json.load(open(openapi, encoding="utf-8"))
    start = base_ready()
    events = Events(server, "t1", server.token)
    example = {"hash": start["plan"]}
    for path, methods in api["paths"].items():
        for method, about in methods.items():
            example.update({p["name"]: p["example"] for p in about.get("parameters", []) if "example" in p})
            filled = re.sub(r"\{(\w+)\}", lambda m: str(example[m.group(1)]), path)
            query = "&".join(f"{p['name']}={p['example']}" for p in about.get("parameters", []) if p["in"] == "query" and "example" in p)
            if path == "/api/v1/events":
                continue  # asked by Events
            body = json.dumps(about["requestBody"]["content"]["application/json"]["example"]) if "requestBody" in about else None
            for name in ("hash", "code"):
                body = body and body.replace("{%s}" % name, str(example.get(name)))
            secrets = {"token": server.token, "key": example.get("key")}
            needed = [name for one in about.get("security", []) for name in one]
            for bearer in (None, "0" * 64, *(secret for name, secret in secrets.items() if needed and name not in needed)):
                answer = ask(method.upper(), filled, body, bearer=bearer) if needed else None
                demand(not needed or answer.status == 401 and answer.getheader("WWW-Authenticate") == "Bearer",
                       f"{method} {path} without {needed}: {answer and answer.status}")
            answer = ask(method.upper(), filled + ("?" + query if query else ""), body, bearer=next((secrets[name] for name in needed if secrets[name]), None))
            wanted = next(code for code in about["responses"] if code.startswith("2"))
            demand(str(answer.status) == wanted, f"{method} {path}: {answer.status} {answer.body[:200]}")
            if wanted == "204":
                demand(answer.body == b"", f"{path} has nothing to say")
                continue
            kind = next(iter(about["responses"][wanted]["content"]))
            demand(answer.getheader("Content-Type").split(";")[0] == kind, f"{path}: {answer.getheader('Content-Type')}")
            schema = about["responses"][wanted]["content"][kind].get("schema", {})
            if kind == "application/json":
                value = json.loads(answer.body)
                example.update({key: value[key] for key in ("code", "key") if isinstance(value, dict) and key in value})
                for key in schema.get("required", []):
                    demand(key in value, f"{path}: {key} is missing")
                    listed = schema.get("properties", {}).get(key, {}).get("items", {}).get("required", [])
                    for one in value[key] if listed else []:
                        demand(set(listed) <= set(one), f"{path}: {key} has {list(one)}, not {listed}")
    events.close()
    # what may be moved stands where the scenario stands, or where the plan has put it
    sliders = {slider["key"]: slider for slider in json.loads(ask("GET", "/api/v1/start").body)["sliders"]}
    view = json.loads(ask("GET", f"/api/v1/plan/{start['plan']}/view").body)
    demand(len(sliders) == 8, f"Seattle has all eight: {list(sliders)}")
    demand((sliders["distance"]["value"], sliders["wait"]["value"]) == (400, 0), "as the scenario says, or absent")
    tank = view["record"]["together"]["instances"]["tank"]["capacity"]
    demand(sliders["storage"]["value"] == sliders["storage"]["best"] == tank, "as the plan chose")
    for slider in sliders.values():
        demand(slider["minimum"] <= slider["value"] <= slider["maximum"], f"{slider['key']} lies on its rail")
    words = json.loads(ask("GET", "/api/v1/glossary").body)
    forms = [form.lower() for word in words for form in [word["term"], *word.get("also", [])]]
    demand(len(words) >= 60 and all(word["says"] and word["source"] for word in words), f"{len(words)} words with source")
    demand(len(set(forms)) == len(forms), f"no word twice: {sorted(f for f in forms if forms.count(f) > 1)}")
    # the view's parts are those of the files
    rows = ask("GET", f"/api/v1/plan/{start['plan']}/transfers_year.csv").body.decode().splitlines()
    demand(len(view["transfers"]) == len(rows) - 1 and ",".join(view["transfers"][0]) != "", "every transfer")
    names = rows[0].split(",")
    for row, said in zip(rows[1:], view["transfers"]):
        cells = dict(zip(names, row.split(",")))
        demand(float(cells["money_year"]) == said["money_year"] and cells["payer"] == said["payer"], f"transfer {row}")
    rules = subprocess.run([hearth, "rules", "--json", scenario], capture_output=True, check=False).stdout
    demand(view["rules"] == json.loads(rules), "the rules are those of hearth rules")
    demand(view["headline"] == view["finding"] and view["seconds"] > 0, "headline and time")


def plans():
    """Plans, hours, downloads, infeasible and wrong positions, the newest wins, a closed tab gives up."""
    start = base_ready()
    tab, other = Events(server, "a"), Events(server, "b")
    # the first move too has a quick answer, be the base kept from another start (as here, behind "answers") or just planned
    while not json.loads(ask("GET", "/api/v1/start").body)["quick"]:
        time.sleep(0.1)
    first = json.loads(plan("a", 1, {"heat_network.length_m": "800"}).body)
    name, data = tab.next(("approx", "exact", *SETTLED))
    demand((name, data["hash"]) == ("exact", first["hash"]), f"the first move is answered at once: {name}")
    name, data = tab.next(SETTLED)
    demand((name, data["seq"], data["hash"]) == ("plan", 1, first["hash"]), f"a plan arrives: {name} {data}")
    root = f"/api/v1/plan/{first['hash']}"
    view = json.loads(ask("GET", root + "/view").body)
    demand(view["hash"] == first["hash"] and view["hearth_result"] == 1, "view is a summary")
    demand(view != json.loads(ask("GET", f"/api/v1/plan/{start['plan']}/view").body), "another length, another plan")
    # binary hours equal the file's columns, bit by bit
    rows = [line.split(",") for line in ask("GET", root + "/hourly.csv").body.decode().splitlines()]
    names = view["hours"][0], view["hours"][-1]
    hours = ask("GET", root + f"/hours?series={names[0]},{names[1]}")
    steps = int(hours.getheader("X-Hearth-Steps"))
    values = struct.unpack(f"<{2 * steps}d", hours.body)
    columns = [[float(r[rows[0].index(n)]) for r in rows[1:]] for n in names]
    demand(list(values) == columns[0] + columns[1] and steps == len(rows) - 1, "hours are the file's")
    # the saved scenario planned by the program itself gives the same plan
    saved = ask("GET", root + "/scenario.yaml").body
    with open(scenario + ".saved.yaml", "wb") as file:
        file.write(saved)
    again = subprocess.run([hearth, "run", "--json", file.name], capture_output=True, check=False)
    figures = [json.loads(text)["cases"] if "cases" in json.loads(text) else json.loads(text)["figures"]
               for text in (again.stdout, ask("GET", root + "/summary.json").body)]
    demand(figures[0] == figures[1], "the command line finds the same figures from the saved file")
    # who asks why and leaves holds up nobody; who stays is answered
    request = f"GET {root}/why?figure=pue_ratio HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode()
    for _ in range(20):
        with socket.create_connection((server.address, server.port), timeout=10) as leaves:
            leaves.sendall(request)
    demand(ask("GET", "/api/v1/start").status == 200, "others are answered meanwhile")
    demand(json.loads(ask("GET", root + "/why?figure=pue_ratio").body)["figure"] == "pue_ratio", "and so is who stays")
    demand(ask("GET", root + "/why?figure=nothing").status == 404, "no such figure")
    # the same position again is known at once; its order of keys does not matter
    demand(json.loads(plan("a", 2, {"heat_network.length_m": "800"}).body)["ready"] == "full", "kept by hash")
    tab.next(SETTLED)
    # once a plan is there others are answered like it before they are planned in full
    quick = Events(server, "q")
    for k in range(20):
        plan("q", 1 + k, {"heat_network.length_m": str(900 + k)})
        said = quick.next(("approx", "exact", *SETTLED))
        if said[0] != "plan":
            break
    name, data = said  # three days are no four weeks: at once every hour of them
    demand((name, data["depth"], data["seq"]) == ("exact", "exact", 1 + k), f"a quick answer: {name}")
    demand(data["view"]["approximate"]["depth"] == "exact" and data["view"]["hash"] == data["hash"], "marked as such")
    name, data = quick.next(SETTLED)
    full = json.loads(ask("GET", f"/api/v1/plan/{data['hash']}/view").body)
    costs = [view["cases"]["together"]["cost_money_year"] for view in (said[1]["view"], full)]
    demand(name == "plan" and abs(costs[0] / costs[1] - 1) < 0.01, f"near the full plan: {costs}")
    lacks = set(full) - set(said[1]["view"]) - {"bills", "files", "wiring", "from"}
    demand("approximate" not in full and not lacks, f"a view like the full plan's: {lacks}")
    # a move while another is planned in full is answered at once, and the other is not told any more
    for k in range(3):
        plan("q", 30 + 2 * k, {"heat_network.length_m": str(950 + k)})
        quick.next(("exact",))
        plan("q", 31 + 2 * k, {"heat_network.length_m": str(960 + k)})
        told = [quick.next(("approx", "exact", *SETTLED)) for _ in range(2)]
        demand([(name, data["seq"]) for name, data in told] == [("exact", 31 + 2 * k), ("plan", 31 + 2 * k)], f"the newest alone: {[t[0] for t in told]}")
    quick.close()
    # every slider's place can be changed, those too that the scenario does not have yet
    for k, slider in enumerate(json.loads(ask("GET", "/api/v1/start").body)["sliders"]):
        if slider["key"] in ("wait", "storage"):
            plan("b", 1 + k, {slider["paths"][0]: str(slider["maximum"]), **slider.get("also", {})})
            name, data = other.next(("approx", "exact", *SETTLED))
            demand(name == "exact", f"{slider['key']} moved has a quick answer: {name} {data}")
            name, data = other.next(SETTLED)
            demand(name == "plan", f"{slider['key']} moved: {name} {data}")
    other.close()
    # mistakes come with places, an impossible requirement as infeasible
    plan("a", 3, {"heat_network.lenght_m": "800"})
    name, data = tab.next(SETTLED)
    demand(name == "error" and data["messages"] and data["messages"][0]["remedy"], f"a wrong key is told: {name} {data}")
    plan("a", 4, {"require.energy_reuse_factor": "0.99"})
    name, data = tab.next(SETTLED)
    demand(name == "infeasible" and data["summary"], f"an impossible requirement: {name}")
    demand(ask("GET", f"/api/v1/plan/{data['hash']}/view").status == 422, "an infeasible plan has no view")
    demand(plan("a", 3, {}).status == 409, "an older seq is refused")
    # newest wins: of many positions at once the last arrives, and few others
    for k in range(20):
        plan("a", 10 + k, {"heat_network.length_m": str(900 + k)})
    seen = []
    while not seen or seen[-1] != 29:
        seen.append(tab.next(SETTLED)[1]["seq"])
    demand(len(seen) <= 10, f"the newest wins: {seen}")
    # a closed tab gives up its plan
    asked = json.loads(plan("a", 40, {"horizon.days": "300"}).body)["hash"]
    tab.close()
    for _ in range(100):
        if ask("GET", f"/api/v1/plan/{asked}/view").status == 404:
            break
        time.sleep(0.1)
    demand(ask("GET", f"/api/v1/plan/{asked}/view").status == 404, "a closed tab's plan is given up")


def refusals():
    """What is not allowed is refused cleanly, and the server lives on."""
    good = json.dumps({"tab": "t1", "seq": 1, "set": {}})
    for host in ("evil.example", f"127.0.0.1.evil.example:{port}", f"127.0.0.1:{port}.evil.example", "127.0.0.1:1", f"localhost.:{port}", ""):
        answer = ask("GET", "/", headers={"Host": host})
        demand(answer.status == 421, f"Host {host}: {answer.status}")
    demand(ask("GET", "/", headers={"Host": f"localhost:{port}"}).status == 200, "localhost is allowed")
    for origin in ("http://evil.example", f"https://127.0.0.1:{port}", f"http://127.0.0.1:{port}.evil.example", "null"):
        demand(ask("POST", "/api/v1/plan", good, {"Origin": origin}).status == 403, f"Origin {origin}")
    demand(ask("POST", "/api/v1/plan", good, {"X-Hearth": "0"}).status == 403, "X-Hearth is needed")
    demand(ask("DELETE", "/api/v1/saved/1", None, {"X-Hearth": "0"}, server.token).status == 403, "X-Hearth is needed to remove")
    demand(ask("POST", "/api/v1/comments", "{}", {"Origin": "http://evil.example"}, server.token).status == 403, "another page with the token")
    demand(ask("POST", "/api/v1/plan", good).status == 409, "a tab without events is refused")
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        demand(ask(method, "/api/v1/start").status == 405, method)
    demand(ask("POST", "/api/v1/start", "{}").status == 405, "POST where one reads")
    secret = "a" * 64
    for path in ("/../etc/passwd", "/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e%2fx", "//etc/passwd",
                 f"/api/v1/plan/{secret}/view", f"/api/v1/plan/{'A' * 64}/view", "/api/v1/plan/..%2f..%2fetc/passwd", "/api/v1/plan/x/view",
                 "/api/v1/plan/", "/api/v2/start", "/x%00y"):
        demand(ask("GET", path).status == 404, f"{path}: {ask('GET', path).status}")
    start = base_ready()
    for path in ("../summary.json", "..%2fsummary.json", "%2e%2e/x", "plan.yaml", "view/", "hourly_today.csv"):
        demand(ask("GET", f"/api/v1/plan/{start['plan']}/{path}").status == 404, path)
    for query in ("", "?series=", "?series=no.such", "?case=other&series=step", "?series=" + ",".join(["step"] * 65)):
        demand(ask("GET", f"/api/v1/plan/{start['plan']}/hours{query}").status == 400, "hours" + query)
    demand(ask("GET", f"/api/v1/plan/{start['plan']}/why?figure=no_such").status == 404, "an unknown figure")
    demand(ask("GET", "/api/v1/parameters?kind=no_such").status == 404, "an unknown kind")
    for tab in ("", "?tab=", "?tab=" + "x" * 41, "?tab=a/b", "?tab=%0a"):
        demand(ask("GET", "/api/v1/events" + tab).status == 400, "events" + tab)
    events = Events(server, "t1")
    bodies = ["", "{", "null", "[]", "1e999", '{"tab":"t1","seq":1}', '{"tab":"t1","seq":-1,"set":{}}', '{"tab":"t1","seq":1,"set":[]}',
              '{"tab":"t1","tab":"t1","seq":1,"set":{}}', '{"tab":"t1","seq":1,"set":{},"x":1}', '{"tab":"t1","seq":1,"set":{"a":1}}',
              '{"tab":"t1","seq":1,"set":{"place.weather":"/etc/passwd"}}', '{"tab":"t1","seq":1,"set":{"a":"x.csv"}}',
              '{"tab":"t1","seq":1,"set":{"a":"{file: x}"}}', '{"tab":"t1","seq":1,"set":{"a..b":"1"}}', '{"tab":"t1","seq":1,"set":{"":"1"}}',
              '{"tab":"t1","seq":1,"set":{"a":""}}', "[" * 100000, '{"tab":"t1","seq":1.5,"set":{}}', '\xff{"tab"', '{"tab":"\\u0000","seq":1,"set":{}}',
              json.dumps({"tab": "t1", "seq": 1, "set": {f"a{k}": "1" for k in range(65)}})]
    for body in bodies:
        answer = ask("POST", "/api/v1/plan", body.encode("latin-1"))
        demand(answer.status == 400 and json.loads(answer.body)["error"], f"{body[:60]}: {answer.status}")
    events.close()
    # bodies of 10 MB: told by their length, or found out on the way
    head = f"POST /api/v1/plan HTTP/1.1\r\nHost: {HOST}\r\nX-Hearth: 1\r\n"
    demand(" 413 " in raw(f"{head}Content-Length: 10000000\r\n\r\n".encode()), "a long body is refused before it comes")
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    demand(" 413 " in raw(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk * 160 + b"0\r\n\r\n"), "chunks are counted")
    for data in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"A" * 70000 + b"\r\n\r\n",
                 f"GET /{'x' * 40000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(), b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 9000 + b"\r\n"):
        line = raw(data)
        demand(line == "" or re.match(r"HTTP/1\.\d (4\d\d|505)", line), f"{data[:30]}: {line}")
    answer = ask("GET", "/")
    policy = answer.getheader("Content-Security-Policy")
    demand("default-src 'none'" in policy and "unsafe" not in policy, "a strict policy")
    demand(answer.getheader("X-Content-Type-Options") == "nosniff", "nosniff")
    demand("sandbox" in ask("GET", "/report").getheader("Content-Security-Policy"), "the report is boxed in")
    # more connections than there are places; those that hold them say nothing
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(80)]
    for s in idle:
        s.close()


def many():
    """Thousands of requests over connections that are kept, from four sides at once."""
    def side():
        with socket.create_connection(("127.0.0.1", port), timeout=60) as s, s.makefile("rb") as file:
            for k in range(2500):
                path, status = ("/api/v1/start", b"200") if k % 5 == 0 else (f"/api/v1/plan/{'0' * 64}/view", b"404")
                s.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
                head = list(iter(file.readline, b"\r\n"))
                length = next(int(line[15:]) for line in head if line.lower().startswith(b"content-length:"))
                body = file.read(length)
                demand(head[0].split()[1] == status and (k % 500 != 0 or json.loads(body)["hearth_api"] == 1), f"one of many: {head[0]}")
    sides = [threading.Thread(target=side) for _ in range(4)]
    for s in sides:
        s.start()
    for s in sides:
        s.join()


def slow():
    """A byte now and then does not hold a connection: after 30 s it is cut off."""
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        s.sendall(b"GET / HTTP/1.1\r\n")
        try:
            while time.monotonic() - started < 60:
                s.sendall(b"A")
                time.sleep(0.5)
            demand(False, "a slow request is cut off")
        except OSError:
            demand(True, "cut off")


try:
    {"answers": answers, "plans": plans, "refusals": refusals, "many": many, "slow": slow}[part]()
    demand(server.process.poll() is None, "the server lives")
finally:
    code = server.stop(signal.SIGTERM if part != "many" else signal.SIGINT)
demand(code == 0, f"it ends cleanly: {code}")
demand.end(part)
