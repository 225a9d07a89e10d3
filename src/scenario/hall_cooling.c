/* What cools a hall: its kind and what it is made for, what cools the rest of the heat, where heat is taken off. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "components/cooling_air.h"
#include "scenario/keys.h"
#include "scenario/reading.h"

static void copy_cases(struct scenario *s, int from, int to) {
    memcpy(s->instances[to].in_case, s->instances[from].in_case, sizeof s->instances[to].in_case);
}

/* Every kind that takes heat from a hall. */
static const char *cooling_kinds(struct reading *r) {
    struct text_buffer list;
    text_buffer_init(&list, r->arena);
    for (int k = 0; k < component_count(); k++) {
        const struct component *kind = component_at(k);
        int in = component_port(kind, "heat_in");
        if (in >= 0 && kind->ports[in].side == SIDE_HALL) {
            text_add_format(&list, "%s%s", list.size ? ", " : "", kind->name);
        }
    }
    return list.data ? list.data : "";
}

/* key: cooling, or room_cooling where the scenario gives the rest of the heat its own. */
static int add_cooling(struct reading *r, struct hall *hall, const struct node *entry,
                       const char *key, const char *kind, const char *suffix) {
    static const char *const extra[] = {"kind"};
    const struct node *cooling = document_find(entry, key), *params = NULL;
    if (cooling && cooling->kind == NODE_SCALAR) {
        kind = cooling->text;
    } else if (cooling && cooling->kind == NODE_MAP) {
        kind = reading_text(r, cooling, "kind", kind);
        params = cooling;
    } else if (cooling) {
        reading_wrong_kind(r, cooling, key, "a kind of cooling", "dry_cooler");
        return -1;
    }
    int i = instance_add(r, arena_format(r->arena, "%s%s", hall->name, suffix), kind,
                         cooling ? cooling->place : entry->place);
    if (i < 0) {
        return -1;
    }
    struct instance *instance = &r->s->instances[i];
    int in = component_port(instance->kind, "heat_in");
    if (in < 0 || instance->kind->ports[in].side != SIDE_HALL) {
        diag_error(r->diag, cooling ? cooling->place : entry->place, "%s does not cool a data hall",
                   kind);
        diag_remedy(r->diag, "%s is %s", key, cooling_kinds(r));
        return -1;
    }
    instance->owner = PARTY_OPERATOR;
    instance_params(r, i, params, key, false, extra, COUNT(extra));
    if (!instance->capacity.chosen && !isfinite(instance->capacity.fixed)) {
        instance_choose(r, i, HUGE_VAL);
    }
    instance->hall = (int)(hall - r->s->halls);
    copy_cases(r->s, hall->instance, i);
    instance->in_case[CASE_TODAY] = false;
    return i;
}

/* What the coolant that comes back gives behind the exchanger, or the coil where it is air. */
static double warmest_c(const struct reading *r, const struct hall *hall,
                        const struct instance *exchanger) {
    const struct instance *it = &r->s->instances[hall->instance];
    const struct cooling *cooling = r->s->instances[hall->cooling].kind->cooling;
    double coolant_c = component_number(it->kind, it->self, "coolant_c", 100.0);
    return cooling && cooling->air
               ? cooling_air_take_off_c(coolant_c)
               : coolant_c - component_number(exchanger->kind, exchanger->self, "approach_dk", 3.0);
}

/* Is it enough for what is to be handed over? */
static void check_return(struct reading *r, const struct hall *hall, struct instance *exchanger,
                         const struct node *recovery, double supply_c, int errors) {
    const struct instance *it = &r->s->instances[hall->instance];
    const struct cooling *cooling = r->s->instances[hall->cooling].kind->cooling;
    double coolant_c = component_number(it->kind, it->self, "coolant_c", 100.0),
           most_c = warmest_c(r, hall, exchanger);
    bool air = cooling && cooling->air;
    if (air) {
        instance_set(r, (int)(exchanger - r->s->instances), "approach_dk", coolant_c - most_c);
    }
    if (diag_errors(r->diag) != errors || supply_c <= most_c) {
        return;
    }
    char found[TEXT_NUMBER_SIZE], nearest[TEXT_NUMBER_SIZE], returned[TEXT_NUMBER_SIZE];
    (void)text_from_number(found, supply_c);
    (void)text_from_number(nearest, most_c);
    (void)text_from_number(returned, coolant_c);
    diag_error(r->diag, recovery->place,
               "heat_recovery: the %s at %s degC; behind its %s (%d K) it cannot give %s degC "
               "without a compressor",
               air ? "hall's air returns" : "coolant returns", returned, air ? "coil" : "exchanger",
               (int)(coolant_c - most_c), found);
    diag_remedy(r->diag,
                "lower temperature_c to %s, raise coolant_c, or lift the heat: a heat_pump, or "
                "from: condenser_water of chillers",
                nearest);
}

static void add_recovery(struct reading *r, struct hall *hall, const struct node *recovery) {
    struct scenario *s = r->s;
    int errors = diag_errors(r->diag);
    if (!reading_section(r, recovery, "heat_recovery")) {
        return;
    }
    bool condenser = reading_key_word(r, recovery, "heat_recovery", "from") == 0;
    double supply_c = reading_key_value(r, recovery, "heat_recovery", "temperature_c");
    bool follows = !document_find(recovery, "temperature_c");
    if (condenser && follows) {
        diag_error(r->diag, recovery->place, "heat_recovery: temperature_c is missing");
        diag_remedy(r->diag, "say how warm the condenser's water is handed over: add  "
                             "temperature_c: NUMBER");
        return;
    }
    double dt_dk = reading_key_value(r, recovery, "heat_recovery", "dt_dk");
    double max_kw = reading_key_value(r, recovery, "heat_recovery", "max_kw");
    int i = instance_add(r, arena_format(r->arena, "%s_recovery", hall->name), "heat_exchanger",
                         recovery->place);
    if (i < 0) {
        return;
    }
    struct instance *exchanger = &s->instances[i];
    exchanger->owner = PARTY_OPERATOR;
    exchanger->hall = (int)(hall - s->halls);
    hall->recovery_follows = follows;
    supply_c = follows ? warmest_c(r, hall, exchanger) : supply_c;
    instance_set(r, i, "declared_supply_c", supply_c);
    instance_set(r, i, "declared_dt_dk", dt_dk);
    instance_choose(r, i, max_kw);
    hall->recovery = i;
    copy_cases(s, hall->instance, i);
    exchanger->in_case[CASE_TODAY] = exchanger->in_case[CASE_APART] = false;
    int out = component_port(exchanger->kind, "heat_out"),
        in = component_port(exchanger->kind, "heat_in");
    exchanger->port_bus[out] =
        bus_add(r, arena_format(r->arena, "%s.recovery", hall->name), CARRIER_HEAT);
    if (!condenser) {
        check_return(r, hall, exchanger, recovery, supply_c, errors);
        exchanger->port_bus[in] = bus_find(s, arena_format(r->arena, "%s.coolant", hall->name));
        return;
    }
    struct instance *cooling = &s->instances[hall->cooling];
    int take_off = component_port(cooling->kind, "heat_out");
    if (take_off < 0) {
        diag_error(r->diag, recovery->place, "heat_recovery: %s has no condenser to take heat from",
                   cooling->kind->name);
        diag_remedy(r->diag, "write  from: coolant_return");
        return;
    }
    double approach_dk = component_number(exchanger->kind, exchanger->self, "approach_dk", 3.0);
    instance_set(r, i, "approach_dk", 1.0); /* between two water loops of one plant room */
    approach_dk = fmin(approach_dk, 1.0);
    instance_set(r, hall->cooling, "take_off_c", supply_c + approach_dk);
    instance_set(r, hall->cooling, "take_off_dt_dk", dt_dk);
    int bus = bus_add(r, arena_format(r->arena, "%s.condenser", hall->name), CARRIER_HEAT);
    cooling->port_bus[take_off] = exchanger->port_bus[in] = bus;
}

/* ---- what a kind is made for ----------------------------------------------------------------- */
static bool is_given(const struct instance *hall, const char *key) {
    return hall->given[component_param(hall->kind, key) - hall->kind->params] != GIVEN_DEFAULT;
}

static void suit(struct reading *r, const struct hall *hall, const char *key, double value) {
    const struct instance *it = &r->s->instances[hall->instance];
    if (!is_given(it, key) &&
        fabs(component_number(it->kind, it->self, key, value) - value) > 1e-9) {
        instance_set(r, hall->instance, key, value);
    }
}

/* supply_c says by its cold side how warm the coolant is. */
static void set_supply(struct reading *r, const struct hall *hall) {
    const struct instance *it = &r->s->instances[hall->instance];
    if (!is_given(it, "supply_c")) {
        return;
    }
    const struct param *warm = component_param(it->kind, "coolant_c"),
                       *cold = component_param(it->kind, "supply_c");
    double supply_c = component_number(it->kind, it->self, "supply_c", (double)NAN),
           coolant_c = supply_c + component_number(it->kind, it->self, "coolant_dt_dk", 8.0);
    struct place place = it->given_place[cold - it->kind->params];
    if (isnan(supply_c)) {
        return; /* not understood, and told */
    }
    if (it->given[warm - it->kind->params] == GIVEN_SCENARIO) {
        diag_error(r->diag, place,
                   "supply_c stands beside coolant_c: one of them says how warm "
                   "the coolant is");
        diag_remedy(r->diag, "remove one of them; coolant_dt_dk lies between them");
    } else if (!(coolant_c >= warm->min && coolant_c <= warm->max)) {
        char found[TEXT_NUMBER_SIZE];
        (void)text_from_number(found, coolant_c);
        diag_error(r->diag, place,
                   "supply_c: the coolant would come back at %s degC, outside %d..%d", found,
                   (int)warm->min, (int)warm->max);
        diag_remedy(r->diag, "change supply_c or coolant_dt_dk");
    } else {
        instance_set(r, hall->instance, "coolant_c", coolant_c);
    }
}

/* The hall's coolant, where the scenario does not say: what the kind is made for. Servers draw more in warmer air and chips
   in warmer coolant, so the hall is told what they get. */
static void suit_hall(struct reading *r, const struct hall *hall, const struct cooling *cooling) {
    const struct instance *it = &r->s->instances[hall->instance];
    if (!is_given(it, "coolant_c")) {
        suit(r, hall, "coolant_dt_dk", cooling->coolant_dt_dk);
        suit(r, hall, "coolant_c", cooling->coolant_c);
    }
    set_supply(r, hall);
    suit(r, hall, "capture_frac", cooling->capture_frac);
    double cold_c = component_number(it->kind, it->self, "coolant_c", 24.0) -
                    component_number(it->kind, it->self, "coolant_dt_dk", 8.0);
    if (cooling->at_chip) {
        suit(r, hall, "liquid_frac", component_number(it->kind, it->self, "capture_frac", 1.0));
    }
    if (cooling->air) {
        suit(r, hall, "inlet_c", fmin(45.0, fmax(10.0, cold_c)));
    }
}

static void add_room_cooling(struct reading *r, struct hall *hall, const struct node *entry) {
    struct scenario *s = r->s;
    const struct component *kind = s->instances[hall->cooling].kind;
    const char *room_kind = kind->cooling ? kind->cooling->room : NULL;
    bool own = room_kind || document_find(entry, "room_cooling");
    int room = bus_add(r, arena_format(r->arena, "%s.room", hall->name), CARRIER_HEAT);
    struct instance *it = &s->instances[hall->instance];
    it->port_bus[component_port(it->kind, "room_heat_out")] = room;
    hall->room_cooling = add_cooling(r, hall, entry, own ? "room_cooling" : "cooling",
                                     room_kind ? room_kind : kind->name, "_room_cooling");
    if (hall->room_cooling < 0) {
        return;
    }
    struct instance *cooling = &s->instances[hall->room_cooling];
    const struct cooling *made_for = cooling->kind->cooling;
    cooling->port_bus[component_port(cooling->kind, "heat_in")] = room;
    if (own && made_for && made_for->air && !is_given(it, "room_c")) {
        suit(r, hall, "room_dt_dk", made_for->coolant_dt_dk);
        suit(r, hall, "room_c", made_for->coolant_c);
    }
}

void hall_cool(struct reading *r, struct hall *hall, const struct node *entry) {
    struct scenario *s = r->s;
    struct instance *it = &s->instances[hall->instance];
    int bus = bus_add(r, arena_format(r->arena, "%s.coolant", hall->name), CARRIER_HEAT);
    it->port_bus[component_port(it->kind, "heat_out")] = bus;
    hall->cooling = add_cooling(r, hall, entry, "cooling", "chilled_water_economiser", "_cooling");
    const struct node *room = document_find(entry, "room_cooling");
    if (hall->cooling >= 0) {
        struct instance *cooling = &s->instances[hall->cooling];
        cooling->port_bus[component_port(cooling->kind, "heat_in")] = bus;
        if (cooling->kind->cooling) {
            suit_hall(r, hall, cooling->kind->cooling);
        } else {
            set_supply(r, hall);
        }
        if (component_number(it->kind, it->self, "capture_frac", 1.0) < 1.0) {
            add_room_cooling(r, hall, entry);
        } else if (room) {
            diag_error(r->diag, room->place, "room_cooling: all heat leaves with the coolant");
            diag_remedy(r->diag, "give capture_frac below 1, or remove room_cooling");
        }
    }
    const struct node *recovery = document_find(entry, "heat_recovery");
    if (recovery && hall->cooling >= 0) {
        add_recovery(r, hall, recovery);
    }
}

/* ---- can it be done in this weather? --------------------------------------------------------- */
static int takers(const struct scenario *s, int bus) {
    int count = 0;
    for (int i = 0; i < s->instances_count; i++) {
        const struct component *kind = s->instances[i].kind;
        int in = component_port(kind, "heat_in");
        count +=
            in >= 0 && kind->ports[in].side == SIDE_HALL && s->instances[i].port_bus[in] == bus;
    }
    return count;
}

static const char *when(struct reading *r, const struct hours *hours, int step) {
    char stamp[32];
    if (step >= hours->horizon_count) {
        return "on a design day";
    }
    calendar_stamp(&r->s->calendar, step, stamp);
    return arena_format(r->arena, "at %s", stamp);
}

static void refuse(struct reading *r, const struct hours *hours, const struct instance *cooling,
                   const struct cooling_refusal *refusal) {
    char asked[40], nearest[40];
    (void)text_from_number_fixed(asked, sizeof asked, refusal->asked_c, 1);
    diag_error(r->diag, cooling->place, "%s: a %s cannot supply %s degC %s%s: %s", cooling->name,
               cooling->kind->name, asked, when(r, hours, refusal->step),
               refusal->count > 1
                   ? arena_format(r->arena, " (and in %d more steps)", refusal->count - 1)
                   : "",
               cooling_stop_words(refusal->stop));
    bool known = !isnan(refusal->nearest_c);
    (void)text_from_number_fixed(nearest, sizeof nearest, known ? refusal->nearest_c : 0.0, 1);
    if (refusal->stop == COOLING_CLASS) {
        diag_remedy(r->diag,
                    "supply at most %s degC (coolant_c less coolant_dt_dk), or name the class "
                    "of warmer equipment",
                    nearest);
    } else if (known) {
        diag_remedy(r->diag,
                    "the nearest that it can in all hours is %s degC: raise coolant_c, or give "
                    "it a compressor for the hot hours (trim, backup)",
                    nearest);
    } else {
        diag_remedy(r->diag,
                    "give it a compressor for such hours (trim, backup), or a class that bears "
                    "the air");
    }
}

void hall_check_weather(struct reading *r, struct hours *hours) {
    struct scenario *s = r->s;
    for (int h = 0; h < s->halls_count; h++) {
        const int which[] = {s->halls[h].cooling, s->halls[h].room_cooling};
        for (int k = 0; k < COUNT(which); k++) {
            const struct instance *cooling = which[k] >= 0 ? &s->instances[which[k]] : NULL;
            int bus = cooling ? cooling->port_bus[COOLING_HEAT_IN] : -1;
            int setter = bus >= 0 ? s->buses[bus].temperature_instance : -1;
            double *warm_c = ARENA_TAKE(r->arena, double, hours->count),
                   *cold_c = ARENA_TAKE(r->arena, double, hours->count);
            if (!cooling || !cooling->kind->cooling || setter < 0 || takers(s, bus) > 1 ||
                !warm_c || !cold_c) {
                continue;
            }
            const struct instance *hall = &s->instances[setter];
            hall->kind->temperatures(hall->self, hours, s->buses[bus].temperature_port, warm_c,
                                     cold_c);
            struct hours seen = *hours;
            seen.port[COOLING_HEAT_IN] = (struct port_temperatures){warm_c, cold_c, NULL};
            struct cooling_refusal refusal;
            if (cooling_refused(cooling->kind, cooling->self, &seen, &refusal)) {
                refuse(r, hours, cooling, &refusal);
            }
        }
    }
}
