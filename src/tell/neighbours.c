/* Next door: sound, land, building, security. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/neighbours.h"

#include <math.h>

#include "tell/html.h"
#include "tell/json.h"
#include "tell/life.h"
#include "tell/number.h"

static void add_line(struct text_buffer *out, const char *words) {
    text_add(out, "<li>");
    html_words(out, words);
    text_add(out, "</li>");
}

static void add_sound(const struct accounts *a, const struct neighbours *n,
                      struct text_buffer *out) {
    struct arena *arena = out->arena;
    if (!isfinite(n->level_db)) {
        return;
    }
    double worst_db = fmin(n->spare_day_db, n->spare_night_db);
    add_line(out, number_format(
                      arena,
                      "Sound at the nearest home, %s m away, with %s fan units running: %s dBA, %s "
                      "(%s by day, %s by night). The night’s limit is reached as far as %s m.",
                      number_digits(arena, neighbours_value(a->scenario, "distance_m"), 3),
                      number_digits(arena, n->units_ratio, 2), number_fixed(arena, n->level_db, 0),
                      worst_db < 0.0 ? "more than allowed" : "within the limits",
                      number_fixed(arena, neighbours_value(a->scenario, "day_db"), 0),
                      number_fixed(arena, neighbours_value(a->scenario, "night_db"), 0),
                      number_digits(arena, n->reach_m, 2)));
}

static void add_view(const struct accounts *a, const struct neighbours *n,
                     struct text_buffer *out) {
    static const char *const words[] = {"", "is hardly seen", "is seen clearly",
                                        "stands above all else"};
    if (n->seen != SEEN_UNKNOWN) {
        add_line(out, number_format(
                          out->arena, "A building of %s m %s from there (%s degrees).",
                          number_digits(out->arena, neighbours_value(a->scenario, "height_m"), 2),
                          words[n->seen], number_digits(out->arena, n->angle_deg, 2)));
    }
}

void neighbours_html(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    const char *currency = a->scenario->currency;
    if (!a->scenario->neighbours_given || !(a->metrics[CASE_TOGETHER].it_kwh_year > 0.0)) {
        return;
    }
    struct neighbours n = account_neighbours(a);
    double trucks = neighbours_value(a->scenario, "trucks_day");
    text_add(out, "<section class=\"full long\" id=\"neighbours\"><h2>Next door</h2><p "
                  "class=\"unit\">To screen a site, not for a permit: no spectrum, no wind, no "
                  "tones.</p><ul>");
    add_sound(a, &n, out);
    add_view(a, &n, out);
    add_line(out, number_format(arena, "Land: %s ha%s.", number_digits(arena, n.land_m2 / 1e4, 2),
                                n.land_given ? "" : ", by the size of its IT"));
    add_line(out,
             number_format(arena, "Building: %s months, %s to %s people at work at once%s.",
                           number_digits(arena, neighbours_value(a->scenario, "building_month"), 2),
                           number_digits(arena, n.workers_low_value, 2),
                           number_digits(arena, n.workers_high_value, 2),
                           isfinite(trucks) ? number_format(arena, ", %s trucks a day",
                                                            number_digits(arena, trucks, 2))
                                            : ""));
    add_line(out,
             number_format(arena,
                           "Security: %s m of fence around it (%s), a free strip of %s m, one "
                           "gate.",
                           number_digits(arena, n.fence_m, 2),
                           number_money(arena, currency, n.fence_money, false),
                           number_digits(arena, neighbours_value(a->scenario, "stand_off_m"), 2)));
    if (n.controls_money > 0.0) {
        add_line(out, number_format(
                          arena,
                          "The shared heat plant’s controls (%s): a network of their own; one way "
                          "out for measurements; no way in from the hall’s; valves that close by "
                          "hand; heat goes on when the link is cut; accounts by name; a drill each "
                          "year.",
                          number_money(arena, currency, n.controls_money, false)));
    }
    text_add(
        out,
        "</ul><p class=\"foot src\">accounts.json; `hearth explain neighbours`</p></section>\n");
}

void neighbours_json(const struct accounts *a, struct text_buffer *out) {
    struct neighbours n = account_neighbours(a);
    const struct {
        const char *key;
        double value;
    } members[] = {{"angle_deg", n.angle_deg},
                   {"controls_money", n.controls_money},
                   {"fan_units_ratio", n.units_ratio},
                   {"fence_m", n.fence_m},
                   {"fence_money", n.fence_money},
                   {"land_m2", n.land_m2},
                   {"level_db", n.level_db},
                   {"reach_m", n.reach_m},
                   {"spare_day_db", n.spare_day_db},
                   {"spare_night_db", n.spare_night_db},
                   {"workers_high", n.workers_high_value},
                   {"workers_low", n.workers_low_value}};
    text_add(out, "  \"neighbours\": {");
    for (int k = 0; k < COUNT(members); k++) {
        text_add_format(out, k ? ", \"%s\": " : "\"%s\": ", members[k].key);
        json_add_number(out, members[k].value);
    }
    text_add(out, "},\n");
}
