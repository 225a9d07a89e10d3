/* Carbon in columns that are never added up across, and water. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/inventory.h"

#include <assert.h>
#include <math.h>

#include "scenario/keys.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/life.h"
#include "tell/number.h"
#include "tell/parties.h"

static const char *tonnes(double kg, struct arena *arena) {
    return isfinite(kg) ? number_format(arena, "%s t", number_digits(arena, kg / 1000.0, 3)) : "–";
}

/* "812 t, apart 790 t" */
static void add_pair(struct text_buffer *out, const char *head, double together_kg,
                     double apart_kg) {
    html_cell(out, head);
    html_words(out, number_format(out->arena, "%s, %s", tonnes(together_kg, out->arena),
                                  tonnes(apart_kg, out->arena)));
    text_add(out, "</td>");
}

static double embodied_kg(const struct scopes *scopes) {
    return scopes->scope3_plant_kg + scopes->scope3_servers_kg + scopes->scope3_building_kg;
}

static void add_heads(struct text_buffer *out, const char *id, const char *const *heads,
                      int count) {
    text_add_format(out, "<table class=\"def many\"%s><thead><tr>", id);
    for (int k = 0; k < count; k++) {
        text_add_format(out, "<th scope=\"col\">%s</th>", heads[k]);
    }
    text_add(out, "</tr></thead><tbody>\n");
}

static void add_scopes(const struct accounts *a, struct text_buffer *out) {
    int all = 0;
    const struct party_look *looks = party_looks(&all);
    static const char *const heads[] = {
        "Together, apart", "Burnt and leaked (scope 1)", "Power, by the grid (2, location)",
        "Power, by contract (2, market)", "Made with plant, servers, building (3)"};
    add_heads(out, "", heads, COUNT(heads));
    for (int k = 0; k < all; k++) {
        const struct scopes *now = &a->inventory->scopes[CASE_TOGETHER][looks[k].party];
        const struct scopes *apart = &a->inventory->scopes[CASE_APART][looks[k].party];
        double total_kg = now->scope1_kg + now->scope2_location_kg + embodied_kg(now) +
                          apart->scope1_kg + apart->scope2_location_kg + embodied_kg(apart);
        if (total_kg <= 0.0) {
            continue;
        }
        text_add(out, "<tr><th scope=\"row\">");
        party_mark(out, &looks[k]);
        text_add(out, "</th>");
        add_pair(out, heads[1], now->scope1_kg, apart->scope1_kg);
        add_pair(out, heads[2], now->scope2_location_kg, apart->scope2_location_kg);
        add_pair(out, heads[3], now->scope2_market_kg, apart->scope2_market_kg);
        add_pair(out, heads[4], embodied_kg(now), embodied_kg(apart));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

/* What lies within, and what beside, in the words of the switch. */
static const char *boundary_word(enum carbon_boundary boundary) {
    static const char *const words[] = {"data centre", "networks", "devices"};
    static_assert(COUNT(words) == BOUNDARIES, "each boundary has its word");
    return words[boundary];
}

/* The data centre's own lines, from the inside out, and their sum as far as the boundary reaches. */
static void add_boundary(const struct accounts *a, struct text_buffer *out) {
    static const char *const reach[] = {"the data centre alone", "data centre and networks",
                                        "data centre, networks and users’ devices"};
    static_assert(COUNT(reach) == BOUNDARIES, "each boundary has its words");
    const struct inventory *v = a->inventory;
    static const char *const heads[] = {"The data centre’s own", "Scope", "Belongs to",
                                        "Together, apart", "Counted"};
    add_heads(out, " id=\"boundary\"", heads, COUNT(heads));
    for (int n = 0; n < BOUNDARY_LINES; n++) {
        const struct boundary_line *line = &v->line[n];
        if (!(fabs(line->kg[CASE_TOGETHER]) + fabs(line->kg[CASE_APART]) > 0.0)) {
            continue; /* not there, or not given */
        }
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, line->what);
        text_add(out, "</th>");
        html_cell(out, heads[1]);
        text_add_format(out, "%d</td>", line->scope);
        html_cell(out, heads[2]);
        text_add_format(out, "%s</td>", boundary_word(line->boundary));
        add_pair(out, heads[3], line->kg[CASE_TOGETHER], line->kg[CASE_APART]);
        html_cell(out, heads[4]);
        text_add_format(out, "%s</td></tr>\n", line->counted ? "yes" : "no, beside it");
    }
    text_add(out, "<tr><th scope=\"row\">");
    html_words(out, number_format(out->arena, "All of %s", reach[a->scenario->carbon_boundary]));
    text_add(out, "</th><td></td><td></td>");
    add_pair(out, heads[3], v->boundary_kg[CASE_TOGETHER], v->boundary_kg[CASE_APART]);
    text_add(out, "<td></td></tr>\n</tbody></table>");
}

static void add_line(struct text_buffer *out, const char *words) {
    text_add(out, "<li>");
    html_words(out, words);
    text_add(out, "</li>");
}

static void add_avoided(const struct accounts *a, struct text_buffer *out) {
    const struct inventory *v = a->inventory;
    struct arena *arena = out->arena;
    add_line(out, number_format(arena,
                                "Heating the town together instead of apart avoids %s a year by "
                                "what the grid adds (%s by its average). This stands beside the "
                                "inventory and is taken off nothing.",
                                tonnes(v->avoided_marginal_kg, arena),
                                tonnes(v->avoided_average_kg, arena)));
    if (isfinite(v->break_even_kgco2_kwh)) {
        add_line(out, number_format(arena, "It would avoid nothing on a grid of %s g/kWh.",
                                    number_digits(arena, 1000.0 * v->break_even_kgco2_kwh, 3)));
    }
}

static void add_path(const struct accounts *a, struct text_buffer *out) {
    const struct inventory *v = a->inventory;
    struct arena *arena = out->arena;
    if (isfinite(v->path_year_kg)) {
        add_line(out,
                 number_format(arena,
                               "On the way from %s in %d to half of it by 2030 the community may "
                               "emit %s in %d; "
                               "what this plan sees of it is %s together, %s today.",
                               tonnes(inventory_value(a->scenario, "base_kg_year"), arena),
                               (int)inventory_value(a->scenario, "base_year"),
                               tonnes(v->path_year_kg, arena), a->scenario->calendar.year,
                               tonnes(v->path_kg[CASE_TOGETHER], arena),
                               tonnes(v->path_kg[CASE_TODAY], arena)));
    }
    if (isfinite(v->target_gap_kg)) {
        add_line(out, number_format(arena, "The community’s own target is %s by %s.",
                                    v->target_gap_kg > 0.0 ? "missed" : "kept",
                                    tonnes(fabs(v->target_gap_kg), arena)));
    }
}

static const char *cubic(double m3, struct arena *arena) {
    return number_format(arena, "%s m³", number_digits(arena, m3, 3));
}

static void add_water(const struct accounts *a, struct text_buffer *out) {
    const struct inventory *v = a->inventory;
    struct arena *arena = out->arena;
    const char *power = isfinite(v->water_power_m3[CASE_TOGETHER])
                            ? number_format(arena, ", %s where its power is made (apart %s)",
                                            cubic(v->water_power_m3[CASE_TOGETHER], arena),
                                            cubic(v->water_power_m3[CASE_APART], arena))
                            : "; nothing is known of where its power is made";
    add_line(out, number_format(arena, "Water of the data centre: %s direct (apart %s)%s.",
                                cubic(v->water_direct_m3[CASE_TOGETHER], arena),
                                cubic(v->water_direct_m3[CASE_APART], arena), power));
    if (isfinite(v->water_stressed_m3)) {
        add_line(out,
                 number_format(
                     arena,
                     "By the stress of this place (%s of 5) the direct part "
                     "weighs as %s.",
                     number_digits(arena, inventory_value(a->scenario, "water_stress_score"), 2),
                     cubic(v->water_stressed_m3, arena)));
    }
}

void inventory_html(const struct accounts *a, struct text_buffer *out) {
    if (!(a->metrics[CASE_TOGETHER].it_kwh_year > 0.0)) {
        return;
    }
    text_add(out, "<section class=\"full long\" id=\"carbon\"><h2>Carbon, by the books that others "
                  "keep</h2><p class=\"unit\">t CO₂ a year. Inventory after the GHG Protocol; its "
                  "columns and what heating avoids are never added to one another.</p>");
    add_scopes(a, out);
    add_boundary(a, out);
    text_add(out, "<ul>");
    add_avoided(a, out);
    add_path(a, out);
    add_water(a, out);
    text_add(out, "</ul><p class=\"foot src\">accounts.json; factors: `hearth explain "
                  "inventory`</p></section>\n");
}

/* ---- JSON ---- */

static void add_number(struct text_buffer *out, const char *key, double value, bool first) {
    text_add_format(out, "%s\"%s\": ", first ? "" : ", ", key);
    json_add_number(out, value);
}

static void add_case(const struct accounts *a, enum plan_case kind, struct text_buffer *out) {
    static const enum party sorted[] = {PARTY_HEAT_CUSTOMERS, PARTY_HEAT_UTILITY,
                                        PARTY_MUNICIPALITY, PARTY_OPERATOR};
    text_add_format(out, "\"%s\": {", case_name(kind));
    for (int k = 0; k < COUNT(sorted); k++) {
        const struct scopes *scopes = &a->inventory->scopes[kind][sorted[k]];
        text_add_format(out, k ? ",\n      \"%s\": {" : "\n      \"%s\": {", party_name(sorted[k]));
        add_number(out, "refrigerant_kg_year", scopes->refrigerant_kg, true);
        add_number(out, "scope1_kg_year", scopes->scope1_kg, false);
        add_number(out, "scope2_location_kg_year", scopes->scope2_location_kg, false);
        add_number(out, "scope2_market_kg_year", scopes->scope2_market_kg, false);
        add_number(out, "scope3_building_kg_year", scopes->scope3_building_kg, false);
        add_number(out, "scope3_plant_kg_year", scopes->scope3_plant_kg, false);
        add_number(out, "scope3_servers_kg_year", scopes->scope3_servers_kg, false);
        text_add(out, "}");
    }
    text_add(out, "}");
}

static void add_json_boundary(const struct accounts *a, struct text_buffer *out) {
    const struct inventory *v = a->inventory;
    const struct key *words = keys_find("inventory", "boundary");
    text_add_format(out, ",\n    \"boundary\": {\"apart_kg_year\": ");
    json_add_number(out, v->boundary_kg[CASE_APART]);
    text_add_format(out, ", \"lines\": [");
    for (int n = 0; n < BOUNDARY_LINES; n++) {
        const struct boundary_line *line = &v->line[n];
        text_add_format(out, "%s{", n ? ",\n      " : "\n      ");
        add_number(out, "apart_kg_year", line->kg[CASE_APART], true);
        text_add_format(out, ", \"boundary\": \"%s\", \"counted\": %s",
                        words->words[line->boundary], line->counted ? "true" : "false");
        add_number(out, "kg_year", line->kg[CASE_TOGETHER], false);
        text_add_format(out, ", \"line\": \"%s\", \"scope\": %d}", line->key, line->scope);
    }
    text_add_format(out, "], \"reaches\": \"%s\"", words->words[a->scenario->carbon_boundary]);
    add_number(out, "together_kg_year", v->boundary_kg[CASE_TOGETHER], false);
    text_add(out, "}");
}

void inventory_json(const struct accounts *a, struct text_buffer *out) {
    const struct inventory *v = a->inventory;
    text_add(out, "  \"inventory\": {");
    add_number(out, "avoided_average_kg_year", v->avoided_average_kg, true);
    add_number(out, "avoided_marginal_kg_year", v->avoided_marginal_kg, false);
    add_json_boundary(a, out);
    add_number(out, "break_even_kgco2_kwh", v->break_even_kgco2_kwh, false);
    text_add(out, ",\n    \"cases\": {");
    add_case(a, CASE_APART, out);
    text_add(out, ",\n    ");
    add_case(a, CASE_TOGETHER, out);
    text_add(out, "},\n    ");
    add_number(out, "half_path_kg_year", v->path_year_kg, true);
    add_number(out, "target_gap_kg_year", v->target_gap_kg, false);
    add_number(out, "water_direct_apart_m3_year", v->water_direct_m3[CASE_APART], false);
    add_number(out, "water_direct_m3_year", v->water_direct_m3[CASE_TOGETHER], false);
    add_number(out, "water_power_m3_year", v->water_power_m3[CASE_TOGETHER], false);
    add_number(out, "water_stressed_m3_year", v->water_stressed_m3, false);
    text_add(out, "},\n");
}
