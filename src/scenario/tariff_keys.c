/* A connection's tariff from the keys of a scenario: urdb: (a JSON file), tariff: (keys of our own; beside urdb they
   replace what the file says) and large_load:. A period of a table holds where one of its windows lies (months, kinds
   of day, hours); of several the last in the list holds; one without a window holds where no other does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "scenario/keys.h"
#include "scenario/reading.h"
#include "scenario/tariff.h"

enum { NUMBERS_MAX = 8784, MONTHS = 12, DAY_H = 24 };
static const double parts_tolerance_frac = 1e-9;

/* One number, or a list of them, in the range of the table of keys; how many were read. */
static int read_numbers(struct reading *r, const struct node *map, const char *section,
                        const char *key, double *ret, int most) {
    const struct node *node = document_find(map, key);
    const struct key *row = keys_find(section, key);
    int errors = diag_errors(r->diag);
    if (!node) {
        return 0;
    }
    bool list = node->kind == NODE_LIST;
    int count = list ? node->count : 1;
    if (count < 1 || count > most) {
        diag_error(r->diag, node->place, "%s: %d numbers stand where 1 to %d belong", key, count,
                   most);
        diag_remedy(r->diag, "write one number, or a list such as  %s: [1, 2]", key);
        return 0;
    }
    for (int k = 0; k < count; k++) {
        (void)reading_scalar(r, list ? node->children[k] : node, key, row->min, row->max, &ret[k]);
    }
    return diag_errors(r->diag) == errors ? count : 0;
}

/* ---- windows ---- */

struct window {
    bool month[MONTHS], weekday, weekend;
    int from_h, to_h; /* round midnight where to is not above from */
};

static bool whole_numbers(struct reading *r, const struct node *node, const char *key,
                          const double *value, int count) {
    for (int k = 0; k < count; k++) {
        if (value[k] != floor(value[k])) {
            diag_error(r->diag, node->place, "%s: whole numbers only", key);
            diag_remedy(r->diag, "months count from 1 to 12, hours from 0 to 24");
            return false;
        }
    }
    return true;
}

static void read_window(struct reading *r, const struct node *map, struct window *ret) {
    double months[MONTHS], hours[2] = {0.0, DAY_H};
    const struct node *hours_node = document_find(map, "hours");
    int count = read_numbers(r, map, "tariff_window", "months", months, MONTHS);
    *ret = (struct window){.weekday = true, .weekend = true};
    for (int m = 0; m < MONTHS; m++) {
        ret->month[m] = !document_find(map, "months");
    }
    if (whole_numbers(r, map, "months", months, count)) {
        for (int k = 0; k < count; k++) {
            ret->month[(int)months[k] - 1] = true;
        }
    }
    if (document_find(map, "days")) {
        int word = reading_key_word(r, map, "tariff_window", "days");
        ret->weekday = word != 1;
        ret->weekend = word != 0;
    }
    if (hours_node && read_numbers(r, map, "tariff_window", "hours", hours, 2) != 2) {
        diag_error(r->diag, hours_node->place, "hours: two hours belong here, from and to");
        diag_remedy(r->diag, "write  hours: [12, 18]  or, round midnight,  hours: [22, 6]");
    } else if (hours_node && whole_numbers(r, hours_node, "hours", hours, 2)) {
        ret->from_h = (int)hours[0];
        ret->to_h = (int)hours[1];
        return;
    }
    ret->from_h = 0;
    ret->to_h = DAY_H;
}

static void lay(const struct window *w, int period, struct tariff_table *table) {
    for (int m = 0; m < MONTHS; m++) {
        for (int h = 0; h < DAY_H; h++) {
            bool in =
                w->to_h > w->from_h ? h >= w->from_h && h < w->to_h : h >= w->from_h || h < w->to_h;
            if (w->month[m] && in) {
                table->weekday[m][h] = w->weekday ? period : table->weekday[m][h];
                table->weekend[m][h] = w->weekend ? period : table->weekend[m][h];
            }
        }
    }
}

static bool has_window(const struct node *entry) {
    return document_find(entry, "when") || document_find(entry, "months") ||
           document_find(entry, "days") || document_find(entry, "hours");
}

static void lay_period(struct reading *r, const struct node *entry, int period,
                       struct tariff_table *table) {
    static const char *const here[] = {"months", "days", "hours"};
    const struct node *when = document_find(entry, "when");
    struct window window;
    if (!when) {
        read_window(r, entry, &window);
        lay(&window, period, table);
        return;
    }
    for (int k = 0; k < COUNT(here); k++) {
        if (document_find(entry, here[k])) {
            diag_error(r->diag, entry->place, "%s stands beside when", here[k]);
            diag_remedy(r->diag, "write it inside:  when: [{%s: ...}]", here[k]);
        }
    }
    if (when->kind != NODE_LIST) {
        reading_wrong_kind(r, when, "when", "a list of windows",
                           "[{months: [6], hours: [12, 18]}]");
        return;
    }
    for (int k = 0; k < when->count; k++) {
        if (reading_section(r, when->children[k], "tariff_window")) {
            read_window(r, when->children[k], &window);
            lay(&window, period, table);
        }
    }
}

static void check_covered(struct reading *r, const struct node *list, const char *key,
                          const struct tariff_table *table) {
    for (int m = 0; m < MONTHS; m++) {
        for (int h = 0; h < DAY_H; h++) {
            bool weekday = table->weekday[m][h] < 0;
            if (weekday || table->weekend[m][h] < 0) {
                diag_error(r->diag, list->place, "%s: no period holds in month %d, %s, hour %d",
                           key, m + 1, weekday ? "weekday" : "weekend", h);
                diag_remedy(r->diag,
                            "add a period without months, days and hours: it holds in the rest");
                return;
            }
        }
    }
}

/* ---- periods and their tiers ---- */

struct table_keys {
    const char *section, *price, *up_to;
    bool windows; /* else months alone */
};
static const struct table_keys energy_keys = {"tariff_energy", "money_kwh", "up_to_kwh", true},
                               demand_keys = {"tariff_demand", "money_kw_month", "up_to_kw", true};

static void read_tiers(struct reading *r, const struct node *entry, const struct table_keys *keys,
                       struct tariff_period *ret) {
    double price[TARIFF_TIERS_MAX], up_to[TARIFF_TIERS_MAX];
    const struct node *ends = document_find(entry, keys->up_to);
    int prices = read_numbers(r, entry, keys->section, keys->price, price, TARIFF_TIERS_MAX);
    int count = read_numbers(r, entry, keys->section, keys->up_to, up_to, TARIFF_TIERS_MAX);
    double sell = strcmp(keys->section, "tariff_energy") == 0
                      ? reading_key_value(r, entry, keys->section, "sell_money_kwh")
                      : (double)NAN;
    if (!document_find(entry, keys->price)) {
        diag_error(r->diag, entry->place, "%s is missing", keys->price);
        diag_remedy(r->diag, "add  %s: NUMBER,  or one number for each tier", keys->price);
    } else if (prices > 0 && count != prices - 1 && !(ends && count == 0)) {
        diag_error(r->diag, ends ? ends->place : entry->place,
                   "%s: %d tiers have %d ends where %d belong", keys->up_to, prices, count,
                   prices - 1);
        diag_remedy(r->diag, "each tier but the last ends at a number; the last has no end");
    }
    for (int k = 1; k < count; k++) {
        if (!(up_to[k] > up_to[k - 1])) {
            diag_error(r->diag, ends->children[k]->place, "%s: tiers out of order", keys->up_to);
            diag_remedy(r->diag, "each tier ends above the one before");
            return;
        }
    }
    ret->tiers_count = prices > 0 ? prices : 1;
    for (int k = 0; k < ret->tiers_count; k++) {
        double end = k < count ? up_to[k] : (double)INFINITY;
        ret->tier[k] = (struct tariff_tier){prices > 0 ? price[k] : 0.0, end, sell};
    }
}

static const struct node *periods_of(struct reading *r, const struct node *map, const char *key) {
    const struct node *list = document_find(map, key);
    if (list && (list->kind != NODE_LIST || list->count < 1 || list->count > TARIFF_PERIODS_MAX)) {
        reading_wrong_kind(r, list, key, "a list of 1 to 64 periods",
                           "[{...}, {..., hours: [12, 18]}]");
        return NULL;
    }
    return list;
}

static void read_table(struct reading *r, const struct node *map, const char *key,
                       const struct table_keys *keys, struct tariff_table *ret) {
    const struct node *list = periods_of(r, map, key);
    struct tariff_table table = {0, NULL, {{0}}, {{0}}};
    int errors = diag_errors(r->diag);
    table.period = list ? ARENA_TAKE(r->arena, struct tariff_period, list->count) : NULL;
    if (!table.period) {
        return;
    }
    table.periods_count = list->count;
    memset(table.weekday, -1, sizeof table.weekday);
    memset(table.weekend, -1, sizeof table.weekend);
    for (int rest = 1; rest >= 0; rest--) { /* those of the rest first, under all others */
        for (int p = 0; p < list->count; p++) {
            const struct node *entry = list->children[p];
            if (has_window(entry) == (rest != 0)) {
                continue;
            }
            if (reading_section(r, entry, keys->section)) {
                read_tiers(r, entry, keys, &table.period[p]);
                lay_period(r, entry, p, &table);
            }
        }
    }
    if (diag_errors(r->diag) == errors) {
        check_covered(r, list, key, &table);
        *ret = table;
    }
}

/* Of the month's peak: a table by months. */
static void read_month_demand(struct reading *r, const struct node *map, struct tariff *t) {
    struct tariff_table table = {0, NULL, {{0}}, {{0}}};
    const struct node *list = periods_of(r, map, "month_demand");
    int errors = diag_errors(r->diag);
    for (int p = 0; list && p < list->count; p++) {
        const struct node *entry = list->children[p];
        if (document_find(entry, "days") || document_find(entry, "hours") ||
            document_find(entry, "when")) {
            diag_error(r->diag, entry->place, "month_demand: the peak of a month has months only");
            diag_remedy(r->diag, "write demand of days and hours under demand");
        }
    }
    read_table(r, map, "month_demand", &demand_keys, &table);
    if (!table.period || diag_errors(r->diag) > errors) {
        return;
    }
    t->flat = table.period;
    t->flat_periods_count = table.periods_count;
    for (int m = 0; m < MONTHS; m++) {
        t->flat_month[m] = table.weekday[m][0];
    }
}

/* ---- the rest of a tariff ---- */

static void read_adder(struct reading *r, const struct node *map, struct tariff *t) {
    double value[MONTHS];
    const struct node *node = document_find(map, "adder_money_kwh");
    int count = read_numbers(r, map, "tariff", "adder_money_kwh", value, MONTHS);
    if (count != 0 && count != 1 && count != MONTHS) {
        diag_error(r->diag, node->place, "adder_money_kwh: %d numbers are no year", count);
        diag_remedy(r->diag, "write one number, or one for each of the twelve months");
        return;
    }
    for (int m = 0; count && m < MONTHS; m++) {
        t->adder_money_kwh[m] = value[count == 1 ? 0 : m];
    }
}

static void read_hourly(struct reading *r, const struct node *map, struct tariff *t) {
    double *price = ARENA_TAKE(r->arena, double, NUMBERS_MAX);
    const struct node *node = document_find(map, "hourly_money_kwh");
    if (!node || !price) {
        return;
    }
    int count = read_numbers(r, map, "tariff", "hourly_money_kwh", price, NUMBERS_MAX);
    if (count != 0 && count != NUMBERS_MAX && count != NUMBERS_MAX - DAY_H) {
        diag_error(r->diag, node->place, "hourly_money_kwh: %d numbers are no year of hours",
                   count);
        diag_remedy(r->diag, "a series from a file stands beside the tariff:  energy_money_kwh: "
                             "{file: prices.csv, column: price}");
    } else if (count) {
        t->hourly_money_kwh = price;
        t->hourly_count = count;
    }
}

static void read_lookback(struct reading *r, const struct node *map, struct tariff *t) {
    const struct node *node = document_find(map, "lookback");
    double months[MONTHS];
    if (!node || !reading_section(r, node, "lookback")) {
        return;
    }
    t->lookback_frac = reading_key_value(r, node, "lookback", "share_frac");
    t->lookback_range = reading_key_whole(r, node, "lookback", "months_before");
    int count = read_numbers(r, node, "lookback", "months", months, MONTHS);
    memset(t->lookback_month, 0, sizeof t->lookback_month);
    for (int k = 0; whole_numbers(r, node, "months", months, count) && k < count; k++) {
        t->lookback_month[(int)months[k] - 1] = true;
    }
    if ((count > 0) == (t->lookback_range > 0)) {
        diag_error(r->diag, node->place, "lookback: months or months_before, one of both");
        diag_remedy(r->diag, "write  lookback: {share_frac: 0.8, months_before: 11}");
    }
}

static void read_coincident(struct reading *r, const struct node *map, struct tariff *t) {
    const struct node *list = document_find(map, "coincident");
    double *hour = ARENA_TAKE(r->arena, double, NUMBERS_MAX);
    if (!list || !hour) {
        return;
    }
    if (list->kind != NODE_LIST || list->count > TARIFF_COINCIDENT_MAX) {
        reading_wrong_kind(r, list, "coincident", "a list of at most 64 charges",
                           "[{money_kw: 12, hours_of_year: [4721]}]");
        return;
    }
    t->coincident = ARENA_TAKE(r->arena, struct tariff_coincident, list->count + 1);
    t->coincident_count = 0;
    for (int c = 0; t->coincident && c < list->count; c++) {
        const struct node *entry = list->children[c];
        struct tariff_coincident *peak = &t->coincident[t->coincident_count];
        if (!reading_section(r, entry, "coincident")) {
            continue;
        }
        peak->money_kw = reading_key_value(r, entry, "coincident", "money_kw");
        peak->hours_count =
            read_numbers(r, entry, "coincident", "hours_of_year", hour, NUMBERS_MAX);
        peak->hour = ARENA_TAKE(r->arena, int, peak->hours_count + 1);
        for (int k = 0; peak->hour && k < peak->hours_count; k++) {
            peak->hour[k] = (int)hour[k] - 1;
        }
        if (!document_find(entry, "hours_of_year")) {
            diag_error(r->diag, entry->place, "hours_of_year is missing");
            diag_remedy(r->diag, "add the hours of the year, from 1:  hours_of_year: [4721, 4722]");
        }
        t->coincident_count++;
    }
}

static void number_over(struct reading *r, const struct node *map, const char *key, double *ret) {
    if (document_find(map, key)) {
        *ret = reading_key_value(r, map, "tariff", key);
    }
}

static void read_export(struct reading *r, const struct node *map, struct tariff *t) {
    static const enum tariff_export by_word[] = {TARIFF_NO_EXPORT, TARIFF_SELL, TARIFF_NET};
    const struct node *node = document_find(map, "export"),
                      *price = document_find(map, "export_money_kwh");
    number_over(r, map, "export_money_kwh", &t->export_money_kwh);
    if (node) {
        t->export_rule = by_word[reading_key_word(r, map, "tariff", "export")];
    } else if (price) {
        t->export_rule = TARIFF_SELL;
    }
    if (price && t->export_rule != TARIFF_SELL) {
        diag_error(r->diag, price->place, "export_money_kwh stands beside export: %s",
                   node ? node->text : "none");
        diag_remedy(r->diag, "write  export: sell,  or remove the price");
    }
}

static void read_own(struct reading *r, const struct node *map, struct tariff *t) {
    if (!reading_section(r, map, "tariff")) {
        return;
    }
    t->name = reading_text(r, map, "name", t->name);
    number_over(r, map, "fixed_money_month", &t->fixed_money_month);
    number_over(r, map, "fixed_money_day", &t->fixed_money_day);
    number_over(r, map, "least_money_month", &t->least_money_month);
    number_over(r, map, "least_money_year", &t->least_money_year);
    read_table(r, map, "energy", &energy_keys, &t->energy);
    read_table(r, map, "demand", &demand_keys, &t->demand);
    read_month_demand(r, map, t);
    read_adder(r, map, t);
    read_hourly(r, map, t);
    read_lookback(r, map, t);
    read_coincident(r, map, t);
    read_export(r, map, t);
}

/* ---- large loads ---- */

static void read_large(struct reading *r, const struct node *map, struct tariff *t) {
    struct tariff_large_load *l = &t->large;
    const struct {
        const char *key;
        double *value;
    } members[] = {{"contract_kw", &l->contract_kw},
                   {"threshold_kw", &l->threshold_kw},
                   {"part_t_frac", &l->part_t_frac},
                   {"part_d_frac", &l->part_d_frac},
                   {"part_g_frac", &l->part_g_frac},
                   {"min_share_t_frac", &l->min_share_t_frac},
                   {"min_share_d_frac", &l->min_share_d_frac},
                   {"min_share_g_frac", &l->min_share_g_frac},
                   {"term_year", &l->term_year},
                   {"ramp_year", &l->ramp_year},
                   {"exit_year", &l->exit_year},
                   {"collateral_money_kw", &l->collateral_money_kw},
                   {"reduction_frac", &l->reduction_frac},
                   {"year", &l->year},
                   {"demand_money_kw_month", &l->demand_money_kw_month}};
    int errors = diag_errors(r->diag);
    if (!reading_section(r, map, "large_load")) {
        return;
    }
    for (int k = 0; k < COUNT(members); k++) {
        *members[k].value = reading_key_value(r, map, "large_load", members[k].key);
    }
    if (isnan(l->part_d_frac)) {
        l->part_d_frac = fmax(0.0, 1.0 - l->part_t_frac - l->part_g_frac);
    }
    double parts_frac = l->part_t_frac + l->part_d_frac + l->part_g_frac;
    if (diag_errors(r->diag) == errors && fabs(parts_frac - 1.0) > parts_tolerance_frac) {
        diag_error(r->diag, map->place,
                   "large_load: part_t_frac, part_d_frac and part_g_frac do not add up to 1");
        diag_remedy(r->diag, "what is not transmission or generation is distribution");
    }
    if (l->ramp_year > l->term_year) {
        diag_error(r->diag, map->place, "large_load: the ramp is longer than the term");
        diag_remedy(r->diag, "the ramp's years are the first of the term");
    }
    if (t->flat_periods_count == 0 && !(l->demand_money_kw_month > 0.0)) {
        diag_error(r->diag, map->place,
                   "large_load: the tariff has no demand charge on the month's "
                   "peak that a minimum could be taken of");
        diag_remedy(r->diag, "add  demand_money_kw_month: the contract's own price of a kW");
    }
}

/* ---- a connection ---- */

static void read_urdb(struct reading *r, const struct node *node, struct tariff *ret) {
    struct reading_file file;
    if (node->kind != NODE_SCALAR) {
        reading_wrong_kind(r, node, "urdb", "the name of a JSON file", "rate.json");
        return;
    }
    if (!reading_file(r, node, "tariff", DOCUMENT_BYTES_MAX, &file)) {
        return;
    }
    if (tariff_parse(r->arena, r->diag, file.path, file.text, file.size, ret) != STATUS_OK) {
        *ret = tariff_empty(); /* its mistakes are told */
    }
    ret->written = file.absolute;
}

/* Power would be bought to be sold. */
static void check_sale(struct reading *r, const struct node *map, const struct tariff *t) {
    double least_adder_money_kwh = t->adder_money_kwh[0];
    for (int m = 1; m < MONTHS; m++) {
        least_adder_money_kwh = fmin(least_adder_money_kwh, t->adder_money_kwh[m]);
    }
    for (int p = 0; p < t->energy.periods_count; p++) {
        const struct tariff_period *period = &t->energy.period[p];
        double sell =
            isnan(t->export_money_kwh) ? period->tier[0].sell_money_kwh : t->export_money_kwh;
        for (int k = 0; k < period->tiers_count; k++) {
            double price = period->tier[k].price_value + least_adder_money_kwh;
            bool sold_dear = t->export_rule == TARIFF_SELL && !isnan(sell) && sell > price;
            if (sold_dear || (t->export_rule == TARIFF_NET && price < 0.0)) {
                diag_error(r->diag, map->place,
                           "the tariff's energy period %d %s: power would be bought to be sold", p,
                           sold_dear ? "pays more for export than it costs" : "costs less than 0");
                diag_remedy(r->diag, "add  tariff: {export: none},  or a lower export price");
                return;
            }
        }
    }
}

static bool has_table(const struct tariff *t) {
    return t->energy.periods_count || t->demand.periods_count || t->flat_periods_count ||
           t->hourly_money_kwh;
}

const struct tariff *read_meter_tariff(struct reading *r, int grid, const struct node *map) {
    static const char *const plain[] = {"demand_money_kw_month", "fixed_money_month",
                                        "export_money_kwh"};
    const struct node *urdb = document_find(map, "urdb"), *own = document_find(map, "tariff"),
                      *large = document_find(map, "large_load");
    struct tariff *tariff = ARENA_TAKE(r->arena, struct tariff, 1);
    int errors = diag_errors(r->diag);
    if (!tariff || (!urdb && !own && !large)) {
        return NULL;
    }
    *tariff = tariff_empty();
    tariff->file = r->file;
    if (urdb) {
        read_urdb(r, urdb, tariff);
    }
    if (own) {
        read_own(r, own, tariff);
    }
    for (int k = 0; k < COUNT(plain); k++) {
        const struct node *node = document_find(map, plain[k]);
        if (node) {
            diag_error(r->diag, node->place, "%s stands beside a tariff", plain[k]);
            diag_remedy(r->diag, "write it as part of  tariff: ...  (`hearth explain tariff`)");
        }
    }
    if (large) {
        read_large(r, large, tariff);
    }
    if (!document_find(r->root, "wired") && !document_find(map, "energy_money_kwh")) {
        if (diag_errors(r->diag) == errors && !has_table(tariff)) {
            diag_error(r->diag, map->place, "the tariff has no price of energy or demand");
            diag_remedy(r->diag, "add  tariff: {energy: [{money_kwh: 0.08}]}");
        }
        if (grid >= 0) {
            instance_set(r, grid, "energy_money_kwh", 0.0);
        }
    }
    if (diag_errors(r->diag) == errors) {
        check_sale(r, map, tariff);
    }
    return diag_errors(r->diag) == errors ? tariff : NULL;
}

enum status tariff_read_keys(struct arena *arena, struct diag *diag, const char *path,
                             struct tariff *ret) {
    struct reading r = {.arena = arena, .diag = diag, .file = path};
    char *text = NULL;
    size_t size = 0;
    r.s = ARENA_TAKE(arena, struct scenario, 1);
    r.notes = ARENA_TAKE(arena, const char *, NOTES_MAX);
    TRY(file_read(arena, diag, (struct place){path, 0, 0}, path, DOCUMENT_BYTES_MAX, &text, &size));
    diag_file(diag, path, text, size);
    TRY(document_parse(arena, diag, path, text, size, &r.root));
    if (!r.s || !r.notes || !reading_scenario_file(&r, text, size)) {
        return STATUS_NO_MEMORY;
    }
    const struct tariff *tariff =
        reading_section(&r, r.root, "connection") ? read_meter_tariff(&r, -1, r.root) : NULL;
    if (!tariff && diag_errors(diag) == 0) {
        diag_error(diag, (struct place){path, 1, 1}, "no tariff: urdb or tariff belongs here");
        diag_remedy(diag, "write  tariff: {energy: [{money_kwh: 0.08}]}");
    }
    if (arena_failed(arena) || !tariff) {
        return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
    }
    *ret = *tariff;
    return STATUS_OK;
}
