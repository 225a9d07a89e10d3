/* Servers in a roadmap: which are bought when, which stay, and what work they do for what power, heat and carbon. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/served.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/number.h"
#include "tell/roadmap.h"

static const double least_frac = 1e-3; /* of a stage's IT: less is nothing */

static const char *hall_of(const struct lifetime *life, const struct lifetime_servers *servers) {
    return life->plan[0]->scenario->instances[servers->fleet->instance].name;
}

static bool stands(const struct lifetime_servers *servers, int v, int k) {
    double all_kw = 0.0;
    for (int n = 0; n <= k + 1; n++) {
        all_kw += servers->stands_kw[n][k];
    }
    return servers->stands_kw[v][k] > least_frac * all_kw;
}

const char *roadmap_servers_bought(const struct lifetime *life, const struct lifetime_case *result,
                                   int k, struct arena *arena) {
    struct text_buffer words;
    int told = 0;
    text_buffer_init(&words, arena);
    for (int f = 0; f < result->servers_count; f++) {
        const struct lifetime_servers *servers = &result->servers[f];
        if (stands(servers, k + 1, k)) {
            text_add_format(&words, "%sservers of %s %s kW", told++ ? ", " : "",
                            hall_of(life, servers),
                            number_digits(arena, servers->stands_kw[k + 1][k], 3));
        }
    }
    return words.data ? words.data : "";
}

/* Those of the stage before that are no longer there, and why. */
static void add_gone(const struct lifetime *life, const struct lifetime_servers *servers, int k,
                     struct text_buffer *words) {
    struct arena *arena = words->arena;
    for (int v = 0; k > 0 && v <= k; v++) {
        double gone_kw = servers->stands_kw[v][k - 1] - servers->stands_kw[v][k];
        if (!stands(servers, v, k - 1) || gone_kw <= least_frac * servers->stands_kw[v][k - 1]) {
            continue;
        }
        bool old = !lifetime_servers_may_stand(life->stages, servers->fleet, v, k);
        double age_year = life->stages->year[k] - servers->fleet->vintage_year[v];
        text_add_format(words, "%s kW of %d go at %s years%s. ", number_digits(arena, gone_kw, 3),
                        (int)servers->fleet->vintage_year[v], number_fixed(arena, age_year, 0),
                        old ? ", too old for the stage"
                            : ", since new ones do their work for less");
    }
}

/* What becomes of a hall's servers in a stage. */
static void add_told(const struct lifetime *life, const struct lifetime_servers *servers, int k,
                     struct text_buffer *words) {
    struct arena *arena = words->arena;
    double kept_kw = 0.0;
    for (int v = 0; v <= k; v++) {
        kept_kw += stands(servers, v, k) ? servers->stands_kw[v][k] : 0.0;
    }
    add_gone(life, servers, k, words);
    if (kept_kw > 0.0) {
        text_add_format(words, "%s kW of older servers stay. ", number_digits(arena, kept_kw, 3));
    }
    if (stands(servers, k + 1, k) && servers->fleet->gain_ratio[k + 1] > 1.0) {
        text_add_format(words, "A kWh of new ones does %s times the work of the first. ",
                        number_digits(arena, servers->fleet->gain_ratio[k + 1], 3));
    }
}

static const char *without_last_space(struct text_buffer *words) {
    if (words->size > 0) {
        words->data[--words->size] = '\0';
    }
    return words->data ? words->data : "";
}

const char *roadmap_servers_told(const struct lifetime *life, const struct lifetime_case *result,
                                 int k, struct arena *arena) {
    struct text_buffer words;
    text_buffer_init(&words, arena);
    for (int f = 0; f < result->servers_count; f++) {
        add_told(life, &result->servers[f], k, &words);
    }
    return without_last_space(&words);
}

int roadmap_servers_regret(const struct lifetime *life, int told, struct text_buffer *words) {
    const struct lifetime_case *best = &life->cases[CASE_TOGETHER], *myopic = &life->myopic;
    for (int f = 0; f < myopic->servers_count; f++) {
        for (int k = 0; k < life->stages->count; k++) {
            double mine_kw = myopic->servers[f].stands_kw[k + 1][k],
                   other_kw = best->servers[f].stands_kw[k + 1][k];
            if (mine_kw - other_kw > 0.01 * myopic->servers[f].fleet->need_kw[k]) {
                text_add_format(
                    words, "%sservers of %s %s kW in %d", told++ ? ", " : ": it builds more ",
                    hall_of(life, &myopic->servers[f]),
                    number_digits(words->arena, mine_kw - other_kw, 3), life->stages->year[k]);
            }
        }
    }
    return told;
}

/* ---- JSON ---- */

void roadmap_servers_json(const struct lifetime *life, const struct lifetime_case *result,
                          struct text_buffer *out) {
    int count = life->stages->count;
    text_add(out, "    \"servers\": [");
    for (int f = 0; f < result->servers_count; f++) {
        const struct lifetime_servers *servers = &result->servers[f];
        text_add(out, f ? ",\n      {" : "\n      {");
        roadmap_add_numbers(out, "capital_money", servers->capital_money, count);
        text_add(out, ", \"hall\": ");
        json_add_text(out, hall_of(life, servers));
        text_add(out, ", ");
        roadmap_add_numbers(out, "kept_money", servers->kept_money, count);
        text_add(out, ", ");
        roadmap_add_numbers(out, "made_kg", servers->made_kg, count);
        text_add(out, ", ");
        roadmap_add_numbers(out, "served_kw", servers->served_kw, count);
        text_add(out, ", \"stands_kw\": [");
        for (int v = 0; v <= count; v++) {
            text_add(out, v ? ", [" : "[");
            for (int k = 0; k < count; k++) {
                text_add(out, k ? ", " : "");
                json_add_number(out, servers->stands_kw[v][k]);
            }
            text_add(out, "]");
        }
        text_add(out, "], ");
        roadmap_add_numbers(out, "vintage_year", servers->fleet->vintage_year, count + 1);
        text_add(out, ", ");
        roadmap_add_numbers(out, "work_ratio", servers->fleet->gain_ratio, count + 1);
        text_add(out, "}");
    }
    text_add(out, "],\n");
}

void roadmap_served(const struct lifetime *life, struct served ret_served[STAGES_MAX]) {
    const struct lifetime_case *together = &life->cases[CASE_TOGETHER];
    for (int k = 0; k < life->stages->count; k++) {
        ret_served[k] = served_in_stage(life->plan[k], CASE_TOGETHER, life->stages, k,
                                        together->servers, together->servers_count);
    }
}

const char *roadmap_served_words(const struct served *served, const struct stages *stages,
                                 struct arena *arena) {
    const struct served *first = &served[0], *last = &served[stages->count - 1];
    double first_kg = first->power_kg_year + first->servers_kg_year,
           last_kg = last->power_kg_year + last->servers_kg_year;
    if (stages->count < 2 || !(first->work_kw > 0.0) || !(first_kg > 0.0)) {
        return NULL;
    }
    double work_ratio = last->work_kw / first->work_kw, carbon_ratio = last_kg / first_kg;
    const char *verdict = carbon_ratio < 1.0 && work_ratio >= 1.0 ? "they are decoupled"
                          : carbon_ratio < work_ratio             ? "they are decoupled in part"
                                                                  : "they are not decoupled";
    return number_format(arena,
                         "From %d to %d the data centre's work becomes %s times, its carbon %s "
                         "times what it was: %s.",
                         stages->year[0], stages->year[stages->count - 1],
                         number_digits(arena, work_ratio, 3), number_digits(arena, carbon_ratio, 3),
                         verdict);
}

static const struct column {
    const char *key, *title;
    size_t member;
    double scale_ratio; /* to what the page shows */
} columns[] = {
    {"heat_kwh_year", "Heat it gives off, GWh a year", offsetof(struct served, heat_kwh_year),
     1e-6},
    {"heat_handed_kwh_year", "of it used, GWh", offsetof(struct served, handed_kwh_year), 1e-6},
    {"it_kw", "IT, kW", offsetof(struct served, it_kw), 1.0},
    {"power_kg_year", "Carbon of its power, t a year", offsetof(struct served, power_kg_year),
     1e-3},
    {"power_kwh_year", "Power, GWh a year", offsetof(struct served, power_kwh_year), 1e-6},
    {"servers_kg_year", "of new servers, t a year", offsetof(struct served, servers_kg_year), 1e-3},
    {"work_kw", "Work, kW of the first servers", offsetof(struct served, work_kw), 1.0}};
/* As the page has them. */
static const int shown[] = {6, 2, 4, 0, 1, 3, 5};

int roadmap_served_columns(void) { return COUNT(columns); }
const char *roadmap_served_key(int index) { return columns[index].key; }
double roadmap_served_value(const struct served *served, int index) {
    return *(const double *)(const void *)((const char *)served + columns[index].member);
}

void roadmap_served_json(const struct lifetime *life, struct text_buffer *out) {
    struct served served[STAGES_MAX];
    roadmap_served(life, served);
    text_add(out, "  \"data_centre\": {");
    for (int c = 0; c < COUNT(columns); c++) {
        double value[STAGES_MAX];
        for (int k = 0; k < life->stages->count; k++) {
            value[k] = roadmap_served_value(&served[k], c);
        }
        text_add(out, c ? ",\n    " : "\n    ");
        roadmap_add_numbers(out, columns[c].key, value, life->stages->count);
    }
    text_add(out, "},\n");
}

/* ---- the page ---- */

static void add_cell(struct text_buffer *out, const char *text) {
    text_add(out, "<td>");
    html_words(out, text);
    text_add(out, "</td>");
}

static void add_head(struct text_buffer *out, const char *text) {
    text_add(out, "<th>");
    html_words(out, text);
    text_add(out, "</th>");
}

static void begin_year(struct text_buffer *out, int year) {
    text_add_format(out, "<tr><th scope=\"row\">%d</th>", year);
}

static void add_vintages(const struct lifetime *life, const struct lifetime_servers *servers,
                         struct text_buffer *out) {
    int count = life->stages->count;
    const struct lifetime_fleet *fleet = servers->fleet;
    text_add(out, "<h3>");
    html_words(out, number_format(out->arena, "Servers of %s, kW by the year of purchase",
                                  hall_of(life, servers)));
    text_add(out, "</h3><table><thead><tr><th>In</th>");
    for (int v = fleet->stood_kw > 0.0 ? 0 : 1; v <= count; v++) {
        add_head(out, number_format(out->arena, "%d", (int)fleet->vintage_year[v]));
    }
    text_add(out, "<th>What happens</th></tr></thead><tbody>\n");
    for (int k = 0; k < count; k++) {
        begin_year(out, life->stages->year[k]);
        for (int v = fleet->stood_kw > 0.0 ? 0 : 1; v <= count; v++) {
            bool there = v <= k + 1 && stands(servers, v, k);
            add_cell(out, there ? number_digits(out->arena, servers->stands_kw[v][k], 3) : "");
        }
        struct text_buffer words;
        text_buffer_init(&words, out->arena);
        add_told(life, servers, k, &words);
        add_cell(out, without_last_space(&words));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>\n");
}

void roadmap_served_html(const struct lifetime *life, struct text_buffer *out) {
    const struct lifetime_case *together = &life->cases[CASE_TOGETHER];
    struct served served[STAGES_MAX];
    if (life->plan[0]->scenario->halls_count == 0) {
        return;
    }
    roadmap_served(life, served);
    text_add(out, "<section class=\"full\"><h2>Work, power, heat and carbon of the data centre"
                  "</h2>\n<table><thead><tr><th>Year</th>");
    for (int c = 0; c < COUNT(shown); c++) {
        add_head(out, columns[shown[c]].title);
    }
    text_add(out, "<th>Carbon of the work, kg a kW and year</th></tr></thead><tbody>\n");
    for (int k = 0; k < life->stages->count; k++) {
        begin_year(out, life->stages->year[k]);
        for (int c = 0; c < COUNT(shown); c++) {
            double value = roadmap_served_value(&served[k], shown[c]);
            add_cell(out, number_digits(out->arena, value * columns[shown[c]].scale_ratio, 3));
        }
        add_cell(out, number_digits(out->arena, served_carbon_kg_kw(&served[k]), 3));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>\n");
    const char *words = roadmap_served_words(served, life->stages, out->arena);
    if (words) {
        text_add(out, "<p>");
        html_words(out, words);
        text_add(out, "</p>\n");
    }
    for (int f = 0; f < together->servers_count; f++) {
        add_vintages(life, &together->servers[f], out);
    }
    text_add(out, "</section>\n");
}
