#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Results of a study in a real PostgreSQL server that this script starts and stops: the tables are those with SQLite, byte for
byte; two parts share it; a server that goes and comes back costs nothing; one that stays away is told, and the same command goes
on later with all that was kept. Needs initdb and, as root, the user postgres.
usage: tests/slow/postgres.py build/cluster/hearth"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import kills

SAMPLES = 40


def server_programs():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Server:
    """A cluster of its own, reached by a socket in its folder alone."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self.as_user:
            folder.chmod(0o755)
            shutil.chown(folder, "postgres")
        self.call("initdb", "-A", "trust", "-U", "postgres", "--no-sync", "-D", str(folder / "data"))
        self.start()
        self.address = f"postgresql://postgres@/postgres?host={folder}"

    def call(self, program, *arguments):
        subprocess.run([*self.as_user, str(self.programs / program), *arguments], check=True, stdout=subprocess.DEVNULL,
                       cwd="/", timeout=60)

    def start(self):
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o",
                  f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'", "start")

    def stop(self):
        """As if it died."""
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def answer(self, question):
        return subprocess.run([str(self.programs / "psql"), self.address, "-qAtc", question], check=True, capture_output=True,
                              text=True).stdout.strip()

    def kept(self):
        broken = self.answer("SELECT count(DISTINCT n) - 1 FROM (SELECT count(name) AS n FROM hearth.run LEFT JOIN hearth.figure "
                             "USING (id) GROUP BY id) AS each")
        if broken not in ("0", "-1"):
            sys.exit("plans of different numbers of figures are kept")
        return int(self.answer("SELECT count(*) FROM hearth.run"))


def study(trial, server, folder, *more):
    return subprocess.Popen([*trial.command, str(folder), "--store", server.address, *more], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def end(process, code=0):
    words, errors = process.communicate(timeout=300)
    if process.returncode != code:
        sys.exit(f"exit code {process.returncode}, not {code}: {words}{errors}")
    return words, errors


def expect(text, *parts):
    for part in parts:
        if part not in text:
            sys.exit(f'"{part}" is not in: {text}')


def when_kept(process, server, most):
    while process.poll() is None:
        if server.answer("SELECT count(*) FROM pg_tables WHERE schemaname = 'hearth'") == "3" and server.kept() >= most:
            return
        time.sleep(0.05)
    sys.exit("the study ended before it could be disturbed")


def same(folder, whole):
    for name in kills.TABLES:
        if (folder / name).read_bytes() != (whole / name).read_bytes():
            sys.exit(f"{folder / name} is not that of the study with SQLite")


def check(hearth, work, server):
    trial = kills.Trial(hearth, work, SAMPLES)
    whole = work / "whole"
    trial.end(trial.start(whole))

    parts = [study(trial, server, work / "out", "--part", f"{k}/2") for k in (1, 2)]
    for part in parts:
        expect(end(part)[0], f"{SAMPLES // 2} planned now, 0 kept")
    expect(end(study(trial, server, work / "out"))[0], f"0 planned now, {SAMPLES} kept")
    same(work / "out", whole)
    print("two parts at once, gathered: the tables are the same")

    server.answer("TRUNCATE hearth.run CASCADE")
    process = study(trial, server, work / "back")
    when_kept(process, server, 5)
    server.stop()
    time.sleep(2.0)
    server.start()
    words, errors = end(process)
    expect(words, f"{SAMPLES} planned now")
    expect(errors, "the connection to the database was lost, and begun again")
    same(work / "back", whole)
    print("the server went and came back: the tables are the same")

    server.answer("TRUNCATE hearth.run CASCADE")
    process = study(trial, server, work / "away")
    when_kept(process, server, 5)
    server.stop()
    expect(end(process, 73)[1], "cannot keep a result in the database", "the same command goes on")
    expect(end(study(trial, server, work / "away"), 73)[1], "cannot reach the database")
    server.start()
    kept = server.kept()
    expect(end(study(trial, server, work / "away"))[0], f"{SAMPLES - kept} planned now, {kept} kept")
    same(work / "away", whole)
    print(f"the server stayed away: told, and later {kept} of {SAMPLES} plans were there; the tables are the same")

    server.answer("UPDATE hearth.form SET form = 2")
    expect(end(study(trial, server, work / "other"), 73)[1], "of another version")
    print("tables of another version are refused")


def main():
    programs = server_programs()
    if not programs:
        print("SKIP: PostgreSQL's initdb is not installed")
        sys.exit(1 if os.environ.get("HEARTH_REQUIRE_SHARED") else 0)
    hearth = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cluster:
        server = Server(programs, pathlib.Path(cluster))
        try:
            check(hearth, pathlib.Path(folder), server)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
