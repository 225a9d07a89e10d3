/* Hearth: plans a data centre and its community as one energy system. The one public header.

   Everything is an opaque handle. Texts and arrays that a function returns belong to the handle
   they came from and live as long as it. Two contexts never share anything writable; one context
   serves one thread at a time.

   Typical use:
       struct hearth_context *context = hearth_context_new();
       hearth_context_on_message(context, print_message, NULL);
       struct hearth_scenario *scenario;
       if (hearth_scenario_read(context, "scenario.yaml", &scenario) == HEARTH_OK) {
           struct hearth_plan *plan;
           if (hearth_plan_solve(scenario, NULL, &plan) == HEARTH_OK) {
               hearth_plan_write(plan, "out");
           }
           hearth_plan_free(plan);
       }
       hearth_scenario_free(scenario);
       hearth_context_free(context); */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEARTH_H
#define HEARTH_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HEARTH_API __attribute__((visibility("default")))

/* The same codes as src/base/status.def; the compiler keeps the two in step. */
enum hearth_status {
    HEARTH_OK,
    HEARTH_CHECK_FAILED,
    HEARTH_INFEASIBLE,
    HEARTH_UNBOUNDED,
    HEARTH_STALLED,
    HEARTH_AUDIT_FAILED,
    HEARTH_USAGE,
    HEARTH_BAD_SCENARIO,
    HEARTH_NO_FILE,
    HEARTH_INTERNAL,
    HEARTH_NO_MEMORY,
    HEARTH_CANNOT_WRITE,
    HEARTH_CANCELLED
};

struct hearth_context;
struct hearth_scenario;
struct hearth_plan;
struct hearth_network;

/* A message for the user: mistakes are collected, and all of them are told before the call
   returns. */
struct hearth_message {
    bool is_error;             /* else a warning */
    const char *file;          /* or NULL */
    int line, column;          /* from 1; 0 unknown */
    const char *text, *remedy; /* remedy may be NULL */
    const char *rendered; /* "file:line:column: error: ..." with source line, caret and remedy */
};

HEARTH_API const char *hearth_version(void);
HEARTH_API const char *hearth_build(void); /* compiler and solver, for reports of trouble */
/* SHA-256 in 64 hexadecimal digits, as results name their inputs. */
HEARTH_API void hearth_sha256(const void *data, size_t size, char ret_hex[65]);
HEARTH_API const char *hearth_status_text(enum hearth_status status);
HEARTH_API int hearth_status_exit_code(enum hearth_status status);

HEARTH_API struct hearth_context *hearth_context_new(void); /* NULL when memory is out */
HEARTH_API void hearth_context_free(struct hearth_context *context);
/* MAY be called during any call with this context. The message's texts live during the callback
   only. */
HEARTH_API void hearth_context_on_message(struct hearth_context *context,
                                          void (*on_message)(void *data,
                                                             const struct hearth_message *message),
                                          void *data);
/* MAY be called often; returns true to stop: the call then ends with HEARTH_CANCELLED or
   HEARTH_STALLED. */
HEARTH_API void hearth_context_on_progress(struct hearth_context *context,
                                           bool (*on_progress)(void *data, const char *words),
                                           void *data);

/* MAY be asked at any time during a call with this context, by any of its threads; true ends the call soon, with
   HEARTH_CANCELLED or HEARTH_STALLED. */
HEARTH_API void hearth_context_on_stop(struct hearth_context *context,
                                       bool (*is_stopped)(void *data), void *data);

/* Reads and checks a scenario and everything it names. */
HEARTH_API enum hearth_status hearth_scenario_read(struct hearth_context *context, const char *path,
                                                   struct hearth_scenario **ret);
HEARTH_API enum hearth_status hearth_scenario_parse(struct hearth_context *context,
                                                    const char *name, const char *text, size_t size,
                                                    struct hearth_scenario **ret);
/* The same with values replaced, or added, before anything is read: changes is a list of path, text, ..., NULL, a path's keys apart
   by points ("heat_network.length_m", "data_centre.0.it_kw"). */
HEARTH_API enum hearth_status hearth_scenario_parse_changed(struct hearth_context *context,
                                                            const char *name, const char *text,
                                                            size_t size, const char *const *changes,
                                                            struct hearth_scenario **ret);
HEARTH_API void hearth_scenario_free(struct hearth_scenario *scenario);
/* One paragraph in words: what was understood. */
/* The scenario that another was read from, with these values changed and none of those that it was read with. What takes
   time to make and is the same (the year's weather) is copied. The other may be freed. */
HEARTH_API enum hearth_status hearth_scenario_parse_like(struct hearth_context *context,
                                                         const struct hearth_scenario *like,
                                                         const char *const *changes,
                                                         struct hearth_scenario **ret);
HEARTH_API const char *hearth_scenario_words(struct hearth_scenario *scenario);
/* The scenario with every default and all wiring written out. */
HEARTH_API const char *hearth_scenario_yaml(struct hearth_scenario *scenario);

/* Options by key and text: "iterations_limit"; "solver": "ipm" (the structured interior point, the default) or "clp";
   "fallback": "clp" (where the interior point stalls, whatever the length; without it for a month at most); "threads":
   of the interior point over a long horizon, whose bits do not depend on it: 0 (one per core, four at most) to 64, or
   without it one; "typical_weeks": 2 to 26, or "yes" for as many as usual (the year is planned on typical weeks; such a
   plan is approximate, says so, and writes summary.json alone). options is a list of key, value, ..., NULL; or NULL. */
HEARTH_API enum hearth_status hearth_plan_solve(struct hearth_scenario *scenario,
                                                const char *const *options,
                                                struct hearth_plan **ret);
/* A quick answer like a full plan of the same plant with other numbers: one programme of every hour (or, by the options, of
   typical weeks) for each case, at the parent's sizes and losses, not simulated. Its summary's "depth" is "exact" (or
   "typical"); it writes summary.json alone. Other plant than the parent's (what nobody chooses the size of may come and go):
   typical weeks are planned on their own, and without them it is HEARTH_USAGE. The parent may be freed. */
HEARTH_API enum hearth_status hearth_plan_solve_like(struct hearth_scenario *scenario,
                                                     const struct hearth_plan *parent,
                                                     const char *const *options,
                                                     struct hearth_plan **ret);
/* The same, begun where another quick answer (near, or NULL) ended, which is sooner at rest where the two are near. That
   may be freed as well. */
HEARTH_API enum hearth_status hearth_plan_solve_near(struct hearth_scenario *scenario,
                                                     const struct hearth_plan *parent,
                                                     const struct hearth_plan *near,
                                                     const char *const *options,
                                                     struct hearth_plan **ret);
HEARTH_API void hearth_plan_free(struct hearth_plan *plan);
/* The folder of results (report.html, summary.json, hourly*.csv, indicators.json, transfers.csv, plan.yaml); appears
   at once. */
HEARTH_API enum hearth_status hearth_plan_write(struct hearth_plan *plan, const char *folder);
/* summary.json as text; for a plan that failed too. */
HEARTH_API const char *hearth_plan_summary(struct hearth_plan *plan);
/* Ten figures in words, 78 columns. */
HEARTH_API const char *hearth_plan_words(struct hearth_plan *plan, bool colour, bool utf8);
/* A figure by case ("today", "apart", "together") and key ("pue_ratio", "objective_money"): false
   when unknown. */
HEARTH_API bool hearth_plan_figure(const struct hearth_plan *plan, const char *plan_case,
                                   const char *key, double *ret_value);
/* A flow by case and "instance.port" as one array over the steps: false when unknown. */
HEARTH_API bool hearth_plan_series(const struct hearth_plan *plan, const char *plan_case,
                                   const char *name, const double **ret_value, size_t *ret_count);

/* The plan held against rule packs, in 78 columns or as JSON: packs are names apart by commas, or
   NULL for those that the scenario names; USAGE when one is unknown. ret_broken: binding rules that
   the plan breaks. */
HEARTH_API enum hearth_status hearth_plan_rules(struct hearth_plan *plan, const char *packs,
                                                bool json, bool colour, bool utf8,
                                                const char **ret_text, int *ret_broken);
/* A rule pack as YAML that asks of others what this plan reaches: a draft of a local standard. */
HEARTH_API const char *hearth_plan_standard(struct hearth_plan *plan);

/* What would have to change for another plan, found by planning again and again: sentences in 78 columns, or JSON. */
HEARTH_API enum hearth_status hearth_plan_why(struct hearth_plan *plan, bool json, bool utf8,
                                              const char **ret_text);

/* One scenario planned once for each value of a key of its data centres ("cooling", or a parameter of the data hall);
   values apart by commas, or "all". format "text" (78 columns), "csv" or "json". USAGE, with a message, when key or values
   name nothing. */
HEARTH_API enum hearth_status hearth_compare(struct hearth_context *context, const char *path,
                                             const char *key, const char *values,
                                             const char *format, bool utf8, const char **ret_text);

/* Plans every row of a study's file in processes of their own and keeps each result in folder/study.db as soon as it is
   there: the same call goes on where an earlier one ended. Leaves results.csv and the tables of its method there; words
   in 78 columns. Options by key and text: "processes" (by itself one per core); "part": "3/8" plans that part alone, on
   this machine or another, and keeps it in folder/parts for the call that gathers; "slurm": "8" plans nothing and
   writes the jobs that do; "mpi": "yes" in every rank of an MPI job, of which the first has the words and the others
   NULL; "netcdf": "yes" also leaves results.nc; "store": the address of a PostgreSQL database that keeps the results instead. */
HEARTH_API enum hearth_status hearth_study(struct hearth_context *context, const char *path,
                                           const char *folder, const char *const *options,
                                           bool utf8, const char **ret_words);

/* What data a community makes, keeps and computes, by a file of its users; ranges, in words of 78 columns. */
HEARTH_API enum hearth_status hearth_data(struct hearth_context *context, const char *path,
                                          bool utf8, const char **ret_words);

/* Plans a scenario with stages over its years: what to build when, all foreseen and stage by stage. folder (or NULL): a
   result folder for each stage, report.html and roadmap.json. */
HEARTH_API enum hearth_status hearth_roadmap(struct hearth_context *context, const char *path,
                                             const char *folder, bool utf8, const char **ret_words);

/* One design for all futures of a scenario (`futures`, `robust`), in one programme. folder (or NULL): report.html and
   robust.json. how: any of the four. MPI: this is one rank of a job, and plans its share of the futures; the first has the
   words, or the lowest that failed its failure, and the others are OK without words. */
enum {
    HEARTH_ROBUST_COMPARE = 1,
    HEARTH_ROBUST_JSON = 2,
    HEARTH_ROBUST_UTF8 = 4,
    HEARTH_ROBUST_MPI = 8
};
HEARTH_API enum hearth_status hearth_robust(struct hearth_context *context, const char *path,
                                            const char *folder, unsigned how,
                                            const char **ret_words);

/* What less of something costs: plans of a scenario from the least cost to the least carbon, water or peak power (against:
   "carbon", "water", "peak"), 2 to 60 points. folder (or NULL): report.html, frontier.json and frontier.csv. how: either of
   the two. */
enum { HEARTH_CHOICE_JSON = 1, HEARTH_CHOICE_UTF8 = 2 };
HEARTH_API enum hearth_status hearth_frontier(struct hearth_context *context, const char *path,
                                              const char *against, int points, const char *folder,
                                              unsigned how, const char **ret_words);
/* What else costs at most within_frac (above 0, at most 1) more: the range of every capacity and figure, and up to count
   (1 to 12) whole plans that differ. folder (or NULL): report.html, alternatives.json, ranges.csv, alternatives.csv. */
HEARTH_API enum hearth_status hearth_alternatives(struct hearth_context *context, const char *path,
                                                  double within_frac, int count, const char *folder,
                                                  unsigned how, const char **ret_words);

/* Recomputes a folder of results (or of a roadmap) from its plan.yaml, without the solver. HEARTH_CHECK_FAILED when
   anything differs. */
HEARTH_API enum hearth_status hearth_verify(struct hearth_context *context, const char *folder,
                                            const char **ret_words);

/* The programme of a case as text: format "mps", "lp" or "replay". */
HEARTH_API enum hearth_status hearth_export(struct hearth_scenario *scenario, const char *plan_case,
                                            const char *format, const char **ret_text,
                                            size_t *ret_size);
/* Solves a replay file again: its outcome as JSON. Options as in hearth_plan_solve. */
HEARTH_API enum hearth_status hearth_solve(struct hearth_context *context, const char *path,
                                           const char *const *options, const char **ret_json);

/* A network of pipes: GeoJSON, EPANET's .inp, a folder of DHNx (at that snapshot of its sequences)
   or tables of pandapipes. */
HEARTH_API enum hearth_status hearth_network_read(struct hearth_context *context, const char *path,
                                                  int snapshot, struct hearth_network **ret);
HEARTH_API void hearth_network_free(struct hearth_network *network);
/* Its steady state: flows, pressures, temperatures, losses. HEARTH_BAD_SCENARIO when it is no
   network, or when its water is none; what a planner should know comes as warnings. */
HEARTH_API enum hearth_status hearth_network_solve(struct hearth_network *network);
/* Gives pipes without diameter theirs and solves; with_route: finds the way of the pipes along the
   lines first, and connects buildings that no line reaches. */
HEARTH_API enum hearth_status hearth_network_size(struct hearth_network *network, bool with_route);
/* From step to step with the time that water takes: series is a CSV file with the columns time_s and
   NODE.key (heat_kw, flow_kg_s, supply_c, return_c, pressure_kpa), the first row the start, each
   further one the end of a step; start_c: of all water (NaN: supply and return as in the settings).
   series NULL: the extended period of an EPANET file. ret_csv: one row per step and node. */
HEARTH_API enum hearth_status hearth_network_run(struct hearth_network *network, const char *series,
                                                 double start_c, const char **ret_csv);
/* What was solved as "words", "json", "geojson" or "svg"; NULL before that. */
HEARTH_API const char *hearth_network_text(struct hearth_network *network, const char *form);
/* The keys that a network's GeoJSON may have: a page in Markdown, or JSON. */
HEARTH_API const char *hearth_network_keys(struct hearth_context *context, bool json);

/* Text about a kind of component, "wiring", "units", "climates", or the list of topics ("" or
   NULL). */
HEARTH_API enum hearth_status hearth_explain(struct hearth_context *context, const char *topic,
                                             bool json, const char **ret_text);
/* Why a figure of a folder of results is what it is: how it is made, of what, on which lines of plan.yaml it rests.
   figure NULL: the plan's reasons and all figures. HEARTH_USAGE: there is no such figure. */
HEARTH_API enum hearth_status hearth_explain_result(struct hearth_context *context,
                                                    const char *folder, const char *figure,
                                                    bool json, bool utf8, const char **ret_text);
/* A document of YAML as JSON: unquoted numbers, true, false and null are such, all else is text. Mistakes are told as those
   of a scenario. */
HEARTH_API enum hearth_status hearth_yaml_json(struct hearth_context *context, const char *name,
                                               const char *text, size_t size,
                                               const char **ret_json);
HEARTH_API enum hearth_status hearth_schema(struct hearth_context *context, const char **ret_text);
/* Evaluates a law of physics or a component's coefficients: arguments "key=value". */
HEARTH_API enum hearth_status hearth_calc(struct hearth_context *context, const char *law,
                                          int arguments_count, const char *const *arguments,
                                          bool json, const char **ret_text);
/* The local grid: what is "solve", "host" or "n1"; files make one feeder. "headroom": the file is a CSV of loads. Options by key and text:
   "load", "bus", "add", "power-factor", "lowest-pu", "highest-pu", "series", "column", "cap", "format" (text, json,
   csv). HEARTH_INFEASIBLE, with its text, when the load has no state. */
HEARTH_API enum hearth_status hearth_feeder(struct hearth_context *context, const char *what,
                                            const char *const *files, int files_count,
                                            const char *const *options, const char **ret_text);
/* The bill of a load under a tariff (URDB or REopt JSON). load may be NULL. Options: "column",
   "flat", "times", "year", "contract", "min-share", "format". */
HEARTH_API enum hearth_status hearth_bill(struct hearth_context *context, const char *tariff,
                                          const char *load, const char *const *options,
                                          const char **ret_text);
/* How long a site survives without the grid; load may be NULL (flat_kw); arguments "key=value";
   format "text", "json" or "csv". */
HEARTH_API enum hearth_status hearth_outage(struct hearth_context *context, const char *load,
                                            int arguments_count, const char *const *arguments,
                                            const char *format, const char **ret_text);
/* A commented starter scenario. NULL or NaN take the default. HEARTH_USAGE: no such climate or template; *ret_text then
   names the templates. */
HEARTH_API enum hearth_status hearth_new(struct hearth_context *context, const char *template_name,
                                         const char *name, const char *climate, double it_kw,
                                         double floor_m2, double length_m, const char **ret_text);

#ifdef __cplusplus
}
#endif
#endif
