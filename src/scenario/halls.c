/* A data hall as it is meant: what its type stands for is filled in, what was measured and what its racks draw is held
   against what is installed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "components/data_hall.h"
#include "scenario/reading.h"

/* What a type of facility or a class of racks stands for, where it is not given. */
static void preset_hall(struct reading *r, int i) {
    struct instance *hall = &r->s->instances[i];
    int count = hall->kind->params_count;
    bool *given = ARENA_TAKE(r->arena, bool, count), *set = ARENA_TAKE(r->arena, bool, count);
    if (!given || !set) {
        return;
    }
    for (int k = 0; k < count; k++) {
        given[k] = hall->given[k] != GIVEN_DEFAULT;
    }
    data_hall_preset(hall->self, given, set);
    for (int k = 0; k < count; k++) {
        hall->given[k] = set[k] ? GIVEN_DERIVED : hall->given[k];
    }
}

/* No measured step may draw more than what is installed. */
static void check_measured(struct reading *r, int i) {
    const struct instance *hall = &r->s->instances[i];
    const struct param *param = component_param(hall->kind, "measured_kw");
    const struct input *measured =
        (const struct input *)(const void *)((const char *)hall->self + param->offset);
    double it_kw = component_number(hall->kind, hall->self, "it_kw", HUGE_VAL), most_kw = 0.0;
    int steps = measured->by_step        ? calendar_steps(&r->s->calendar)
                : isnan(measured->value) ? 0
                                         : 1;
    for (int t = 0; t < steps; t++) {
        most_kw = fmax(most_kw, input_at(measured, t));
    }
    if (most_kw > it_kw) {
        char found[TEXT_NUMBER_SIZE], installed[TEXT_NUMBER_SIZE];
        (void)text_from_number(found, most_kw);
        (void)text_from_number(installed, it_kw);
        diag_error(r->diag, hall->given_place[param - hall->kind->params],
                   "measured_kw: reaches %s kW where it_kw installs %s", found, installed);
        diag_remedy(r->diag, "raise it_kw to %s, or correct the unit of the column", found);
    }
}

/* Racks denser or thinner than their class are another class. */
static void check_racks(struct reading *r, int i) {
    const struct instance *hall = &r->s->instances[i];
    long k = component_param(hall->kind, "rack_kw") - hall->kind->params;
    double low_kw = 0.0, high_kw = 0.0;
    double rack_kw = component_number(hall->kind, hall->self, "rack_kw", 0.0);
    if (data_hall_rack_limits(hall->self, &low_kw, &high_kw) &&
        (rack_kw < low_kw || rack_kw > high_kw)) {
        char found[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
        (void)text_from_number(found, rack_kw);
        (void)text_from_number(low, low_kw);
        (void)text_from_number(high, high_kw);
        diag_error(r->diag, hall->given[k] == GIVEN_SCENARIO ? hall->given_place[k] : hall->place,
                   "rack_kw: %s is outside its rack_class, %s..%s", found, low, high);
        diag_remedy(r->diag, "remove rack_class, or give rack_kw within the class");
    }
}

/* How much IT stands is a roadmap's to choose, and only up to what is needed. */
static void check_choice(struct reading *r, int i) {
    const struct instance *hall = &r->s->instances[i];
    const struct param *param = component_param(hall->kind, "it_kw");
    struct hall_servers servers;
    data_hall_servers(hall->self, &servers);
    bool sane = hall->capacity.max >= param->min && hall->capacity.max <= param->max;
    if (hall->capacity.chosen && (servers.refresh != HALL_REFRESH_WORK || !sane)) {
        diag_error(r->diag, hall->place, "it_kw: how much IT there is can not be chosen here");
        diag_remedy(r->diag, "write a number, and  refresh: work  where a roadmap may do its work "
                             "with fewer kW");
    }
}

void hall_settle(struct reading *r, int i) {
    preset_hall(r, i);
    check_choice(r, i);
    check_measured(r, i);
    check_racks(r, i);
}

void hall_check_cooling(struct reading *r, const struct hall *hall) {
    const struct instance *it = &r->s->instances[hall->instance];
    const struct instance *cooling = hall->cooling >= 0 ? &r->s->instances[hall->cooling] : NULL;
    double rack_kw = component_number(it->kind, it->self, "rack_kw", 0.0);
    double most_kw = cooling
                         ? component_number(cooling->kind, cooling->self, "rack_max_kw", HUGE_VAL)
                         : HUGE_VAL;
    if (cooling && rack_kw > most_kw) {
        char found[TEXT_NUMBER_SIZE], most[TEXT_NUMBER_SIZE];
        (void)text_from_number(found, rack_kw);
        (void)text_from_number(most, most_kw);
        diag_error(r->diag, cooling->place, "cooling: racks of %s kW are more than %s cools, %s kW",
                   found, cooling->kind->name, most);
        diag_remedy(r->diag, "choose a cooling that takes the heat in liquid, or thinner racks");
    }
}
