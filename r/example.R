# How far may the neighbour be, and how sure is that? Run from the project's folder:  Rscript r/example.R
# SPDX-License-Identifier: Apache-2.0
source("r/hearth.R")
if (file.exists("build/release/hearth")) options(hearth = "build/release/hearth")

# A week of the first example.
scenario <- tempfile(fileext = ".yaml")
text <- readLines("examples/seattle/scenario.yaml")
writeLines(sub("^horizon:.*", "horizon: {from: 2024-01-08, days: 7}", text), scenario)
cat(hearth_check(scenario), "\n")

plan <- hearth_run(scenario)
saved_money <- hearth_figure(plan, "apart", "cost_money_year") - hearth_figure(plan, "together", "cost_money_year")
cat(sprintf("together costs %s a year less\n", format(round(saved_money), big.mark = ",")))

# The heat pump over the hours of the week.
heat_kw <- plan$hours$together[["heat_pump.heat_out_kw"]]
cat(sprintf("the heat pump gives %.0f kW at most, %.0f kW on average\n", max(heat_kw), mean(heat_kw)))

# Thirty-two futures, in which both prices rise together.
plans <- hearth_study(
  scenario = scenario, method = "latin_hypercube", samples = 32,
  axes = list(
    hearth_axis("fuel.gas_money_kwh", triangular = c(0.02, 0.04, 0.09)),
    hearth_axis("electricity.campus.energy_money_kwh", uniform = c(0.05, 0.15))
  ),
  correlations = list(list(
    between = c("fuel.gas_money_kwh", "electricity.campus.energy_money_kwh"),
    rank = jsonlite::unbox(0.6)
  ))
)
print(stats::quantile(plans$npv_money, c(0.1, 0.5, 0.9)))
cat(sprintf("rank correlation of the prices drawn: %.2f\n",
            stats::cor(plans[["fuel.gas_money_kwh"]], plans[["electricity.campus.energy_money_kwh"]], method = "spearman")))
print(utils::head(attr(plans, "convergence"), 3))
