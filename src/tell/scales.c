/* Building, cluster, community: the same figures at three scales, together and apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/scales.h"

#include <math.h>

#include "tell/html.h"
#include "tell/json.h"
#include "tell/life.h"
#include "tell/number.h"

struct row {
    const char *name, *unit;
    double per_unit;
    double (*value)(const struct scale_figures *figures);
};

static double power(const struct scale_figures *f) { return f->power_kwh; }
static double primary(const struct scale_figures *f) { return f->primary_kwh; }
static double carbon(const struct scale_figures *f) { return f->carbon_kg; }
static double water(const struct scale_figures *f) { return f->water_m3; }
static double peak(const struct scale_figures *f) { return f->peak_kw; }

static const struct row rows[] = {
    {"Power from the grid", "MWh", 1e3, power},
    {"Primary energy", "MWh", 1e3, primary},
    {"Carbon (scopes 1 and 2)", "t", 1e3, carbon},
    {"Water", "m³", 1.0, water},
    {"Highest power", "MW", 1e3, peak},
};

static void add_line(struct text_buffer *out, const char *words) {
    text_add(out, "<li>");
    html_words(out, words);
    text_add(out, "</li>");
}

static void add_works(const char *name, double day_m3, double spare_m3, struct text_buffer *out) {
    if (day_m3 > 0.0 || isfinite(spare_m3)) {
        add_line(out, number_format(
                          out->arena, "%s on the fullest day: %s m³%s.", name,
                          number_digits(out->arena, day_m3, 3),
                          isnan(spare_m3) ? ""
                          : spare_m3 >= 0.0
                              ? number_format(out->arena, "; the works could take %s m³ more",
                                              number_digits(out->arena, spare_m3, 3))
                              : number_format(out->arena, "; %s m³ more than the works can spare",
                                              number_digits(out->arena, -spare_m3, 3))));
    }
}

enum status scales_html(const struct accounts *a, struct text_buffer *out) {
    struct scales *scales = ARENA_TAKE(out->arena, struct scales, 1);
    if (!scales) {
        return STATUS_NO_MEMORY;
    }
    static const char *const heads[SCALES] = {[SCALE_BUILDING] = "Building",
                                              [SCALE_CLUSTER] = "Cluster",
                                              [SCALE_COMMUNITY] = "Community"};
    TRY(account_scales(a, out->arena, scales));
    text_add(out,
             "<section class=\"full long\" id=\"scales\"><h2>Building, cluster, community</h2><p "
             "class=\"unit\">A year; together, apart. Building: the data centre. Cluster: all "
             "that the plan covers. Community: with what the scenario says of the "
             "rest.</p><table class=\"def many\"><thead><tr><th scope=\"col\">Figure</th><th "
             "scope=\"col\">Building</th><th scope=\"col\">Cluster</th><th "
             "scope=\"col\">Community</th></tr></thead><tbody>\n");
    for (int k = 0; k < COUNT(rows); k++) {
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, number_format(out->arena, "%s, %s", rows[k].name, rows[k].unit));
        text_add(out, "</th>");
        for (int n = 0; n < SCALES; n++) {
            double now = rows[k].value(&scales->of[CASE_TOGETHER][n]) / rows[k].per_unit;
            double apart = rows[k].value(&scales->of[CASE_APART][n]) / rows[k].per_unit;
            html_cell(out, heads[n]);
            html_words(out, isnan(now) ? "–"
                                       : number_format(out->arena, "%s, %s",
                                                       number_digits(out->arena, now, 4),
                                                       number_digits(out->arena, apart, 4)));
            text_add(out, "</td>");
        }
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table><ul>");
    if (a->metrics[CASE_TOGETHER].heat_delivered_kwh_year > 1.0) {
        add_line(out, number_format(out->arena,
                                    "Were the same houses heated by heat pumps on air, recovered "
                                    "heat would spare %s MWh of power a year, and %s MW of the "
                                    "peak of heating.",
                                    number_digits(out->arena, scales->green_kwh_year / 1e3, 3),
                                    number_digits(out->arena, scales->green_peak_kw / 1e3, 3)));
    }
    add_works("Water", scales->water_day_m3, scales->water_spare_m3_day, out);
    add_works("Sewer", scales->sewer_day_m3, scales->sewer_spare_m3_day, out);
    text_add(out, "</ul><p class=\"foot src\">accounts.json; factors: `hearth explain "
                  "inventory`</p></section>\n");
    return STATUS_OK;
}

enum status scales_json(const struct accounts *a, struct text_buffer *out) {
    static const enum plan_case cases[] = {CASE_APART, CASE_TODAY, CASE_TOGETHER};
    static const enum scale sorted[SCALES] = {SCALE_BUILDING, SCALE_CLUSTER, SCALE_COMMUNITY};
    struct scales *scales = ARENA_TAKE(out->arena, struct scales, 1);
    if (!scales) {
        return STATUS_NO_MEMORY;
    }
    TRY(account_scales(a, out->arena, scales));
    text_add(out, "  \"scales\": {");
    for (int k = 0; k < COUNT(cases); k++) {
        text_add_format(out, "\"%s\": {", case_name(cases[k]));
        for (int n = 0; n < SCALES; n++) {
            const struct scale_figures *f = &scales->of[cases[k]][sorted[n]];
            const struct {
                const char *key;
                double value;
            } members[] = {{"carbon_kg_year", f->carbon_kg},
                           {"peak_kw", f->peak_kw},
                           {"power_kwh_year", f->power_kwh},
                           {"primary_kwh_year", f->primary_kwh},
                           {"water_m3_year", f->water_m3}};
            text_add_format(out, "%s\"%s\": {", n ? ",\n      " : "", scale_name(sorted[n]));
            for (int j = 0; j < COUNT(members); j++) {
                text_add_format(out, j ? ", \"%s\": " : "\"%s\": ", members[j].key);
                json_add_number(out, members[j].value);
            }
            text_add(out, "}");
        }
        text_add(out, "},\n    ");
    }
    const struct {
        const char *key;
        double value;
    } members[] = {{"green_kwh_year", scales->green_kwh_year},
                   {"green_peak_kw", scales->green_peak_kw},
                   {"sewer_day_m3", scales->sewer_day_m3},
                   {"sewer_spare_m3_day", scales->sewer_spare_m3_day},
                   {"water_day_m3", scales->water_day_m3},
                   {"water_spare_m3_day", scales->water_spare_m3_day}};
    for (int j = 0; j < COUNT(members); j++) {
        text_add_format(out, j ? ", \"%s\": " : "\"%s\": ", members[j].key);
        json_add_number(out, members[j].value);
    }
    text_add(out, "},\n");
    return STATUS_OK;
}
