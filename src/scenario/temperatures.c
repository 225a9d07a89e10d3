/* Whether what is wired together fits: what arrives at users, what heat pumps lift, what engines run on. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "base/text.h"
#include "components/refrigerant.h"
#include "physics/orc.h"
#include "scenario/reading.h"

static const double *bus_supply_c(const struct scenario *s, struct hours *hours,
                                  struct arena *arena, int bus) {
    int setter = bus >= 0 ? s->buses[bus].temperature_instance : -1;
    double *supply_c = ARENA_TAKE(arena, double, hours->count),
           *return_c = ARENA_TAKE(arena, double, hours->count);
    if (setter < 0 || !supply_c || !return_c || !s->instances[setter].kind->temperatures) {
        return NULL;
    }
    for (int p = 0; p < PORTS_MAX; p++) {
        hours->wired[p] = s->instances[setter].port_bus[p] >= 0;
    }
    s->instances[setter].kind->temperatures(s->instances[setter].self, hours,
                                            s->buses[bus].temperature_port, supply_c, return_c);
    return supply_c;
}

static const char *tenths(struct reading *r, double value) {
    char buffer[40];
    (void)text_from_number_fixed(buffer, sizeof buffer, value, 1);
    return arena_text(r->arena, buffer);
}

static const char *hundredths(struct reading *r, double value) {
    char buffer[40];
    (void)text_from_number_fixed(buffer, sizeof buffer, value, 2);
    return arena_text(r->arena, buffer);
}

static void check_substation(struct reading *r, struct hours *hours,
                             const struct town_entry *town) {
    struct scenario *s = r->s;
    const struct instance *substation = &s->instances[town->substation];
    double approach_dk = component_number(substation->kind, substation->self, "approach_dk", 3.0);
    const double *arrives_c = bus_supply_c(s, hours, r->arena, bus_find(s, "town"));
    const double *needed_c = bus_supply_c(s, hours, r->arena, town->bus);
    double worst_dk = 1e-6;
    int worst = -1;
    for (int t = 0; arrives_c && needed_c && t < hours->horizon_count; t++) {
        double short_dk = needed_c[t] + approach_dk - arrives_c[t];
        if (short_dk > worst_dk) {
            worst_dk = short_dk;
            worst = t;
        }
    }
    if (worst >= 0) {
        char stamp[32];
        calendar_stamp(&s->calendar, worst, stamp);
        diag_error(
            r->diag, s->instances[s->network].place,
            "heat_network: at %s it brings %s degC, but %s needs %s and %s K for its exchanger",
            stamp, tenths(r, arrives_c[worst]), town->name, tenths(r, needed_c[worst]),
            tenths(r, approach_dk));
        diag_remedy(r->diag, "raise supply_c by %s K in that weather, or choose a lower emitter",
                    tenths(r, worst_dk));
    }
}

/* Does an exchanger join the same two buses? Then the heat pump may find nothing to do. */
static bool has_exchanger_beside(const struct scenario *s, int source, int sink) {
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *other = &s->instances[i];
        int in = component_port(other->kind, "heat_in");
        int out = component_port(other->kind, "heat_out");
        if (strcmp(other->kind->name, "heat_exchanger") == 0 && other->port_bus[in] == source &&
            other->port_bus[out] == sink) {
            return true;
        }
    }
    return false;
}

static void check_pump(struct reading *r, struct hours *hours, const struct instance *pump) {
    int in = component_port(pump->kind, "heat_in"), out = component_port(pump->kind, "heat_out");
    const double *source_c = bus_supply_c(r->s, hours, r->arena, pump->port_bus[in]);
    const double *sink_c = bus_supply_c(r->s, hours, r->arena, pump->port_bus[out]);
    double lift_dk = -1e9;
    for (int t = 0; source_c && sink_c && t < hours->horizon_count; t++) {
        lift_dk = fmax(lift_dk, sink_c[t] - source_c[t]);
    }
    bool idle = source_c && sink_c && lift_dk < 10.0;
    if (idle && pump->capacity.chosen &&
        has_exchanger_beside(r->s, pump->port_bus[in], pump->port_bus[out])) {
        reading_note(r, "%s: the source is never 10 K below the sink: there is nothing to lift.",
                     pump->name);
    } else if (idle) {
        diag_error(r->diag, pump->place,
                   "%s: the source is never 10 K below the sink: a heat pump has nothing to lift",
                   pump->name);
        diag_remedy(r->diag, "use a heat_exchanger instead");
    }
}

/* A refrigerant that never makes water as hot as it is wanted is refused; one that at times does not rests then. */
static void check_refrigerant(struct reading *r, struct hours *hours, const struct instance *pump) {
    int out = component_port(pump->kind, "heat_out"), missed = 0;
    const double *sink_c = bus_supply_c(r->s, hours, r->arena, pump->port_bus[out]);
    double hottest_c = -HUGE_VAL, coolest_c = HUGE_VAL;
    for (int t = 0; sink_c && t < hours->count; t++) {
        hottest_c = fmax(hottest_c, sink_c[t]);
        coolest_c = t < hours->horizon_count ? fmin(coolest_c, sink_c[t]) : coolest_c;
    }
    const struct refrigerant *of = refrigerant_of(pump->kind, pump->self, hottest_c);
    double most_c = refrigerant_supply_max_c(pump->kind, pump->self, hottest_c);
    if (!of || !sink_c) {
        return;
    }
    const char *limit = most_c < of->supply_max_c ? "its supply_max_c" : of->name;
    for (int t = 0; t < hours->horizon_count; t++) {
        missed += sink_c[t] > most_c;
    }
    if (missed == hours->horizon_count) {
        diag_error(
            r->diag, pump->place,
            "%s: %s makes water of %s degC at most, but %s degC are wanted at least: %s K short",
            pump->name, limit, tenths(r, most_c), tenths(r, coolest_c),
            tenths(r, coolest_c - most_c));
        diag_remedy(r->diag, "choose a refrigerant that goes hotter, or leave it out; or let what "
                             "it feeds be cooler");
    } else if (missed > 0) {
        reading_note(r, "%s: %s reaches %s °C and rests while up to %s °C are wanted.", pump->name,
                     limit, tenths(r, most_c), tenths(r, hottest_c));
    }
}

static double mean_of(const double *value, int count) {
    return value ? series_sum(value, count) / count : (double)NAN;
}

static bool lifts(const struct component *kind) {
    static const char *const kinds[] = {"heat_pump", "air_heat_pump", "booster_heat_pump",
                                        "heat_recovery_chiller"};
    for (int k = 0; k < COUNT(kinds); k++) {
        if (strcmp(kind->name, kinds[k]) == 0) {
            return true;
        }
    }
    return false;
}

/* A heat pump in front of an engine takes more power than the engine gives: said with both machines' arithmetic. */
static void refuse_loop(struct reading *r, struct hours *hours, const struct instance *engine,
                        const struct instance *pump, double hot_c, double engine_frac) {
    static const double pump_frac = 0.55; /* of the ideal: the upper end of what is observed */
    int in = component_port(pump->kind, "heat_in");
    double cool_c = mean_of(hours->outdoor_c, hours->horizon_count), source_c = cool_c;
    if (in >= 0) {
        source_c =
            mean_of(bus_supply_c(r->s, hours, r->arena, pump->port_bus[in]), hours->horizon_count);
    }
    double ratio = hot_c > source_c && hot_c > cool_c
                       ? orc_behind_heat_pump_ratio(source_c, hot_c, cool_c, pump_frac, engine_frac)
                       : (double)NAN;
    diag_error(r->diag, engine->place,
               "%s: it would run on heat that %s lifts with power: of a kWh that the heat pump "
               "takes, the engine gives back %s kWh",
               engine->name, pump->name,
               isnan(ratio) ? "less than one" : hundredths(r, fmin(ratio, 0.99)));
    diag_remedy(r->diag,
                "lift heat for those who need heat; let %s take the heat as it comes, or "
                "remove it",
                engine->name);
}

static void check_engine(struct reading *r, struct hours *hours, const struct instance *engine) {
    int bus = engine->port_bus[component_port(engine->kind, "heat_in")];
    double hot_c = mean_of(bus_supply_c(r->s, hours, r->arena, bus), hours->horizon_count);
    double frac = component_number(engine->kind, engine->self, "quality_frac", 0.0) *
                  (1.0 - component_number(engine->kind, engine->self, "own_frac", 0.0));
    for (int k = 0; k < r->s->instances_count; k++) {
        const struct instance *pump = &r->s->instances[k];
        int out = component_port(pump->kind, "heat_out");
        if (lifts(pump->kind) && bus >= 0 && pump->port_bus[out] == bus) {
            refuse_loop(r, hours, engine, pump, hot_c, frac);
            return;
        }
    }
    double cool_c = mean_of(hours->outdoor_c, hours->horizon_count) +
                    component_number(engine->kind, engine->self, "approach_dk", 0.0);
    if (hot_c > cool_c) {
        reading_note(
            r, "%s: of heat at %s °C it makes %s %% electricity; the rest goes into the air.",
            engine->name, tenths(r, hot_c), tenths(r, 100.0 * orc_gross_eff(hot_c, cool_c, frac)));
    }
}

void check_temperatures(struct reading *r) {
    struct hours *hours = NULL;
    struct scenario *s = r->s;
    if (scenario_hours(s, r->arena, &hours) != STATUS_OK) {
        return;
    }
    for (int k = 0; k < s->towns_count; k++) {
        /* whom pipes reach, and when, the simulation finds */
        if (s->towns[k].substation >= 0 && !s->pipes.text &&
            strcmp(s->instances[s->towns[k].substation].kind->name, "heat_exchanger") == 0 &&
            s->instances[s->towns[k].substation].in_case[CASE_TOGETHER]) {
            check_substation(r, hours, &s->towns[k]);
        }
    }
    for (int i = 0; i < s->instances_count; i++) {
        if (strcmp(s->instances[i].kind->name, "heat_pump") == 0) {
            check_pump(r, hours, &s->instances[i]);
            check_refrigerant(r, hours, &s->instances[i]);
        } else if (component_param(s->instances[i].kind, "refrigerant")) {
            check_refrigerant(r, hours, &s->instances[i]);
        } else if (strcmp(s->instances[i].kind->name, "orc") == 0) {
            check_engine(r, hours, &s->instances[i]);
        }
    }
    hall_check_weather(r, hours);
}
