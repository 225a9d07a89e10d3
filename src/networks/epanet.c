/* Reading EPANET's input file (EPANET 2.2 user manual, appendix C). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/epanet.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "networks/names.h"

enum { WORDS_ON_LINE = 24, PER_FILE_MAX = 20000 };
static const double foot_m = 0.3048, inch_m = 0.0254, density_kg_m3 = 1000.0;

struct units {
    const char *name;
    double flow_kg_s; /* of one unit */
    bool us;
};
static const struct units all_units[] = {
    {"GPM", 0.0630901964, true},     {"CFS", 28.316846592, true},   {"MGD", 43.8126364, true},
    {"IMGD", 52.6168042, true},      {"AFD", 14.27641, true},       {"LPS", 1.0, false},
    {"LPM", 1.0 / 60.0, false},      {"MLD", 1e6 / 86400.0, false}, {"CMH", 1.0 / 3.6, false},
    {"CMD", 1000.0 / 86400.0, false}};

struct curve_points {
    const char *name;
    double x[3], y[3];
    int count;
};

struct reader {
    struct arena *arena;
    struct diag *diag;
    struct epanet *e;
    struct place place;
    const struct units *units;
    struct names nodes, links, patterns, curves;
    struct curve_points *curve;
    int curves_count;
    struct names replaced; /* nodes whose demand [DEMANDS] gives */
    const char *default_pattern;
    double multiplier_ratio;
    char *word[WORDS_ON_LINE];
    int words;
};

static double length_m(const struct reader *r) { return r->units->us ? foot_m : 1.0; }

static void wrong(struct reader *r, const char *what, const char *remedy) {
    diag_error(r->diag, r->place, "%s: %s", r->words > 0 ? r->word[0] : "this line", what);
    diag_remedy(r->diag, "%s", remedy);
}

/* Word k as a number; fallback NaN: it must be there. */
static double number(struct reader *r, int k, double fallback) {
    double value = fallback;
    if (k >= r->words) {
        if (isnan(fallback)) {
            wrong(r, arena_format(r->arena, "word %d is missing", k + 1),
                  "a number is expected there");
        }
        return fallback;
    }
    if (!text_number(r->word[k], strlen(r->word[k]), &value)) {
        wrong(r, arena_format(r->arena, "\"%s\" is no number", r->word[k]),
              "write it with a point");
        return isnan(fallback) ? 1.0 : fallback;
    }
    return value;
}

static bool same(const char *a, const char *b) { /* whatever the case */
    for (; *a && *b; a++, b++) {
        int x = *a >= 'a' && *a <= 'z' ? *a - 32 : *a, y = *b >= 'a' && *b <= 'z' ? *b - 32 : *b;
        if (x != y) {
            return false;
        }
    }
    return *a == *b;
}
static bool is_word(const struct reader *r, int k, const char *text) {
    return k < r->words && same(r->word[k], text);
}

static int node_named(struct reader *r, int k) {
    int node = k < r->words ? names_find(&r->nodes, r->word[k]) : -1;
    if (node < 0) {
        wrong(r, arena_format(r->arena, "there is no node \"%s\"", k < r->words ? r->word[k] : ""),
              "nodes are junctions, reservoirs and tanks");
    }
    return node;
}

static struct network_node *new_node(struct reader *r, int role, double elevation_m) {
    struct network_node *node = network_add_node(r->e->network, r->word[0]);
    if (!node) {
        return NULL;
    }
    node->role = role;
    node->place = r->place;
    node->elevation_m = elevation_m;
    if (!names_add(&r->nodes, node->name, r->e->network->nodes_count - 1)) {
        wrong(r, "another node has this name", "each node has its own");
    }
    return node;
}

static void add_demand(struct reader *r, int node, double base_value, const char *pattern) {
    struct epanet *e = r->e;
    if (base_value == 0.0 || node < 0 || e->demands_count >= PER_FILE_MAX) {
        return;
    }
    const char *name = pattern ? pattern : r->default_pattern;
    int index = name ? names_find(&r->patterns, name) : -1;
    if (pattern && index < 0) {
        wrong(r, arena_format(r->arena, "there is no pattern \"%s\"", pattern), "see [PATTERNS]");
    }
    e->demands[e->demands_count++] =
        (struct epanet_demand){node, index, base_value * r->units->flow_kg_s * r->multiplier_ratio};
}

static void junction(struct reader *r) {
    (void)new_node(r, NODE_CONSUMER, number(r, 1, 0.0) * length_m(r));
}
static void junction_demand(struct reader *r) {
    add_demand(r, names_find(&r->nodes, r->word[0]), number(r, 2, 0.0),
               r->words > 3 ? r->word[3] : NULL);
}
static void reservoir(struct reader *r) {
    struct network_node *node = new_node(r, NODE_PRODUCER, number(r, 1, NAN) * length_m(r));
    if (node) {
        node->pressure_kpa = 0.0; /* its free surface */
    }
    if (r->words > 2) {
        wrong(r, "a pattern of its head is not read", "give it a constant head");
    }
}
static void tank(struct reader *r) {
    double unit_m = length_m(r);
    struct network_node *node = new_node(r, NODE_TANK, number(r, 1, NAN) * unit_m);
    if (!node) {
        return;
    }
    node->level_m = number(r, 2, NAN) * unit_m;
    node->level_min_m = number(r, 3, NAN) * unit_m;
    node->level_max_m = number(r, 4, NAN) * unit_m;
    node->diameter_m = number(r, 5, NAN) * unit_m;
    if (r->words > 7 && !same(r->word[7], "*") && !same(r->word[7], "NO")) {
        wrong(r, "a volume curve is not read", "give the tank a diameter");
    }
}

static struct network_link *new_link(struct reader *r, int kind) {
    int from = node_named(r, 1), to = node_named(r, 2);
    if (from < 0 || to < 0) {
        return NULL;
    }
    struct network_link *link = network_add_link(r->e->network, r->word[0], from, to);
    if (!link) {
        return NULL;
    }
    link->kind = kind;
    link->place = r->place;
    if (!names_add(&r->links, link->name, r->e->network->links_count - 1)) {
        wrong(r, "another link has this name", "each link has its own");
    }
    return link;
}

static void set_status(struct reader *r, struct network_link *link, const char *word) {
    if (same(word, "CLOSED")) {
        link->state = LINK_CLOSED;
    } else if (same(word, "CV")) {
        link->state = LINK_CHECK;
    } else if (same(word, "OPEN")) {
        link->state = LINK_OPEN;
        link->zeta_ratio = link->kind == LINK_VALVE ? link->return_zeta_ratio : link->zeta_ratio;
    } else if (link->kind == LINK_PUMP && text_number(word, strlen(word), &link->speed_ratio)) {
        link->state = LINK_OPEN;
    } else {
        wrong(r, "this status is not known", "OPEN, CLOSED, CV, or the speed of a pump");
    }
}

static void pipe(struct reader *r) {
    struct network_link *link = new_link(r, LINK_PIPE);
    if (!link) {
        return;
    }
    link->length_m = number(r, 3, NAN) * length_m(r);
    link->inner_m = number(r, 4, NAN) * (r->units->us ? inch_m : 0.001);
    double rough = number(r, 5, NAN);
    link->hazen_ratio = rough;
    link->roughness_m = rough * (r->units->us ? 0.001 * foot_m : 0.001);
    link->zeta_ratio = number(r, 6, 0.0);
    if (r->words > 7) {
        set_status(r, link, r->word[7]);
    }
}

/* One point: shut-off at 4/3 of its head, nothing at twice its flow. Three: a power through them. */
static void pump_curve(struct reader *r, struct network_link *link, const struct curve_points *c) {
    double kpa = density_kg_m3 * 9.80665 / 1000.0 * length_m(r);
    double m3_s = r->units->flow_kg_s / density_kg_m3;
    double h0 = c->y[0], h1 = c->y[1], h2 = c->y[2], q1 = c->x[1], q2 = c->x[2];
    if (c->count == 1) {
        h0 = 4.0 / 3.0 * c->y[0];
        h1 = c->y[0];
        h2 = 0.0;
        q1 = c->x[0];
        q2 = 2.0 * c->x[0];
    }
    if (c->count == 2 || !(h0 > h1 && h1 > h2 && q2 > q1 && q1 > 0.0)) {
        wrong(r, "its head curve is not read",
              "one point, or three of which the first has no flow");
        return;
    }
    double n = log((h0 - h2) / (h0 - h1)) / log(q2 / q1);
    link->lift_kpa = h0 * kpa;
    link->lift_power_ratio = n;
    link->lift_slope_ratio = (h0 - h1) * kpa / pow(q1 * m3_s, n);
    link->lift_max_m3_s = pow(h0 * kpa / link->lift_slope_ratio, 1.0 / n);
}

static void pump(struct reader *r) {
    struct network_link *link = new_link(r, LINK_PUMP);
    for (int k = 3; link && k + 1 < r->words; k += 2) {
        int curve = is_word(r, k, "HEAD") ? names_find(&r->curves, r->word[k + 1]) : -1;
        if (curve >= 0) {
            pump_curve(r, link, &r->curve[curve]);
        } else if (is_word(r, k, "SPEED")) {
            link->speed_ratio = number(r, k + 1, 1.0);
        } else {
            wrong(r, "this kind of pump is not read", "HEAD and the name of a curve, SPEED");
        }
    }
}

/* What EPANET's other valves do that no coefficient says, and what can stand for each where it is known what it does. */
static const struct other_valve {
    const char *kind, *what, *remedy;
} other_valves[] = {
    {"PRV", "a pressure reducing valve (PRV) holds the pressure behind it, which is not solved",
     "divide the network there: a demand of its flow before it, a reservoir of its head behind; "
     "where it stands open, a TCV with its minor loss"},
    {"PSV", "a pressure sustaining valve (PSV) holds the pressure before it, which is not solved",
     "divide the network there: a reservoir of its head before it, its flow as a negative demand "
     "behind; where it stands open, a TCV with its minor loss"},
    {"FCV", "a flow control valve (FCV) limits the flow, which is not solved",
     "divide the network there: its flow as a demand before it and a negative one behind; where "
     "it does not limit, a TCV with its minor loss"},
    {"PBV", "a pressure breaker valve (PBV) loses a fixed pressure whatever flows, which is not "
            "solved",
     "a TCV with the coefficient that loses it at the flow"},
    {"GPV", "a general purpose valve (GPV) loses by a curve, which is not read",
     "a TCV with the coefficient that loses as much at the flow"},
};

static void other_valve(struct reader *r) {
    for (int k = 0; k < COUNT(other_valves); k++) {
        if (is_word(r, 4, other_valves[k].kind)) {
            wrong(r, other_valves[k].what, other_valves[k].remedy);
            return;
        }
    }
    wrong(r, "this kind of valve is not known", "TCV: a throttle valve by its loss coefficient");
}

/* Open, a throttle valve loses what its fitting loses; a single line has no return to keep that for. */
static void valve(struct reader *r) {
    struct network_link *link = new_link(r, LINK_VALVE);
    if (!link) {
        return;
    }
    link->inner_m = number(r, 3, NAN) * (r->units->us ? inch_m : 0.001);
    if (!is_word(r, 4, "TCV")) {
        other_valve(r);
        return;
    }
    link->zeta_ratio = number(r, 5, 0.0);
    link->return_zeta_ratio = number(r, 6, 0.0);
}

static void pattern(struct reader *r) {
    int index = names_find(&r->patterns, r->word[0]);
    struct epanet_pattern *p = &r->e->patterns[index];
    for (int k = 1; k < r->words; k++) {
        if (p->count == p->capacity) {
            int larger = p->capacity ? 2 * p->capacity : 32;
            double *factor_ratio = ARENA_TAKE(r->arena, double, larger);
            if (!factor_ratio) {
                return;
            }
            for (int f = 0; f < p->count; f++) {
                factor_ratio[f] = p->factor_ratio[f];
            }
            p->factor_ratio = factor_ratio;
            p->capacity = larger;
        }
        p->factor_ratio[p->count++] = number(r, k, 1.0);
    }
}
static void pattern_name(struct reader *r) {
    if (names_find(&r->patterns, r->word[0]) < 0 && r->e->patterns_count < PER_FILE_MAX) {
        struct epanet_pattern *p = &r->e->patterns[r->e->patterns_count];
        p->name = arena_text(r->arena, r->word[0]);
        (void)names_add(&r->patterns, p->name, r->e->patterns_count++);
    }
}
static void curve(struct reader *r) {
    int index = names_find(&r->curves, r->word[0]);
    if (index < 0 && r->curves_count < PER_FILE_MAX) {
        index = r->curves_count++;
        r->curve[index].name = arena_text(r->arena, r->word[0]);
        (void)names_add(&r->curves, r->curve[index].name, index);
    }
    struct curve_points *c = &r->curve[index];
    if (c->count < 3) {
        c->x[c->count] = number(r, 1, NAN);
        c->y[c->count] = number(r, 2, NAN);
    }
    c->count++;
}

/* "1:30", "1.5", "90 MIN". */
static long seconds(struct reader *r, int k) {
    const char *text = k < r->words ? r->word[k] : "0", *colon = strchr(text, ':');
    double value = 0.0, minutes = 0.0, per_s = 3600.0;
    size_t size = colon ? (size_t)(colon - text) : strlen(text);
    if (!text_number(text, size, &value) ||
        (colon && !text_number(colon + 1, strcspn(colon + 1, ":"), &minutes))) {
        wrong(r, arena_format(r->arena, "\"%s\" is no time", text), "hours:minutes, or hours");
    }
    per_s = is_word(r, k + 1, "SEC")                                ? 1.0
            : is_word(r, k + 1, "MIN")                              ? 60.0
            : is_word(r, k + 1, "DAYS") || is_word(r, k + 1, "DAY") ? 86400.0
                                                                    : 3600.0;
    double all_s = value * per_s + minutes * 60.0;
    return all_s > 0.0 && all_s < 1e9 ? lround(all_s) : 0;
}

static void times(struct reader *r) {
    if (is_word(r, 0, "Duration")) {
        r->e->duration_s = seconds(r, 1);
    } else if (is_word(r, 0, "Hydraulic") && is_word(r, 1, "Timestep")) {
        r->e->step_s = seconds(r, 2);
    } else if (is_word(r, 0, "Pattern") && is_word(r, 1, "Timestep")) {
        r->e->pattern_step_s = seconds(r, 2);
    } else if (is_word(r, 0, "Pattern") && is_word(r, 1, "Start")) {
        r->e->pattern_start_s = seconds(r, 2);
    }
}

static void options(struct reader *r) {
    if (is_word(r, 0, "Units")) {
        for (int k = 0; k < COUNT(all_units); k++) {
            r->units = is_word(r, 1, all_units[k].name) ? &all_units[k] : r->units;
        }
    } else if (is_word(r, 0, "Headloss")) {
        r->e->network->settings.friction =
            is_word(r, 1, "D-W") ? FRICTION_SWAMEE_JAIN : FRICTION_HAZEN;
        if (is_word(r, 1, "C-M")) {
            wrong(r, "Chezy-Manning is not read", "H-W or D-W");
        }
    } else if (is_word(r, 0, "Pattern") && r->words > 1) {
        r->default_pattern = arena_text(r->arena, r->word[1]);
    } else if (is_word(r, 0, "Demand") && is_word(r, 1, "Multiplier")) {
        r->multiplier_ratio = number(r, 2, 1.0);
    }
}

/* LINK 9 OPEN IF NODE 2 BELOW 110; LINK 9 CLOSED AT TIME 5 */
static void control(struct reader *r) {
    int link = r->words > 1 ? names_find(&r->links, r->word[1]) : -1;
    bool opens = is_word(r, 2, "OPEN"), closes = is_word(r, 2, "CLOSED");
    struct epanet *e = r->e;
    if (link < 0 || (!opens && !closes) || e->controls_count >= PER_FILE_MAX) {
        wrong(r, "this control is not read",
              "LINK name OPEN or CLOSED IF NODE name ABOVE or BELOW x");
        return;
    }
    if (opens && e->network->links[link].kind == LINK_VALVE) {
        wrong(r, "a control that opens a valve fully is not read",
              "give the valve its minor loss as its setting, and close it by [STATUS]");
    }
    struct epanet_control c = {link, -1, opens, is_word(r, 6, "ABOVE"), 0.0, -1};
    if (is_word(r, 3, "AT") && is_word(r, 4, "TIME")) {
        c.at_s = seconds(r, 5);
    } else if (is_word(r, 3, "IF") && is_word(r, 4, "NODE")) {
        c.node = node_named(r, 5);
        c.level_m = number(r, 7, NAN) * length_m(r);
        if (c.node >= 0 && e->network->nodes[c.node].role != NODE_TANK) {
            wrong(r, "its node is no tank", "controls look at tank levels");
        }
    } else {
        wrong(r, "this control is not read", "IF NODE ..., or AT TIME ...");
    }
    e->controls[e->controls_count++] = c;
}

static void status(struct reader *r) {
    int link = names_find(&r->links, r->word[0]);
    if (link < 0 || r->words < 2) {
        wrong(r, "there is no such link", "see [PIPES], [PUMPS], [VALVES]");
        return;
    }
    set_status(r, &r->e->network->links[link], r->word[1]);
}

static void demand(struct reader *r) {
    int node = node_named(r, 0), kept = 0;
    struct epanet *e = r->e;
    /* the first line here replaces the demand of [JUNCTIONS] */
    bool again = node >= 0 && !names_add(&r->replaced, e->network->nodes[node].name, node);
    for (int k = 0; node >= 0 && !again && k < e->demands_count; k++) {
        if (e->demands[k].node != node) {
            e->demands[kept++] = e->demands[k];
        }
    }
    if (node >= 0) {
        e->demands_count = again ? e->demands_count : kept;
        add_demand(r, node, number(r, 1, 0.0), r->words > 2 ? r->word[2] : NULL);
    }
}

static void coordinates(struct reader *r) {
    int node = names_find(&r->nodes, r->word[0]);
    if (node >= 0) {
        struct network_node *n = &r->e->network->nodes[node];
        n->x = number(r, 1, 0.0);
        n->y = number(r, 2, 0.0);
        n->located = true;
    }
}
static void refused(struct reader *r) {
    wrong(r, "this section is not read", "take it out, or ask EPANET itself");
}

/* The sections in the order in which they are taken: names before what uses them. */
static const struct section {
    const char *name;
    void (*line)(struct reader *r);
} sections[] = {{"OPTIONS", options},
                {"TIMES", times},
                {"PATTERNS", pattern_name},
                {"PATTERNS", pattern},
                {"CURVES", curve},
                {"JUNCTIONS", junction},
                {"RESERVOIRS", reservoir},
                {"TANKS", tank},
                {"JUNCTIONS", junction_demand},
                {"DEMANDS", demand},
                {"PIPES", pipe},
                {"PUMPS", pump},
                {"VALVES", valve},
                {"STATUS", status},
                {"CONTROLS", control},
                {"COORDINATES", coordinates},
                {"RULES", refused},
                {"EMITTERS", refused}};

/* Splits a line into words in place of a copy; what follows ";" is a comment. */
static void split(struct reader *r, const char *line, size_t size) {
    const char *end = memchr(line, ';', size);
    char *copy = arena_text_n(r->arena, line, end ? (size_t)(end - line) : size);
    r->words = 0;
    for (char *c = copy; c && *c && r->words < WORDS_ON_LINE;) {
        c += strspn(c, " \t\r");
        if (!*c) {
            break;
        }
        r->word[r->words++] = c;
        c += strcspn(c, " \t\r");
        if (*c) {
            *c++ = '\0';
        }
    }
}

static void take_section(struct reader *r, const char *text, size_t size,
                         const struct section *section) {
    bool inside = false;
    r->place.line = 0;
    for (size_t at = 0; at < size;) {
        const char *newline = memchr(text + at, '\n', size - at);
        size_t length = newline ? (size_t)(newline - text) - at : size - at;
        r->place.line++;
        split(r, text + at, length);
        if (r->words > 0 && r->word[0][0] == '[') {
            size_t name = strlen(section->name);
            inside = strncmp(r->word[0] + 1, section->name, name < 4 ? name : 4) == 0;
        } else if (inside && r->words > 0) {
            section->line(r);
        }
        at += length + 1;
    }
}

enum status epanet_parse(struct arena *arena, struct diag *diag, const char *file, const char *text,
                         size_t size, struct epanet *ret) {
    struct reader r = {.arena = arena,
                       .diag = diag,
                       .e = ret,
                       .place = {file, 0, 1},
                       .units = &all_units[0],
                       .multiplier_ratio = 1.0};
    *ret = (struct epanet){
        .network = network_new(arena, file), .step_s = 3600, .pattern_step_s = 3600};
    ret->patterns = ARENA_TAKE(arena, struct epanet_pattern, PER_FILE_MAX);
    ret->demands = ARENA_TAKE(arena, struct epanet_demand, PER_FILE_MAX);
    ret->controls = ARENA_TAKE(arena, struct epanet_control, PER_FILE_MAX);
    r.curve = ARENA_TAKE(arena, struct curve_points, PER_FILE_MAX);
    if (!ret->network || arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    diag_file(diag, file, text, size);
    struct network_settings *s = &ret->network->settings;
    s->lines = LINES_SINGLE;
    s->coordinates = UNITS_METRES;
    s->friction = FRICTION_HAZEN;
    s->density_kg_m3 = density_kg_m3;
    s->viscosity_kpas = 1.1e-5 * foot_m * foot_m * density_kg_m3 / 1000.0;
    s->heat_kj_kgk = 4.186;
    s->supply_c = s->return_c = s->ground_c = 15.0;
    names_init(&r.nodes, arena);
    names_init(&r.links, arena);
    names_init(&r.patterns, arena);
    names_init(&r.curves, arena);
    names_init(&r.replaced, arena);
    r.default_pattern = "1";
    for (int k = 0; k < COUNT(sections); k++) {
        take_section(&r, text, size, &sections[k]);
    }
    for (int n = 0; n < ret->network->nodes_count; n++) {
        struct network_node *node = &ret->network->nodes[n];
        node->flow_kg_s = node->role == NODE_CONSUMER ? 0.0 : node->flow_kg_s;
    }
    for (int k = 0; k < ret->demands_count; k++) {
        const struct epanet_demand *d = &ret->demands[k];
        const struct epanet_pattern *p = d->pattern >= 0 ? &ret->patterns[d->pattern] : NULL;
        ret->network->nodes[d->node].flow_kg_s +=
            d->base_kg_s * (p && p->count > 0 ? p->factor_ratio[0] : 1.0);
    }
    if (ret->step_s <= 0 || ret->pattern_step_s <= 0) {
        diag_error(diag, (struct place){file, 0, 0}, "a time step is not longer than nothing");
        diag_remedy(diag, "see [TIMES]");
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    return diag_errors(diag) > 0 ? STATUS_BAD_SCENARIO : STATUS_OK;
}
