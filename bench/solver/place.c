/* The machines of one place. Numbers that vary by the hour are rounded to a millionth, as in the
   reference generator. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

#include <math.h>

struct place {
    struct site *site;
    int number, hours;
    double scale;               /* over the first place */
    int power, warm, hot, cold; /* buses: rows */
    double *it_mw, *town_mw, *warm_mw, *hot_mw;
    int boiler_mw, boiler, pump, direct; /* a design column and flows that other machines share */
    const double *cop;                   /* of the heat pump */
};

static double rounded(double value) { return rint(value * 1e6) / 1e6; }

static struct numbers constant(const struct place *p, double value) {
    return programme_constant(p->site->builder, value);
}

static const char *named(const struct place *p, const char *name) {
    return p->site->options->places > 1 ? arena_format(p->site->arena, "%d.%s", p->number, name)
                                        : name;
}

/* offset + slope * series, clipped, times factor, rounded. */
struct line {
    double offset, slope, lower, upper, factor;
};
static double *by_hour(const struct place *p, const double *series, struct line line) {
    double *value = ARENA_TAKE(p->site->arena, double, p->hours);
    for (int t = 0; value && t < p->hours; t++) {
        double at = drives_clip(line.offset + line.slope * series[t], line.lower, line.upper);
        value[t] = rounded(line.factor * at);
    }
    return value;
}

static double *negated(const struct place *p, const double *series) {
    double *value = ARENA_TAKE(p->site->arena, double, p->hours);
    for (int t = 0; value && series && t < p->hours; t++) {
        value[t] = -series[t];
    }
    return value;
}

static int capacity(const struct place *p, const char *name, double cost_money, double most) {
    struct programme_design design = {named(p, name), cost_money * p->hours / 8760.0, 0.0, most};
    return programme_add_design(p->site->builder, design);
}

static int flow_priced(const struct place *p, const char *name, struct numbers cost,
                       struct numbers upper) {
    struct programme_column column = {named(p, name), cost, constant(p, 0.0), upper, 0, 0.0};
    return programme_add_column(p->site->builder, p->site->block, column);
}

static int flow(const struct place *p, const char *name, double cost_money) {
    return flow_priced(p, name, constant(p, cost_money), constant(p, HUGE_VAL));
}

static int level_priced(const struct place *p, const char *name, double cost_money,
                        struct numbers upper) {
    struct programme_column state = {
        named(p, name), constant(p, cost_money), constant(p, 0.0), upper, 0, 0.0};
    return programme_add_state(p->site->builder, p->site->block, state);
}

static int level(const struct place *p, const char *name) {
    return level_priced(p, name, 0.0, constant(p, HUGE_VAL));
}

static void put(const struct place *p, int row, int column, double value) {
    programme_add_entry(p->site->builder, p->site->block, row, IN_STEP, column, constant(p, value));
}

static void put_series(const struct place *p, int row, int column, const double *value) {
    programme_add_entry(p->site->builder, p->site->block, row, IN_STEP, column,
                        numbers_by_step(value));
}

static int equality(const struct place *p, const char *name, struct numbers side) {
    struct programme_row row = {named(p, name), side, side, 0, false};
    return programme_add_row(p->site->builder, p->site->block, row);
}

/* flow (and a second one, unless it is -1) <= share of a capacity */
static void limit(const struct place *p, const char *name, int first, int second, int design,
                  struct numbers minus_share) {
    struct programme_row row = {named(p, name), constant(p, -HUGE_VAL), constant(p, 0.0), 0, false};
    int index = programme_add_row(p->site->builder, p->site->block, row);
    put(p, index, first, 1.0);
    if (second >= 0) {
        put(p, index, second, 1.0);
    }
    programme_add_entry(p->site->builder, p->site->block, index, IN_DESIGN, design, minus_share);
}

static void limit_level(const struct place *p, const char *name, int state, int design) {
    struct programme_row row = {named(p, name), constant(p, -HUGE_VAL), constant(p, 0.0), 0, false};
    int index = programme_add_row(p->site->builder, p->site->block, row);
    programme_add_entry(p->site->builder, p->site->block, index, IN_END, state, constant(p, 1.0));
    programme_add_entry(p->site->builder, p->site->block, index, IN_DESIGN, design,
                        constant(p, -1.0));
}

/* level at the end = kept * level at the begin + into * in - out_of * out */
static int store_row(const struct place *p, const char *name, int state, double kept, int in,
                     double into, int out, double out_of) {
    int row = equality(p, name, constant(p, 0.0));
    struct programme_builder *b = p->site->builder;
    programme_add_entry(b, p->site->block, row, IN_END, state, constant(p, 1.0));
    programme_add_entry(b, p->site->block, row, IN_BEGIN, state, constant(p, -kept));
    put(p, row, in, -into);
    put(p, row, out, out_of);
    return row;
}

/* Adds a column to a sum row; a row of -1 is left out. */
static void count(const struct place *p, int sum, int column, struct numbers value) {
    if (sum >= 0) {
        programme_add_sum_entry(p->site->builder, p->site->block, sum, IN_STEP, column, value);
    }
}

static void count_one(const struct place *p, int sum, int column, double value) {
    count(p, sum, column, constant(p, value));
}

/* What the place needs: draws the noise of its data centre and its town. */
static bool draw_needs(struct place *p) {
    struct drives *d = p->site->drives;
    struct arena *arena = p->site->arena;
    p->scale = p->number == 0 ? 1.0 : 0.3 + 0.5 * random_uniform(&d->random);
    p->it_mw = drives_wander(arena, &d->random, p->hours, 0.9, 0.25);
    p->town_mw = ARENA_TAKE(arena, double, p->hours);
    p->warm_mw = ARENA_TAKE(arena, double, p->hours);
    p->hot_mw = ARENA_TAKE(arena, double, p->hours);
    if (arena_failed(arena)) {
        return false;
    }
    for (int t = 0; t < p->hours; t++) {
        double hour = d->hour_of_day[t], temperature_c = d->temperature_c[t];
        double work =
            10.0 + 1.2 * drives_wave(hour, 10.0, 24.0) + 0.8 * drives_clip(p->it_mw[t], -2.0, 2.0);
        double lights = 4.0 + 1.5 * drives_wave(hour, 12.0, 24.0) + 0.2 * random_normal(&d->random);
        double warm = (17.0 - temperature_c) * 0.55 + 1.2 + 0.6 * drives_wave(hour, 5.0, 12.0);
        p->it_mw[t] = rounded(p->scale * work);
        p->town_mw[t] = rounded(p->scale * fmax(lights, 0.5));
        p->warm_mw[t] = rounded(p->scale * fmax(warm, 0.6));
        p->hot_mw[t] = rounded(p->scale * fmax((15.0 - temperature_c) * 0.18 + 0.8, 0.4));
    }
    return true;
}

/* The buses' rows, and what the needs add to the site's figures. */
static void write_buses(struct place *p) {
    struct site *site = p->site;
    bool small = site->options->size == INSTANCE_S;
    double *load = ARENA_TAKE(site->arena, double, p->hours);
    double *cooling = ARENA_TAKE(site->arena, double, p->hours);
    if (!load || !cooling) {
        return;
    }
    for (int t = 0; t < p->hours; t++) {
        double firm_mw = small ? p->it_mw[t] : p->it_mw[t] * 0.85;
        load[t] = rounded(firm_mw * 1.05 + p->town_mw[t]);
        cooling[t] = rounded(firm_mw * 0.97);
        site->it_mwh += p->it_mw[t];
        site->load_mwh += load[t];
        site->plain_carbon +=
            site->drives->carbon_ratio[t] * load[t] + 0.1 * (p->warm_mw[t] + p->hot_mw[t]);
        site->renewable_mwh +=
            rounded(site->drives->sun_ratio[t]) * 40.0 * p->scale +
            (small ? 0.0 : rounded(site->drives->wind_ratio[t]) * 25.0 * p->scale);
    }
    p->power = equality(p, "power", numbers_by_step(load));
    p->warm = equality(p, "warm", numbers_by_step(p->warm_mw));
    p->hot = small ? -1 : equality(p, "hot", numbers_by_step(p->hot_mw));
    p->cold = equality(p, "cold", numbers_by_step(cooling));
}

/* The grid connection: import and export, and a price on each month's highest import. */
static void write_grid(const struct place *p) {
    struct site *site = p->site;
    const struct drives *d = site->drives;
    double *buy = ARENA_TAKE(site->arena, double, p->hours);
    double *sell = ARENA_TAKE(site->arena, double, p->hours);
    for (int t = 0; buy && sell && t < p->hours; t++) {
        double price = rounded(d->price[t] + 2.0 * p->number);
        buy[t] = price + 8.0;
        sell[t] = -(fmax(price, 0.0) * 0.85 - 2.0);
    }
    struct numbers open = constant(p, HUGE_VAL), minus = constant(p, -1.0);
    int size = capacity(p, "grid", 18e3, 60.0 * p->scale);
    int in = flow_priced(p, "import", numbers_by_step(buy), open);
    int out = flow_priced(p, "export", numbers_by_step(sell), open);
    double peak_money = p->hours >= 672 ? 6e3 : 6e3 * p->hours / 730.0;
    struct programme_column peak = {
        named(p, "peak"), constant(p, peak_money), constant(p, 0.0), open, site->months, 0.0};
    int highest = programme_add_period(site->builder, site->block, peak);
    limit(p, "import limit", in, -1, size, minus);
    limit(p, "export limit", out, -1, size, minus);
    struct programme_row row = {named(p, "peak row"), constant(p, -HUGE_VAL), constant(p, 0.0), 0,
                                false};
    int top = programme_add_row(site->builder, site->block, row);
    put(p, top, in, 1.0);
    programme_add_entry(site->builder, site->block, top, IN_PERIOD, highest, minus);
    put(p, p->power, in, 1.0);
    put(p, p->power, out, -1.0);
    count(p, site->carbon, in, numbers_by_step(d->carbon_ratio));
    count_one(p, site->supply, in, 1.0);
}

/* A panel or a turbine: output up to what the weather gives to its capacity. */
static void write_renewable(const struct place *p, const char *name, double cost_money, double most,
                            double price_money, const double *weather) {
    const struct line plain = {0.0, 1.0, 0.0, 1.0, 1.0};
    int size = capacity(p, arena_format(p->site->arena, "%s capacity", name), cost_money,
                        p->site->options->no_renewables ? 0.0 : most);
    int out = flow(p, name, price_money);
    limit(p, arena_format(p->site->arena, "%s limit", name), out, -1, size,
          numbers_by_step(negated(p, by_hour(p, weather, plain))));
    put(p, p->power, out, 1.0);
    count_one(p, p->site->renewable, out, 1.0);
    count_one(p, p->site->supply, out, 1.0);
}

static void write_battery(const struct place *p) {
    struct numbers minus = constant(p, -1.0);
    int power_mw = capacity(p, "battery power", 9e3, 30.0 * p->scale);
    int energy_mwh = capacity(p, "battery energy", 13e3, 120.0 * p->scale);
    int in = flow(p, "battery in", 0.3), out = flow(p, "battery out", 0.3);
    int charge = level(p, "battery level");
    limit(p, "battery power limit", in, out, power_mw, minus);
    limit_level(p, "battery energy limit", charge, energy_mwh);
    (void)store_row(p, "battery balance", charge, 0.9998, in, 0.95, out, 1.0 / 0.95);
    put(p, p->power, in, -1.0);
    put(p, p->power, out, 1.0);
}

/* A store of heat whose in and out each are, or together are, at most rate times its size. */
static void write_tank(const struct place *p, const char *name, int size, double kept, double rate,
                       bool together) {
    struct arena *arena = p->site->arena;
    int in = flow(p, arena_format(arena, "%s in", name), 0.05);
    int out = flow(p, arena_format(arena, "%s out", name), 0.05);
    int heat = level(p, arena_format(arena, "%s level", name));
    limit_level(p, arena_format(arena, "%s limit", name), heat, size);
    if (together) {
        limit(p, arena_format(arena, "%s rate", name), in, out, size, constant(p, -rate));
    } else {
        limit(p, arena_format(arena, "%s in limit", name), in, -1, size, constant(p, -rate));
        limit(p, arena_format(arena, "%s out limit", name), out, -1, size, constant(p, -rate));
    }
    (void)store_row(p, arena_format(arena, "%s balance", name), heat, kept, in, 1.0, out, 1.0);
    put(p, p->warm, in, -1.0);
    put(p, p->warm, out, 1.0);
}

/* Heat recovered from the data centre's cooling for the warm bus: heat pump and direct exchanger. */
static void write_recovery(struct place *p) {
    struct site *site = p->site;
    const double *temperature_c = site->drives->temperature_c;
    p->cop = by_hour(p, temperature_c, (struct line){5.2, 0.03, 3.5, 6.5, 1.0});
    const double *lifted = by_hour(p, p->cop, (struct line){-1.0, 1.0, 0.0, HUGE_VAL, 1.0});
    const double *share = by_hour(p, temperature_c, (struct line){0.8, 0.01, 0.6, 1.0, 1.0});
    double *reach = ARENA_TAKE(site->arena, double, p->hours);
    for (int t = 0; reach && t < p->hours; t++) {
        reach[t] = rounded((temperature_c[t] > 2.0 ? 0.35 : 0.12) * p->it_mw[t]);
    }
    int pump_mw = capacity(p, "heat pump capacity", 60e3, 20.0 * p->scale);
    p->pump = flow(p, "heat pump", 1.0);
    p->direct = flow_priced(p, "exchanger", constant(p, 0.2), numbers_by_step(reach));
    limit(p, "heat pump limit", p->pump, -1, pump_mw, numbers_by_step(negated(p, share)));
    put(p, p->power, p->pump, -1.0);
    put_series(p, p->warm, p->pump, p->cop);
    put_series(p, p->cold, p->pump, lifted);
    put(p, p->warm, p->direct, 1.0);
    put(p, p->cold, p->direct, 1.0);
    count(p, site->reuse, p->pump, numbers_by_step(lifted));
    count_one(p, site->reuse, p->direct, 1.0);
}

/* Boiler, unmet heat at a price, and the pipe that carries what is recovered. */
static void write_boiler(struct place *p) {
    struct site *site = p->site;
    struct numbers minus = constant(p, -1.0);
    p->boiler_mw = capacity(p, "boiler capacity", 9e3, 40.0 * p->scale);
    int pipe_mw = capacity(p, "pipe capacity", 12e3, 40.0 * p->scale);
    p->boiler = flow(p, "boiler", site->options->gas_money_mwh / 0.92);
    int unmet = flow(p, "unmet warm", 3000.0);
    limit(p, "boiler limit", p->boiler, -1, p->boiler_mw, minus);
    struct programme_row row = {named(p, "pipe limit"), constant(p, -HUGE_VAL), constant(p, 0.0), 0,
                                false};
    int pipe = programme_add_row(site->builder, site->block, row);
    put_series(p, pipe, p->pump, p->cop);
    put(p, pipe, p->direct, 1.0);
    programme_add_entry(site->builder, site->block, pipe, IN_DESIGN, pipe_mw, minus);
    put(p, p->warm, p->boiler, 1.0);
    put(p, p->warm, unmet, 1.0);
    count_one(p, site->carbon, p->boiler, 0.2 / 0.92);
}

/* A way to cool that takes power per unit of cold, by the hour. */
static void write_cooler(const struct place *p, const char *name, double price_money,
                         struct numbers upper, const double *power) {
    int cool = flow_priced(p, name, constant(p, price_money), upper);
    put_series(p, p->power, cool, negated(p, power));
    put(p, p->cold, cool, 1.0);
}

static void write_rejection(const struct place *p) {
    write_cooler(
        p, "rejection", 0.1, constant(p, HUGE_VAL),
        by_hour(p, p->site->drives->temperature_c, (struct line){0.02, 0.0015, 0.01, 0.07, 1.0}));
}

/* Free cooling as far as the weather allows, and a chiller. */
static void write_cooling(const struct place *p) {
    const double *temperature_c = p->site->drives->temperature_c;
    const double *fans = by_hour(p, temperature_c, (struct line){0.01, 0.002, 0.015, 0.08, 1.0});
    const double *cop = by_hour(p, temperature_c, (struct line){7.7, -0.12, 2.5, 9.0, 1.0});
    const double *open_ratio = by_hour(p, temperature_c, (struct line){2.5, -0.125, 0.0, 1.0, 1.0});
    double *reach = ARENA_TAKE(p->site->arena, double, p->hours);
    double *chill = ARENA_TAKE(p->site->arena, double, p->hours);
    for (int t = 0; reach && chill && t < p->hours; t++) {
        reach[t] = rounded(open_ratio[t] * p->it_mw[t]);
        chill[t] = rounded(1.0 / cop[t]);
    }
    write_cooler(p, "free cooling", 0.1, numbers_by_step(reach), fans);
    write_cooler(p, "chiller", 0.3, constant(p, HUGE_VAL), chill);
}

/* Size M: wind, a hot bus, a pit store, evaporation, and compute that may wait. */
static void write_medium(const struct place *p) {
    struct site *site = p->site;
    const double *temperature_c = site->drives->temperature_c;
    struct numbers minus = constant(p, -1.0), open = constant(p, HUGE_VAL);
    write_renewable(p, "wind", 110e3, 25.0 * p->scale, 0.5, site->drives->wind_ratio);
    const double *cop = by_hour(p, temperature_c, (struct line){3.6, 0.02, 2.8, 4.2, 1.0});
    const double *lifted = by_hour(p, cop, (struct line){-1.0, 1.0, 0.0, HUGE_VAL, 1.0});
    int pump_mw = capacity(p, "hot pump capacity", 70e3, 10.0 * p->scale);
    int coil_mw = capacity(p, "coil capacity", 6e3, 20.0 * p->scale);
    int pump = flow(p, "hot pump", 1.0), coil = flow(p, "coil", 0.2);
    int burner = flow(p, "hot boiler", site->options->gas_money_mwh / 0.9);
    int unmet = flow(p, "unmet hot", 3000.0), mixed = flow(p, "mixing", 0.01);
    limit(p, "hot pump limit", pump, -1, pump_mw, minus);
    limit(p, "coil limit", coil, -1, coil_mw, minus);
    limit(p, "burners limit", burner, p->boiler, p->boiler_mw, minus);
    put(p, p->power, pump, -1.0);
    put_series(p, p->warm, pump, negated(p, lifted));
    put_series(p, p->hot, pump, cop);
    put(p, p->power, coil, -1.0);
    put(p, p->hot, coil, 0.99);
    put(p, p->hot, burner, 1.0);
    put(p, p->hot, unmet, 1.0);
    put(p, p->hot, mixed, -1.0);
    put(p, p->warm, mixed, 1.0);
    count_one(p, site->carbon, burner, 0.2 / 0.9);
    write_tank(p, "pit", capacity(p, "pit capacity", 0.25e3, 8000.0 * p->scale), 0.99985, 0.004,
               true);
    write_cooler(p, "evaporation", 0.9, open,
                 by_hour(p, temperature_c, (struct line){0.05, 0.001, 0.03, 0.1, 1.0}));
    const struct line wait = {0.0, 1.0, 0.0, HUGE_VAL, 1.2}, run = {0.0, 1.0, 0.0, HUGE_VAL, 0.35},
                      arrive = {0.0, 1.0, 0.0, HUGE_VAL, 0.15};
    int served =
        flow_priced(p, "flexible", constant(p, 0.0), numbers_by_step(by_hour(p, p->it_mw, run)));
    int backlog = level_priced(p, "backlog", 0.02, numbers_by_step(by_hour(p, p->it_mw, wait)));
    int row = equality(p, "backlog balance", numbers_by_step(by_hour(p, p->it_mw, arrive)));
    programme_add_entry(site->builder, site->block, row, IN_END, backlog, constant(p, 1.0));
    programme_add_entry(site->builder, site->block, row, IN_BEGIN, backlog, minus);
    put(p, row, served, 1.0);
    put(p, p->power, served, -1.05);
    put(p, p->cold, served, -0.97);
}

/* Combined heat and power, an absorption chiller and a store of cold. */
static void write_cogeneration(const struct place *p) {
    struct site *site = p->site;
    struct numbers minus = constant(p, -1.0);
    int engine_mw = capacity(p, "engine capacity", 75e3, 15.0 * p->scale);
    int absorber_mw = capacity(p, "absorber capacity", 20e3, 10.0 * p->scale);
    int ice_mwh = capacity(p, "cold store capacity", 2e3, 200.0 * p->scale);
    int engine = flow(p, "engine", site->options->gas_money_mwh / 0.4);
    int absorber = flow(p, "absorber", 0.3);
    int in = flow(p, "cold store in", 0.02), out = flow(p, "cold store out", 0.02);
    int cold = level(p, "cold store level");
    limit(p, "engine limit", engine, -1, engine_mw, minus);
    limit(p, "absorber limit", absorber, -1, absorber_mw, minus);
    limit_level(p, "cold store limit", cold, ice_mwh);
    limit(p, "cold store rate", in, out, ice_mwh, constant(p, -0.2));
    (void)store_row(p, "cold store balance", cold, 0.995, in, 1.0, out, 1.0);
    put(p, p->power, engine, 1.0);
    put(p, p->hot, engine, 1.1);
    put(p, p->hot, absorber, -1.0);
    put(p, p->cold, absorber, 0.7);
    put(p, p->power, in, -0.22);
    put(p, p->cold, out, 1.0);
    count_one(p, site->carbon, engine, 0.5);
    count_one(p, site->supply, engine, 1.0);
}

/* Hydrogen, a town that takes less at a price, and a way out for hot water. */
static void write_hydrogen(const struct place *p) {
    struct site *site = p->site;
    struct numbers minus = constant(p, -1.0);
    const struct line tenth = {0.0, 1.0, 0.0, HUGE_VAL, 0.1};
    int cell_mw = capacity(p, "electrolyser capacity", 90e3, 10.0 * p->scale);
    int store_mwh = capacity(p, "hydrogen capacity", 0.8e3, 500.0 * p->scale);
    int fuel_cell_mw = capacity(p, "fuel cell capacity", 100e3, 8.0 * p->scale);
    int in = flow(p, "electrolyser", 0.5), out = flow(p, "fuel cell", 1.0);
    int hydrogen = level(p, "hydrogen level");
    int less = flow_priced(p, "less load", constant(p, 250.0),
                           numbers_by_step(by_hour(p, p->town_mw, tenth)));
    limit(p, "electrolyser limit", in, -1, cell_mw, minus);
    limit(p, "fuel cell limit", out, -1, fuel_cell_mw, minus);
    limit_level(p, "hydrogen limit", hydrogen, store_mwh);
    (void)store_row(p, "hydrogen balance", hydrogen, 1.0, in, 0.68, out, 1.0 / 0.52);
    put(p, p->power, in, -1.0);
    put(p, p->warm, in, 0.18);
    put(p, p->power, out, 1.0);
    put(p, p->hot, out, 0.6);
    put(p, p->power, less, 1.0);
    put(p, p->hot, flow(p, "hot rejection", 0.05), -1.0);
    count_one(p, site->supply, less, 1.0);
}

/* Power both ways and heat one way to the next place; the last place's lines lead nowhere. */
static void write_links(const struct place *p) {
    struct site *site = p->site;
    struct numbers minus = constant(p, -1.0);
    bool last = p->number == site->options->places - 1;
    struct numbers upper = constant(p, last ? 0.0 : HUGE_VAL);
    int line_mw = capacity(p, "line capacity", 15e3, 20.0);
    int main_mw = capacity(p, "heat main capacity", 25e3, 20.0);
    int there = flow_priced(p, "line there", constant(p, 0.2), upper);
    int back = flow_priced(p, "line back", constant(p, 0.2), upper);
    int heat = flow_priced(p, "heat main", constant(p, 0.2), upper);
    limit(p, "line limit", there, back, line_mw, minus);
    limit(p, "heat main limit", heat, -1, main_mw, minus);
    put(p, p->power, there, -1.0);
    put(p, p->power, back, 0.98);
    put(p, p->warm, heat, -1.0);
    if (p->number > 0) {
        put(p, p->power, site->power_out, 0.98);
        put(p, p->power, site->power_back, -1.0);
        put(p, p->warm, site->heat_out, 0.95);
    }
    site->power_out = there;
    site->power_back = back;
    site->heat_out = heat;
}

void place_write(struct site *site, int number) {
    struct place place = {.site = site, .number = number, .hours = site->options->hours};
    struct place *p = &place;
    if (!draw_needs(p)) {
        return;
    }
    write_buses(p);
    write_grid(p);
    write_renewable(p, "sun", 52e3, 40.0 * p->scale, 0.0, site->drives->sun_ratio);
    write_battery(p);
    write_recovery(p);
    write_rejection(p);
    write_tank(p, "tank", capacity(p, "tank capacity", 1.4e3, 400.0 * p->scale), 0.998, 0.25,
               false);
    write_boiler(p);
    write_cooling(p);
    if (site->options->size >= INSTANCE_M) {
        write_medium(p);
    }
    if (site->options->size == INSTANCE_L) {
        write_cogeneration(p);
        write_hydrogen(p);
    }
    if (site->options->places > 1) {
        write_links(p);
    }
}
