# The file for R over the program: a plan and its figures, hours that add up, studies made in R, mistakes as conditions, and the
# example. Run from the project's folder: Rscript r/test_hearth.R build/release/hearth
# SPDX-License-Identifier: Apache-2.0
source("r/hearth.R")
options(hearth = commandArgs(trailingOnly = TRUE)[1])

scenario <- file.path(tempdir(), "two days.yaml")
text <- readLines("examples/seattle/scenario.yaml")
writeLines(sub("^horizon:.*", "horizon: {from: 2024-01-08, days: 2}", text), scenario)
stopifnot(grepl("good", hearth_check(scenario)))

plan <- hearth_run(scenario)
stopifnot(
  plan$summary$outcome == "optimal",
  nrow(plan$hours$together) == 48, nrow(plan$hours$today) == 48,
  is.finite(hearth_figure(plan, "together", "cost_money_year")),
  # what one party pays another receives: by case, kinds and parties of transfers are known, and money is a number
  all(is.finite(plan$transfers$money)), setequal(unique(plan$transfers$case), c("today", "apart", "together"))
)
recovered <- plan$hours$together[["heat_pump.heat_out_kw"]]
stopifnot(length(recovered) == 48, all(recovered >= 0), max(recovered) > 0)
unknown <- tryCatch(hearth_figure(plan, "together", "no_such"), error = conditionMessage)
stopifnot(grepl("no figure no_such", unknown))

# the study's row without a change is the plan
axes <- list(hearth_axis("heat_network.length_m", values = c(400, 3000)))
plans <- hearth_study(scenario = scenario, axes = axes, figures = "npv_money")
stopifnot(nrow(plans) == 2, all(plans$status == "done"), identical(plans[["heat_network.length_m"]], c(400L, 3000L)))
own <- grep("length_m", readLines(scenario), value = TRUE)[1]
length_m <- as.numeric(sub(".*length_m: *([0-9.]+).*", "\\1", own))
same <- hearth_study(scenario = scenario, axes = list(hearth_axis("heat_network.length_m", values = length_m)))
stopifnot(identical(same[["together.cost_money_year"]], hearth_figure(plan, "together", "cost_money_year")))

# draws, their tables, and going on in the same folder
out <- file.path(tempdir(), "draws")
drawn <- hearth_study(scenario = scenario, axes = list(hearth_axis("fuel.gas_money_kwh", uniform = c(0.03, 0.05))),
                      method = "latin_hypercube", samples = 8, seed = 3, out = out)
stopifnot(nrow(drawn) == 8, abs(mean(drawn$npv_money) - attr(drawn, "sensitivity")$mean[2]) < 1e-6 * abs(mean(drawn$npv_money)),
          !is.null(attr(drawn, "convergence")), grepl("8 planned now", attr(drawn, "words")))
again <- hearth_study(scenario = scenario, axes = list(hearth_axis("fuel.gas_money_kwh", uniform = c(0.03, 0.05))),
                      method = "latin_hypercube", samples = 8, seed = 3, out = out)
stopifnot(identical(drawn$npv_money, again$npv_money), grepl("0 planned now, 8 kept", attr(again, "words")))

# mistakes are conditions with the program's words and exit code
wrong <- tryCatch(hearth_study(scenario = scenario, axes = list(hearth_axis("heat_network.lenght_m", values = c(1, 2)))),
                  hearth_error = identity)
stopifnot(inherits(wrong, "hearth_error"), wrong$code == 65, grepl("lenght_m", conditionMessage(wrong)))
missing <- tryCatch(hearth_check("no such file.yaml"), hearth_error = identity)
stopifnot(missing$code == 66)

options(hearth = NULL)
output <- utils::capture.output(source("r/example.R", local = new.env()))
stopifnot(any(grepl("rank correlation of the prices drawn: 0\\.[56]", output)))
cat("R: plans, hours, studies, mistakes and the example are good\n")
