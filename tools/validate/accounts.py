#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Money over years beside worked numbers of others; prints docs/validation/accounts.md. Uses $HEARTH."""
import json
import os
import subprocess
import sys

HEARTH = os.environ["HEARTH"]


def calc(law, **arguments):
    words = [HEARTH, "calc", law, "--json"] + [f"{key}={value}" for key, value in arguments.items()]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def annuity(rate, years, invest=1):
    return calc("finance_annuity_frac_year", discount_frac=rate, life_year=years, invest_money=invest)


def levelised(capex, fom, running, hours, rate, years):
    return 1000 * calc("finance_levelised_money_kwh", capex_money_kw=capex, fom_frac_year=fom, running_money_kwh=running,
                       full_hours_h=hours, discount_frac=rate, life_year=years)["cost_money_kwh"]


def growth(first, last, years):
    found = calc("finance_growth_frac", first_ratio=first, last_ratio=last, span_year=years)
    return 100 * found["growth_frac"], found["doubling_year"]


pump = levelised(762.5, 0.0035, 0.002685 + 0.07 / 4, 6000, 0.05, 25)
pipe = 1000 * 3000 * 1500 * annuity(0.05, 40)["annuity_frac_year"] * 1.01 / (10000 * 6000)
boiler_running = (0.0284 + 0.08 * 0.198) / 0.95 + 0.00134
after_tax = lambda **words: calc("finance_after_tax_ratio", tax_frac=0.26, discount_frac=0.0624, **words)["cost_ratio"]
ROWS = [
    ("Annuity after VDI 2067: 10,000 over 20 years, q = 1.05", annuity(0.05, 20, 10000)["payment_money_year"], 802.425872, 5e-7,
     "DistrictHeatingSim, tests/test_annuity.py"),
    ("Growing annuity: growth 1.66 %, discount 6.24 %, 25 years",
     calc("finance_growing_ratio", growth_frac=0.0166, discount_frac=0.0624, life_year=25)["present_ratio"], 14.820, 5e-4,
     "REopt's definition, growth in the first year already"),
    ("After tax: credit 30 %, bonus 100 %, tax 26 %", after_tax(credit_frac=0.3, bonus_frac=1), 0.510, 5e-4, "REopt's proforma"),
    ("After tax: no credit, bonus 100 %", after_tax(bonus_frac=1), 0.755, 5e-4, "REopt's proforma"),
    ("After tax: no credit, no bonus (MACRS, five years)", after_tax(), 0.780, 5e-4, "REopt's proforma"),
    ("Heat of a data centre by heat pump, at the plant, €/MWh", pump, 29.65, 5e-3, "economy notes, §1.2"),
    ("Its pipe of 3 km, €/MWh", pipe, 4.41, 5e-3, "economy notes, §1.2"),
    ("Delivered, 8 % lost, €/MWh", (pump + pipe) / 0.92, 37.0, 5e-2, "economy notes, §1.2"),
    ("The same heat from a gas boiler at 4,000 h, €/MWh", levelised(66.8, 0.038, boiler_running, 4000, 0.05, 25), 49.7, 5e-2,
     "economy notes, §1.2"),
    ("The same at 6,000 h, as the heat pump runs, €/MWh", levelised(66.8, 0.038, boiler_running, 6000, 0.05, 25), 49.1, 5e-2,
     "economy notes, §1.2"),
    ("460 to 1,000 TWh in four years, % a year", growth(460, 1000, 4)[0], 21.43, 5e-3, "economy notes, §8"),
    ("and its doubling, years", growth(460, 1000, 4)[1], 3.6, 5e-2, "economy notes, §8"),
    ("17 to 35 GW in eight years, % a year", growth(17, 35, 8)[0], 9.45, 5e-3, "economy notes, §8"),
    ("half from 2022 to 2030, % a year", growth(1, 0.5, 8)[0], -8.30, 5e-3, "economy notes, §8"),
    ("five times in five years, % a year", growth(1, 5, 5)[0], 37.97, 5e-3, "economy notes, §8"),
    ("176 to 325 TWh in five years, % a year", growth(176, 325, 5)[0], 13.05, 5e-3, "economy notes, §8"),
    ("176 to 580 TWh in five years, % a year", growth(176, 580, 5)[0], 26.94, 6e-3, "economy notes, §8"),
    ("40 units of 100 dBA at 100 m, dBA", calc("sound_level_db", power_db=100, sources_count=40, distance_m=100)["level_db"],
     68, 0.1, "economy notes, §7.1"),
    ("the same at 800 m, dBA", calc("sound_level_db", power_db=100, sources_count=40, distance_m=800)["level_db"], 50, 0.1,
     "economy notes, §7.1"),
]
print("""# Money over years beside worked numbers

Made by `make validate` (`tools/validate/accounts.py`) with `hearth calc`. The books of whole plans are tested elsewhere: that
transfers cancel to a cent in random scenarios (`tests/accounts/test_life.c`) and that a small program of its own rebuilds
every party's present value from `transfers.csv` (`tests/cli/rebuild.py`).

| what | Hearth | reference | agrees | source of the reference |
|---|---|---|---|---|""")
wrong = 0
for what, found, wanted, tolerance, source in ROWS:
    good = abs(found - wanted) <= tolerance
    wrong += not good
    digits = max(2, len(str(wanted).split(".")[-1]) + 1) if "." in str(wanted) else 2
    print(f"| {what} | {found:.{digits}f} | {wanted} | {'yes' if good else '**no**'} | {source} |")
print("""
## Definitions, beside REopt's proforma

| quantity | REopt | Hearth | differs |
|---|---|---|---|
| net present value | life-cycle cost of business as usual less that of the plan | present value of together less apart, party by party | the pair is named; a third case, today, stands beside it |
| simple payback | year in which the cumulative cash flow turns positive, interpolated | the same, for good: a later replacement that turns it negative again counts | yes, where plant is replaced within the life |
| rate of return | a solver's root | none, one or multiple by the changes of sign; bisection between −99 % and 1,000 % | yes: no rate is told where several solve it |
| growth of prices | already in the first year | prices of the typical year, real | yes |
| replacement | cost less tax, discounted, no worth at the end | paid when due; what is left at the end counts (decision 0019) | yes |
| credit, bonus, MACRS | in the optimum and the proforma | as a law; in the books grants and credits are dated lines, depreciation is straight | yes |
| third party | payment solved so that the owner's value is zero | the price of heat at which its owner has just its rate (`owner_price_money_kwh`) | the same idea, for heat |""")
sys.exit(wrong > 0)
