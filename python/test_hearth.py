# SPDX-License-Identifier: Apache-2.0
"""The module over the library: a plan, its figures and hours, mistakes, progress that stops, studies, other doors."""
import csv
import os
import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python"))
import hearth  # noqa: E402

EXMOUTH = ROOT / "examples/exmouth/scenario.yaml"


def day():
    text = EXMOUTH.read_text(encoding="utf-8")
    return re.sub(r"(?m)^horizon:.*", "horizon: {from: 2024-01-08, days: 1}", text)


class TestHearth(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scenario = hearth.Scenario(text=day())
        cls.plan = cls.scenario.solve()
        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_every_function_of_the_header_is_known(self):
        header = (ROOT / "include/hearth/hearth.h").read_text(encoding="utf-8")
        declared = set(re.findall(r"^HEARTH_API\s[^;(]*?\*?(hearth_\w+)\(", re.sub(r"/\*.*?\*/", " ", header, flags=re.S), re.M))
        unused = {"hearth_sha256", "hearth_scenario_read", "hearth_scenario_parse", "hearth_network_keys", "hearth_yaml_json"}  # by other means here
        self.assertEqual(declared - unused, set(hearth._FUNCTIONS))

    def test_a_plan(self):
        summary = self.plan.summary()
        figure = self.plan.figure("together", "pue_ratio")
        self.assertEqual(figure, summary["cases"]["together"]["pue_ratio"])
        self.assertGreater(figure, 1.0)
        self.assertIn("Exmouth", self.plan.words())
        self.assertIn("plan.yaml", " ".join(os.listdir(self.written())))
        with self.assertRaisesRegex(KeyError, "together.pue: explain"):
            self.plan.figure("together", "pue")

    def written(self):
        folder = os.path.join(self.folder.name, "out")
        if not os.path.exists(folder):
            self.plan.write(folder)
        return folder

    def test_hours_are_those_of_the_folder(self):
        self.assertIn("every number agrees", hearth.verify(self.written()))
        with open(os.path.join(self.written(), "hourly.csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        hours = self.plan.series("together", "grid_data_centre.power_out")
        self.assertEqual(len(hours), 24)
        for value, row in zip(hours, rows):
            self.assertEqual(value, float(row["grid_data_centre.power_out_kw"]))
        with self.assertRaises(KeyError):
            self.plan.series("together", "nothing.there")

    def test_changes(self):
        warmer = hearth.Scenario(text=day(), changes={"name": "another"})
        self.assertIn("another", warmer.yaml())
        with self.assertRaises(hearth.Error) as raised:
            hearth.Scenario(text=day(), changes={"data_centre.nothing.it_kw": 5})
        self.assertIn('has no "nothing" there', str(raised.exception))

    def test_an_answer_like_a_plan(self):
        like = hearth.Scenario(text=day()).solve_like(self.plan)
        money = self.plan.figure("together", "objective_money")
        self.assertAlmostEqual(like.figure("together", "objective_money"), money, delta=1e-6 * abs(money))
        self.assertEqual(like.summary()["approximate"]["depth"], "exact")

    def test_mistakes_have_their_place(self):
        with self.assertRaises(hearth.Error) as raised:
            hearth.Scenario(text="hearth: 1\nnmae: town\n")
        unknown = next(message for message in raised.exception.messages if "nmae" in message.text)
        self.assertEqual((raised.exception.code, unknown.line, unknown.column, unknown.is_error), (65, 2, 1, True))
        self.assertIn('unknown key "nmae"', str(raised.exception))
        with self.assertRaises(TypeError):
            hearth.Scenario()

    def test_progress_stops_a_plan_and_raises_what_it_raised(self):
        heard = []
        stopped = hearth.Scenario(text=day(), progress=lambda words: heard.append(words) or True)
        with self.assertRaises(hearth.Error):
            stopped.solve()
        self.assertTrue(heard)

        def trouble(words):
            raise ValueError(words)
        with self.assertRaises(ValueError):
            hearth.Scenario(text=day(), progress=trouble).solve()

    def test_other_doors(self):
        self.assertRegex(hearth.version(), r"^\d+\.\d+")
        self.assertAlmostEqual(hearth.calc("finance_growth_frac", first_ratio=460, last_ratio=1000, span_year=4)["growth_frac"],
                               (1000 / 460) ** 0.25 - 1, places=12)
        self.assertIn("heat_pump", hearth.explain(""))
        self.assertIn("properties", hearth.schema())
        self.assertTrue(hearth.Scenario(text=hearth.new()).words())
        sheet, broken = self.plan.rules("eu")
        self.assertTrue(sheet)
        self.assertGreaterEqual(broken, 0)
        self.assertTrue(self.scenario.export(format="lp"))
        with self.assertRaises(hearth.Error):
            hearth.calc("no_such_law")


if __name__ == "__main__":
    unittest.main()
