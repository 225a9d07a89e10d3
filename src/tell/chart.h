/* What the charts share: units, sections, axes, tables, dates, names. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_CHART_H
#define TELL_CHART_H

#include "accounts/accounts.h"
#include "base/text.h"

struct unit_choice {
    double per_unit; /* in kW or kWh */
    const char *name;
};
struct unit_choice chart_power_unit(double largest_kw);   /* kW or MW */
struct unit_choice chart_energy_unit(double largest_kwh); /* kWh, MWh or GWh */

/* A chart is a <section>: finding, unit line, plot, table; then the margin note. */
void chart_open(struct text_buffer *out, const char *id, const char *title, const char *unit_line);
void chart_close(struct text_buffer *out, const char *note, const char *source);
/* Opens the elastic picture of a plot: role img, its sentence, count x 100. */
void chart_svg(struct text_buffer *out, int count, const char *sentence);

/* Round ticks between low and high, at most four hairlines above the lowest. */
struct axis {
    double low, high, step; /* in kW or kWh */
    struct unit_choice unit;
};
struct axis chart_axis(double low, double high, struct unit_choice unit);
void chart_grid(struct text_buffer *out, const struct axis *axis);

/* The table behind a chart, closed until somebody asks. Decimals from the largest value: four
   digits of it. */
void chart_table(struct text_buffer *out, const char *const *heads, int count);
void chart_row(struct text_buffer *out, const char *name, const double *value, int count,
               int decimals);
void chart_table_end(struct text_buffer *out);
int chart_decimals(double largest);

/* "8 January"; "8 to 14 January"; "29 January to 4 February". */
const char *chart_date(struct arena *arena, const struct calendar *calendar, int step);
const char *chart_dates(struct arena *arena, const struct calendar *calendar, int from_day,
                        int days);
const char *chart_month(int month); /* "January" */
/* The plan's period in words, "a year" or "in 31 days", and what its hours are: "8 784 hours". */
const char *chart_hours(const struct accounts *accounts, struct arena *arena);

/* A bus of heat by its temperature: the token of its colour, "heat-3". NaN: "heat-1". */
const char *chart_heat_colour(double temperature_c);
/* Mean supply temperature of a bus weighted by a flow; NaN when nothing flows. */
double chart_mean_c(const struct accounts *accounts, int bus, const double *flow_kw);
/* An instance for people: its kind's title, or its own name where two are of one kind. */
const char *chart_name(const struct accounts *accounts, int instance, struct arena *arena);
/* "waste_to_energy" as "Waste to energy"; chart_lower: the first letter small again. */
const char *chart_plain(const char *name, struct arena *arena);
const char *chart_lower(const char *name, struct arena *arena);
/* The town for people: its name when there is one entry, else "town". */
const char *chart_town(const struct accounts *accounts, struct arena *arena);

#endif
