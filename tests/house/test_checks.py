#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The checks of the house strike where they should, and only there."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LICENCE = "/* SPDX-License-" + "Identifier: Apache-2.0 */\n"


class Checks(unittest.TestCase):
    def run_on(self, check, files):
        """(exit status, output) of a check in a folder with these files."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"src/base/units.def": 'UNIT(kw, "kW", "power")\nUNIT(c, "degC", "t")\n', **files}.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            done = subprocess.run([sys.executable, ROOT / "tools" / f"check_{check}.py"], cwd=folder, text=True,
                                  capture_output=True)
            return done.returncode, done.stdout

    def strikes(self, check, name, text, words):
        status, output = self.run_on(check, {name: text})
        self.assertEqual(status, 1, output)
        self.assertIn(words, output)

    def passes(self, check, name, text):
        status, output = self.run_on(check, {name: text})
        self.assertEqual(status, 0, output)

    def test_floors(self):
        self.strikes("floors", "src/physics/air.c", '#include "plan/plan.h"\n', "air.c:1")
        self.strikes("floors", "src/base/text.c", '\n  #  include "physics/air.h"\n', "text.c:2")
        self.passes("floors", "src/plan/plan.c", '#include "physics/air.h"\n#include <math.h>\n#include <yaml.h>\n')
        status, output = self.run_on("floors", {"src/plan/a.c": "#include <yaml.h>\n", "src/plan/b.c": "#include <yaml.h>\n"})
        self.assertEqual(status, 1, output)

    def test_units(self):
        for text in ("double heat;", "struct a {\n    double heat_kw, loss;\n};", "void f(const double *heat);", "double law(int n);",
                     "struct a {\n    double *heat_kw, loss[3];\n};", "static double law_kw(double q_kw, double lift) {\n}",
                     "double (*law)(const void *self);", "extern const double heat, loss_kw;"):
            self.strikes("units", "src/physics/a.h", text, "a.h")
        for text in ("double heat_kw, supply_c;", "double law_kw(double value, double t_c);", "/* double heat */ int x;",
                     "void f(double *ret_kw, int n) {\n    double local = 1.0;\n}", "struct a {\n    double min, max;\n};",
                     "void f(const double *t_c, int count, const double *q_kw);", 'char *s = "double heat;";'):
            self.passes("units", "src/physics/a.h", text)
        self.passes("units", "src/optimise/a.h", "double pivot;")

    def test_house(self):
        for text in ("int *p = malloc(3);", "int f(void) { printf(words); }", "void f(void) { exit(1); }", "f(getenv(name));",
                     "x = strtod(text, 0);", "typedef struct a a;", "/* TO" + "DO */", "x = time(NULL);"):
            self.strikes("house", "src/physics/a.c", LICENCE + text + "\n", "a.c:2")
        self.strikes("house", "src/physics/a.c", "int x;\n", "SPDX")
        self.strikes("house", "docs/a.md", "see /" + "home/me/a\n", "a.md:1")
        self.passes("house", "src/base/arena.c", LICENCE + "void *p = calloc(1, 2);\n")
        self.passes("house", "src/apps/main.c", LICENCE + "void f(void) { printf(x); exit(0); }\n")
        self.passes("house", "src/physics/a.c", LICENCE + "/* malloc() is not here */ int arena_free(int x); double air_time(int n);\n")


if __name__ == "__main__":
    unittest.main(verbosity=1)
