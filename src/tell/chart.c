/* What the charts share. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/chart.h"

#include <math.h>
#include <string.h>

#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"

struct unit_choice chart_power_unit(double largest_kw) {
    struct unit_choice kw = {1.0, "kW"}, mw = {1e3, "MW"};
    return largest_kw < 1e3 ? kw : mw;
}

struct unit_choice chart_energy_unit(double largest_kwh) {
    struct unit_choice kwh = {1.0, "kWh"}, mwh = {1e3, "MWh"}, gwh = {1e6, "GWh"};
    return largest_kwh < 1e3 ? kwh : largest_kwh < 1e6 ? mwh : gwh;
}

void chart_open(struct text_buffer *out, const char *id, const char *title, const char *unit_line) {
    text_add_format(out, "<section class=\"row\" id=\"%s\"><div class=\"main\"><h2>", id);
    html_words(out, title);
    text_add(out, "</h2><p class=\"unit\">");
    html_words(out, unit_line);
    text_add(out, "</p>\n");
}

void chart_close(struct text_buffer *out, const char *note, const char *source) {
    text_add(out, "</div><aside><p>");
    html_words(out, note);
    text_add(out, "</p><p class=\"src\">");
    html_words(out, source);
    text_add(out, "</p></aside></section>\n");
}

void chart_svg(struct text_buffer *out, int count, const char *sentence) {
    text_add_format(out, "<svg role=\"img\" viewBox=\"0 0 %d 100\" preserveAspectRatio=\"none\"",
                    count);
    html_sentence(out, sentence);
}

struct axis chart_axis(double low, double high, struct unit_choice unit) {
    static const double round[] = {1.0, 2.0, 2.5, 5.0, 10.0};
    struct axis ret = {low, high > low ? high : low + unit.per_unit, 0.0, unit};
    double wish = (ret.high - low) / unit.per_unit / 4.0, power = pow(10.0, floor(log10(wish)));
    for (int k = 0; k < COUNT(round) && ret.step == 0.0; k++) {
        ret.step = round[k] * power >= wish * (1.0 - 1e-9) ? round[k] * power * unit.per_unit : 0.0;
    }
    ret.step = ret.step > 0.0 ? ret.step : 10.0 * power * unit.per_unit;
    ret.low = floor(low / ret.step + 1e-9) * ret.step;
    return ret;
}

void chart_grid(struct text_buffer *out, const struct axis *axis) {
    double step = axis->step / axis->unit.per_unit;
    int decimals = 0;
    while (decimals < 6 && fabs(step - round(step)) > 1e-6 * step) {
        step *= 10.0;
        decimals++;
    }
    for (int k = 0; k <= 5; k++) {
        double value = axis->low + k * axis->step;
        if (value > axis->high * (1.0 + 1e-9)) {
            break;
        }
        text_add(out, "<i style=\"bottom:");
        html_number(out, 100.0 * (value - axis->low) / (axis->high - axis->low));
        text_add_format(
            out, "%%\"><b>%s</b></i>",
            number_fixed(out->arena, value / axis->unit.per_unit, value == 0.0 ? 0 : decimals));
    }
}

void chart_table(struct text_buffer *out, const char *const *heads, int count) {
    text_add(out, "<details><summary>Table</summary><div class=\"wide\" tabindex=\"0\" "
                  "role=\"group\" aria-label=\"Table\"><table class=\"num\">"
                  "<thead><tr>");
    for (int k = 0; k < count; k++) {
        text_add(out, "<th scope=\"col\">");
        html_words(out, heads[k]);
        text_add(out, "</th>");
    }
    text_add(out, "</tr></thead><tbody>\n");
}

void chart_row(struct text_buffer *out, const char *name, const double *value, int count,
               int decimals) {
    text_add(out, "<tr><th scope=\"row\">");
    html_words(out, name);
    text_add(out, "</th>");
    for (int k = 0; k < count; k++) {
        text_add_format(out, "<td>%s</td>", number_fixed(out->arena, value[k], decimals));
    }
    text_add(out, "</tr>\n");
}

void chart_table_end(struct text_buffer *out) { text_add(out, "</tbody></table></div></details>"); }

int chart_decimals(double largest) {
    double size = fabs(largest);
    int decimals = size > 0.0 && isfinite(size) ? 3 - (int)floor(log10(size)) : 0;
    return decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
}

const char *chart_month(int month) {
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    return names[month];
}

const char *chart_date(struct arena *arena, const struct calendar *calendar, int step) {
    struct calendar_moment moment = calendar_at(calendar, step);
    return number_format(arena, "%d %s", moment.day, chart_month(moment.month));
}

const char *chart_dates(struct arena *arena, const struct calendar *calendar, int from_day,
                        int days) {
    int first_step = from_day * calendar->steps_per_day;
    int last_step = (from_day + days - 1) * calendar->steps_per_day;
    struct calendar_moment first = calendar_at(calendar, first_step);
    struct calendar_moment last = calendar_at(calendar, last_step);
    const char *end = chart_date(arena, calendar, last_step);
    if (days <= 1) {
        return end;
    }
    return first.month == last.month
               ? number_format(arena, "%d–%s", first.day, end)
               : number_format(arena, "%s – %s", chart_date(arena, calendar, first_step), end);
}

const char *chart_hours(const struct accounts *accounts, struct arena *arena) {
    return number_format(arena, "%s hours",
                         number_fixed(arena, 24.0 * accounts->scenario->calendar.days, 0));
}

const char *chart_heat_colour(double temperature_c) {
    temperature_c = round(10.0 * temperature_c) / 10.0; /* a mean of 19.99999 is 20 */
    return isnan(temperature_c)   ? "heat-1"
           : temperature_c < 20.0 ? "heat-1"
           : temperature_c < 40.0 ? "heat-2"
           : temperature_c < 60.0 ? "heat-3"
           : temperature_c < 80.0 ? "heat-4"
                                  : "heat-5";
}

double chart_mean_c(const struct accounts *accounts, int bus, const double *flow_kw) {
    const struct plan *plan = accounts->plan;
    const double *all_c = plan->cases[CASE_TOGETHER].temperature_c[0];
    if (bus < 0 || !all_c || !flow_kw) {
        return (double)NAN;
    }
    const double *supply_c = all_c + (size_t)bus * (size_t)plan->hours->count;
    double sum = 0.0, weight = 0.0;
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        if (isfinite(supply_c[t]) && flow_kw[t] > 0.0) {
            sum += supply_c[t] * flow_kw[t];
            weight += flow_kw[t];
        }
    }
    return weight > 0.0 ? sum / weight : (double)NAN;
}

/* "straw chp" has initials in it. */
static void set_initials(char *name) {
    static const char *const initials[] = {"chp", "pv", "orc", "ups", "ai", "it"};
    for (char *word = name; *word;) {
        size_t size = strcspn(word, " ");
        for (int k = 0; k < COUNT(initials); k++) {
            bool same = strlen(initials[k]) == size;
            for (size_t c = 0; c < size && same; c++) {
                same = (word[c] | 0x20) == initials[k][c];
            }
            for (size_t c = 0; c < size && same; c++) {
                word[c] = (char)(initials[k][c] - 'a' + 'A');
            }
        }
        word += size + (word[size] == ' ');
    }
}

const char *chart_plain(const char *name, struct arena *arena) {
    char *plain = arena_take(arena, (long)strlen(name) + 1, 1);
    if (!plain) {
        return "";
    }
    for (size_t k = 0; k <= strlen(name); k++) {
        plain[k] = name[k] == '_' ? ' ' : name[k];
    }
    plain[0] = plain[0] >= 'a' && plain[0] <= 'z' ? (char)(plain[0] - 'a' + 'A') : plain[0];
    set_initials(plain);
    return plain;
}

const char *chart_lower(const char *name, struct arena *arena) {
    bool initials = name[0] && name[1] >= 'A' && name[1] <= 'Z'; /* "PV", "CHP" stay */
    if (initials || name[0] < 'A' || name[0] > 'Z') {
        return name;
    }
    return number_format(arena, "%c%s", name[0] - 'A' + 'a', name + 1);
}

const char *chart_name(const struct accounts *accounts, int instance, struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    const struct instance *it = &s->instances[instance];
    int alike = 0;
    for (int i = 0; i < s->instances_count; i++) {
        alike += s->instances[i].kind == it->kind;
    }
    return alike > 1 || strcmp(it->kind->name, "heat_producer") == 0 ? chart_plain(it->name, arena)
                                                                     : it->kind->title;
}

const char *chart_town(const struct accounts *accounts, struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    return s->towns_count == 1 ? chart_lower(chart_plain(s->towns[0].name, arena), arena) : "town";
}
