/* The record: what a plan needs, beside plan.yaml and the hourly files, to be computed again
   without a solver. It stands in summary.json under "record": per case the sizes its coefficients
   were made for, the chosen capacities, and what solver and judge said. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_RECORD_H
#define TELL_RECORD_H

#include "base/text.h"
#include "plan/plan.h"

/* Appends the JSON object of all cases, keys sorted, indented by indent blanks. */
void record_write(const struct plan *plan, struct text_buffer *out, int indent);

/* Reads it back from the text of summary.json into record[CASES]; rates, levels and prices are
   added by record_hourly. The scenario takes over path and hash of the file that was planned. */
enum status record_read(struct scenario *scenario, const char *file, const char *text, size_t size,
                        struct arena *arena, struct diag *diag,
                        struct case_record record[CASES]) MUST_CHECK;

/* The columns of an hourly file that the record needs: rates by mode, levels, prices of buses. */
struct record_column {
    const char *name; /* "heat_pump.rate_heat_kw" */
    const double *value;
};
/* All of them for one case, in file order; the arrays belong to the plan. */
enum status record_columns(const struct plan *plan, enum plan_case kind, struct arena *arena,
                           struct record_column **ret_columns, int *ret_count) MUST_CHECK;
/* Reads these columns back from the text of an hourly file. */
enum status record_hourly(const struct scenario *scenario, const char *file, const char *text,
                          size_t size, int steps, struct arena *arena, struct diag *diag,
                          struct case_record *record) MUST_CHECK;

#endif
