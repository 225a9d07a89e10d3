#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A class of four in a running `hearth serve --classroom`: joins, proposes, agrees, and is refused what it may not.
usage: serve_class.py HEARTH SCENARIO"""
import json
import socket
import sys
import tempfile
import time

import qr
from serve_kit import Demands, Events, Server

hearth, scenario = sys.argv[1:3]
server = Server(hearth, "--no-store", "--classroom", "127.0.0.1", scenario)
demand = Demands()
ROOT = "/api/v1/class"


def post(path, body, bearer=None):
    answer = server.ask("POST", ROOT + path, body, bearer=bearer)
    return answer.status, json.loads(answer.body) if answer.body else None


def state(bearer=None):
    return server.read(ROOT, bearer or server.token)


def join(name, role, code):
    status, body = post("/join", {"code": code, "name": name, "role": role})
    demand(status == 201, f"{name} joins: {status} {body}")
    return body["key"], body["member"]


def refused(status, path, body, bearer=None, method="POST"):
    answer = server.ask(method, ROOT + path, body, bearer=bearer)
    demand(answer.status == status and json.loads(answer.body)["error"], f"{path} {body}: {answer.status}, not {status}")


def network():
    """On the machine's own network: says so, answers to that address alone, and gives one machine 32 connections."""
    words = tempfile.TemporaryFile(mode="w+")  # pylint: disable=consider-using-with
    try:
        here = Server(hearth, "--no-store", "--classroom", scenario, words=words)
    except SystemExit:
        words.seek(0)
        told = words.read()
        demand("this machine is on no local network" in told, told)
        print("SKIP: this machine is on no local network")
        return
    demand(not here.address.startswith("127."), here.address)
    demand(here.ask("GET", "/").status == 200, "the page is there")
    for host in (f"127.0.0.1:{here.port}", f"localhost:{here.port}", f"[::1]:{here.port}", here.address, f"0.0.0.0:{here.port}"):
        demand(here.ask("GET", "/", headers={"Host": host}).status == 421, f"{host} is another")
    for origin, status in ((f"http://127.0.0.1:{here.port}", 403), (f"http://{here.host}", 401), (f"https://{here.host}", 403)):
        demand(here.ask("POST", "/api/v1/class", {"rounds": 1}, {"Origin": origin}).status == status, f"{origin}: {status}")
    try:
        socket.create_connection(("127.0.0.1", here.port), timeout=1).close()
        demand(False, "127.0.0.1 is not listened to")
    except OSError:
        pass
    held = [socket.create_connection((here.address, here.port)) for _ in range(32)]
    time.sleep(0.2)
    with socket.create_connection((here.address, here.port), timeout=2) as more:
        try:
            demand(more.recv(1) == b"", "a 33rd connection from one machine is closed")
        except ConnectionResetError:
            pass
    for s in held:
        s.close()
    demand(here.stop() == 0, "it ends")
    words.seek(0)
    demand("THE LOCAL NETWORK CAN REACH THIS SERVER" in words.read(), "says so aloud")


try:
    # before a class has begun
    refused(404, "", None, server.token, "GET")
    refused(404, "/export", None, server.token, "GET")
    refused(404, "/join", {"code": "AAAAAA", "name": "Ada", "role": "mayor"})
    refused(404, "/round", {"next": True}, server.token)
    demand(server.ask("GET", "/api/v1/saved", bearer=server.token).status == 503, "nothing is kept")
    demand(server.ask("GET", "/api/v1/saved").status == 401, "nor seen by guests")
    # the class begins; members come, under a code whose letters nobody mistakes
    code = post("", {"rounds": 1}, server.token)[1]["code"]
    demand(len(code) == 6 and not set(code) & set("0O1Il"), f"code {code}")
    ada, bob, cyd, dan = (join(*who, code) for who in (("Ada", "mayor", ), ("Bob Ø", "operator"), ("Cyd", "resident"), ("Dan", "resident")))
    teacher = Events(server, "teacher", server.token)
    events = Events(server, "ada", ada[0])
    guest = Events(server, "guest")
    demand(post("/join", {"code": code, "name": "Ada", "role": "mayor"})[0] == 409, "a name is taken once")
    demand([m["name"] for m in state(ada[0])["members"]] == ["Ada", "Bob Ø", "Cyd", "Dan"], "members see each other")
    # what nobody may
    for body in ({"code": code, "name": "", "role": "x"}, {"code": code, "name": "x" * 61, "role": "x"}, {"code": code, "name": "x\ny", "role": "x"},
                 {"code": code, "name": "\u202ex", "role": "x"}, {"code": code, "name": "x", "role": "a b"}, {"code": code + "A", "name": "x", "role": "x"},
                 {"code": code, "name": "x"}, {"code": 1, "name": "x", "role": "x"}, "[]", "{", '{"code":"AAAAAA","name":"\\u0000","role":"x"}'):
        refused(400, "/join", body)
    for path, body in (("/propose", {"set": {}, "words": "x"}), ("/agree", {"id": 1, "agree": True}), ("/round", {"next": True}), ("", {"rounds": 1})):
        for bearer in (None, "0" * 64, code, ada[0][:-1], ada[0][:-1] + "g"):
            refused(401, path, body, bearer)
    for path, body in (("/propose", {"set": {}, "words": "x"}), ("/agree", {"id": 1, "agree": True})):
        refused(401, path, body, server.token)  # leads, but is no member
    for path, body in (("/round", {"next": True}), ("", {"rounds": 1})):
        refused(401, path, body, ada[0])
    refused(401, "/export", None, ada[0], "GET")
    refused(401, "/members/2", None, ada[0], "DELETE")
    for body in ({"rounds": 0}, {"rounds": 21}, {"rounds": True}, {"rounds": 1.0}, {}):
        refused(400, "", body, server.token)
    refused(400, "/round", {"next": False}, server.token)
    demand(server.ask("POST", "/api/v1/plan", {"tab": "guest", "seq": 1, "set": {}}).status == 401, "a guest plans nothing")
    demand(server.ask("POST", "/api/v1/plan", {"tab": "ada", "seq": 1, "set": {}}, bearer=ada[0]).status == 202, "a member does")
    # proposals: their plans arrive, in words that can be read
    longer = {"heat_network.length_m": "800"}
    first = post("/propose", {"set": longer, "words": "Twice as far.\nIt still pays."}, ada[0])[1]["id"]
    demand(post("/propose", {"set": {"require.energy_reuse_factor": "0.99"}, "words": "all of it"}, bob[0])[0] == 201, "an impossible one too")
    third = post("/propose", {"set": {}, "words": "as it is"}, bob[0])[1]["id"]
    refused(400, "/propose", {"set": {"a": "/etc/passwd"}, "words": "x"}, bob[0])
    while True:
        seen = events.next(("class",))[1]["state"]
        now = state(ada[0])
        demand(now["state"] >= seen, "no event before its state")
        if all(p["ready"] != "running" for p in now["proposals"]) and len(now["proposals"]) == 3:
            break
    demand([p["ready"] for p in now["proposals"]] == ["full", "infeasible", "full"], f"{[p['ready'] for p in now['proposals']]}")
    figures = now["proposals"][0]["figures"]
    view = server.read(f"/api/v1/plan/{now['proposals'][0]['hash']}/view")
    demand(figures["net_money_year"] == view["net_money_year"] and figures["currency"] == view["currency"], "the plan's own figures")
    demand(all(figures["cases"][c][k] == view["cases"][c][k] for c in ("together", "apart") for k in figures["cases"][c]), "of both cases")
    for _ in range(2):
        post("/propose", {"set": {}, "words": "again"}, ada[0])
    refused(409, "/propose", {"set": {}, "words": "a fourth"}, ada[0])
    # a role agrees with more than half of its members
    now = state()
    demand(now["roles"] == ["mayor", "operator", "resident"] and now["proposals"][0]["assent"] == ["mayor"], "whoever proposes agrees")
    demand(post("/round", {"next": True}, server.token)[0] == 204 and state()["phase"] == "agree", "the next phase")
    refused(409, "/propose", {"set": {}, "words": "late"}, cyd[0])
    for who, agrees in ((bob, True), (cyd, True)):
        demand(post("/agree", {"id": first, "agree": agrees}, who[0])[0] == 204, "counted")
    demand(state()["proposals"][0]["assent"] == ["mayor", "operator"], "half of the residents is not more than half")
    for who in (ada, bob, cyd, dan):
        demand(post("/agree", {"id": 2, "agree": True}, who[0])[0] == 204, "to what cannot be")
    post("/agree", {"id": first, "agree": True}, dan[0])
    post("/agree", {"id": first, "agree": False}, dan[0])
    post("/agree", {"id": first, "agree": True}, dan[0])
    post("/agree", {"id": third, "agree": True}, ada[0])
    refused(404, "/agree", {"id": 99, "agree": True}, ada[0])
    demand(post("/round", {"next": True}, server.token)[0] == 204, "told")
    now = state(cyd[0])
    demand(now["phase"] == "told" and [(a["round"], a["proposal"]["id"]) for a in now["agreements"]] == [(1, first)], f"{now['agreements']}")
    demand(now["agreements"][0]["proposal"]["agreed"] == [1, 2, 3, 4], "all of them")
    refused(409, "/agree", {"id": first, "agree": False}, ada[0])
    refused(409, "/round", {"next": True}, server.token)
    # what may be taken away has no names; who is removed is out, with the assent
    export = server.ask("GET", ROOT + "/export", bearer=server.token).body.decode()
    demand(not any(name in export for name in ("Ada", "Bob", "Cyd", "Dan", ada[0], code)), "no name, key or code leaves")
    demand(len(json.loads(export)["proposals"]) == 5, "every proposal does")
    dans = Events(server, "dan", dan[0])
    demand(server.ask("DELETE", ROOT + f"/members/{dan[1]}", bearer=server.token).status == 204, "removed")
    dans.socket.settimeout(0.1)
    try:
        demand(dans.next(("class",))[0] is None, "and hears no more")
    except TimeoutError:
        pass
    dans.close()
    for gone in (dan[1], 0, 4294967297, "x"):
        refused(404, f"/members/{gone}", None, server.token, "DELETE")
    refused(401, "", None, dan[0], "GET")
    demand(len(state()["members"]) == 3 and state()["proposals"][0]["agreed"] == [1, 2, 3], "out")
    # too fast, too many guesses
    answers = [post("/agree", {"id": 99, "agree": True}, bob[0])[0] for _ in range(100)]
    demand(429 in answers and set(answers) <= {409, 429}, f"no more than 20 in a second: {sorted(set(answers))}")
    wrong = "AAAAAA" if code != "AAAAAA" else "BBBBBB"
    answers = [post("/join", {"code": wrong, "name": "Eve", "role": "mayor"})[0] for _ in range(30)]
    demand(answers[0] == 403 and answers[-1] == 429, f"codes are not tried out: {answers}")
    # guests take all tabs: a guest more has none, a member turns one of them out
    guests = []
    try:
        while len(guests) < 99:
            guests.append(Events(server, f"g{len(guests)}"))
    except ConnectionError:
        pass
    demand(90 <= len(guests) <= 96, f"96 tabs: {len(guests)}")
    cyds = Events(server, "cyd", cyd[0])
    for stream in (*guests, cyds):
        stream.close()
    # another class: the keys of this one are worth nothing; guests never heard of either
    demand(post("", {"rounds": 2}, server.token)[0] == 201, "another class")
    refused(401, "", None, ada[0], "GET")
    demand(qr.read(server.ask("GET", ROOT + "/qr.svg").body.decode()) == f"http://{server.host}/", "the address for cameras")
    demand(state()["members"] == [] and state()["agreements"] == [], "begins anew")
    guest.socket.settimeout(0.1)
    try:
        demand(guest.next(("class",))[0] is None, "guests hear nothing")
    except TimeoutError:
        pass
    demand(teacher.next(("class",))[0] == "class", "whoever leads hears")
    for stream in (teacher, events, guest):
        stream.close()
finally:
    code = server.stop()
demand(code == 0, f"it ends cleanly: {code}")
network()
demand.end("class")
