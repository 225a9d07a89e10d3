# Hearth for R: one file, source("hearth.R"); needs the package jsonlite and the program `hearth`. It runs the program and reads
# its files: the library's handles and returned pointers are beyond R's .C, and glue for .Call would have to be built.
# SPDX-License-Identifier: Apache-2.0

# The program: an option, else what is on the path.
hearth_program <- function() getOption("hearth", "hearth")

# Runs it with these words; its own message is the error, with the exit code in the condition's `code`.
hearth_call <- function(words) {
  told <- tempfile()
  on.exit(unlink(told))
  said <- suppressWarnings(system2(hearth_program(), shQuote(words), stdout = TRUE, stderr = told))
  code <- attr(said, "status")
  if (!is.null(code) && code != 0) {
    text <- paste(readLines(told, warn = FALSE), collapse = "\n")
    stop(structure(class = c("hearth_error", "error", "condition"), list(message = text, call = NULL, code = code)))
  }
  paste(said, collapse = "\n")
}

hearth_table <- function(path) utils::read.csv(path, check.names = FALSE, stringsAsFactors = FALSE)

# A checked scenario in words; an error lists every mistake with its line.
hearth_check <- function(scenario) hearth_call(c("check", path.expand(scenario)))

# A plan: words, summary (the whole of summary.json), hours of the three cases, transfers between parties, and the folder of it all.
hearth_run <- function(scenario, out = tempfile("hearth-")) {
  words <- hearth_call(c("run", path.expand(scenario), "-o", path.expand(out)))
  list(
    words = words,
    summary = jsonlite::fromJSON(file.path(out, "summary.json")),
    hours = list(
      today = hearth_table(file.path(out, "hourly_today.csv")),
      apart = hearth_table(file.path(out, "hourly_apart.csv")),
      together = hearth_table(file.path(out, "hourly.csv"))
    ),
    transfers = hearth_table(file.path(out, "transfers.csv")),
    folder = out
  )
}

# One figure of one case of a plan: hearth_figure(plan, "together", "cost_money_year").
hearth_figure <- function(plan, case, key) {
  value <- plan$summary$cases[[case]][[key]]
  if (is.null(value)) stop("no figure ", key, " of ", case, "; names(plan$summary$cases$together) lists them")
  value
}

# An axis: hearth_axis("heat_network.length_m", values = c(200, 1000)), or uniform =, triangular =, normal =, lognormal =.
hearth_axis <- function(path, ...) {
  axis <- list(...)
  if (length(axis) != 1 || is.null(names(axis))) stop("one of values, uniform, triangular, normal, lognormal is needed")
  c(list(path = jsonlite::unbox(path)), axis)
}

# Many plans: a data frame with a line for each, and the tables of the method as attributes. study: the path of a study's file,
# or NULL; then scenario and a list of axes make one, with further keys of a study in `...` (method, samples, seed, figures,
# correlations). The same `out` goes on where an earlier call ended. options: words for the program, as c("--processes", "2").
hearth_study <- function(study = NULL, scenario = NULL, axes = NULL, ..., out = tempfile("hearth-"), options = character()) {
  if (is.null(study)) {
    keys <- list(...)
    single <- vapply(keys, function(key) is.atomic(key) && length(key) == 1, TRUE) & !names(keys) %in% c("figures", "decide")
    keys[single] <- lapply(keys[single], jsonlite::unbox)
    text <- c(list(study = jsonlite::unbox(1), scenario = jsonlite::unbox(normalizePath(scenario)), axes = axes), keys)
    study <- tempfile("study-", fileext = ".yaml") # YAML holds all of JSON
    on.exit(unlink(study))
    writeLines(jsonlite::toJSON(text, digits = NA), study)
  }
  words <- hearth_call(c("study", path.expand(study), "-o", path.expand(out), options))
  plans <- hearth_table(file.path(out, "results.csv"))
  attr(plans, "words") <- words
  for (name in c("sensitivity", "convergence", "criteria", "robust")) {
    path <- file.path(out, paste0(name, ".csv"))
    if (file.exists(path)) attr(plans, name) <- hearth_table(path)
  }
  plans
}
