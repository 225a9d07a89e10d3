/* Rows that add up the horizon, one period of all its steps: what requirements (require.c) and figures (held_figures.c)
   are made of. factor_ratio multiplies what is added; what no column carries goes to *fixed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_YEAR_ROWS_H
#define PLAN_YEAR_ROWS_H

#include "plan/internal.h"

struct year_rows {
    struct case_work *work;
    struct programme_builder *builder;
    struct arena *arena;
    int map; /* the whole horizon as one period; -1 before the first use */
};

/* A row whose sides are filled in before the solve; elastic: a requirement. */
int year_row(struct year_rows *rows, const char *name, double *lower, double *upper, bool elastic);
/* Energy (of water, m3) at a port, of all modes. */
void year_port(struct year_rows *rows, int row, int i, int port, double factor_ratio,
               double *fixed);
void year_kind(struct year_rows *rows, int row, const char *kind_name, const char *port_name,
               double factor_ratio, double *fixed);
/* All electricity that ports of the data centre (or of everybody) take. */
void year_consumption(struct year_rows *rows, int row, bool data_centre_only, double factor_ratio,
                      double *fixed);
/* What is generated here: all of it, or only what is renewable. */
void year_generation(struct year_rows *rows, int row, bool renewable, double *fixed);
/* Heat handed over, less what is dumped behind the hand-off and what stores lose there. */
void year_reuse(struct year_rows *rows, int row, double *fixed);
/* That waste alone. */
void year_waste(struct year_rows *rows, int row, double factor_ratio, double *fixed);
/* What is emitted here and for power bought, by average factors. */
void year_carbon(struct year_rows *rows, int row);
/* What all meters draw, and what they feed in. */
void year_grid(struct year_rows *rows, int row, const double factor_ratio[2]);

/* A row per step: the imports of all meters stay below limit_kw (infinite in design days), and below a design column
   (-1: none). */
int year_peak_rows(struct year_rows *rows, const char *name, double limit_kw, int peak_column,
                   bool elastic);

#endif
