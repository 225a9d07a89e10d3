/* SPDX-License-Identifier: Apache-2.0 */
#include "instance.h"

#include <math.h>
#include <string.h>

#include "place.h"

enum { HOURS_OF_YEAR = 8760 };

enum { PLACES_MOST = 99 };

/* The places of "c3", "c10" and their like; 1 for S, M and L; 0: no such name. */
static int places_named(const char *name) {
    int places = 0;
    if (name[0] != 'c') {
        return strlen(name) == 1 && strchr("SML", name[0]) ? 1 : 0;
    }
    for (const char *digit = name + 1; *digit; digit++) {
        bool leads = *digit >= (digit == name + 1 ? '1' : '0') && *digit <= '9';
        places = leads ? 10 * places + *digit - '0' : PLACES_MOST + 1;
        if (places > PLACES_MOST) {
            return 0;
        }
    }
    return places > 1 ? places : 0;
}

bool instance_named(const char *name, struct instance_options *ret) {
    int places = places_named(name);
    if (places == 0) {
        return false;
    }
    *ret = (struct instance_options){.size = name[0] == 'S'   ? INSTANCE_S
                                             : name[0] == 'L' ? INSTANCE_L
                                                              : INSTANCE_M,
                                     .places = places,
                                     .hours = HOURS_OF_YEAR,
                                     .seed = 1,
                                     .gas_money_mwh = 45.0,
                                     .carbon_ratio = 0.95};
    return true;
}

/* One row over all hours; its side is known when all places are written. */
static int add_yearly(struct site *site, const char *name, double *lower, double *upper) {
    struct programme_row row = {name, {lower, 0}, {upper, 0}, site->whole, true};
    return programme_add_sum(site->builder, site->block, row);
}

static double to_thousandth(double value) { return rint(value * 1e3) / 1e3; }

struct programme *instance_build(struct arena *arena, const struct instance_options *options) {
    struct drives drives;
    struct site site = {.arena = arena, .options = options, .drives = &drives};
    int *follows = ARENA_TAKE(arena, int, 1), *whole = ARENA_TAKE(arena, int, options->hours);
    double *side = ARENA_TAKE(arena, double, 8);
    site.builder = programme_builder_new(arena, "bench");
    if (!site.builder || !drives_draw(arena, options, &drives)) {
        return NULL;
    }
    for (int i = 0; i < 8; i += 2) { /* pairs of lower and upper side */
        side[i] = -HUGE_VAL;
        side[i + 1] = HUGE_VAL;
    }
    site.block = programme_add_block(site.builder, 1, options->hours, 1.0, NULL, follows);
    struct programme_map months = {drives.months, drives.month}, year = {1, whole};
    site.months = programme_add_map(site.builder, site.block, months);
    site.whole = programme_add_map(site.builder, site.block, year);
    site.carbon = add_yearly(&site, "carbon", &side[0], &side[1]);
    site.reuse = add_yearly(&site, "heat reuse", &side[2], &side[3]);
    site.renewable =
        options->no_renewables ? -1 : add_yearly(&site, "renewable", &side[4], &side[5]);
    site.supply = options->infeasible ? add_yearly(&site, "supply", &side[6], &side[7]) : -1;
    for (int place = 0; place < options->places; place++) {
        place_write(&site, place);
    }
    side[1] = to_thousandth(options->carbon_ratio * site.plain_carbon);
    side[2] = to_thousandth(0.22 * site.it_mwh * 0.97);
    side[4] = to_thousandth(fmin(0.25 * site.load_mwh, 0.4 * site.renewable_mwh));
    side[7] = 0.05 * site.load_mwh;
    return programme_finish(site.builder);
}
