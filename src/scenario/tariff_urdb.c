/* Tariffs from JSON: the fields of the OpenEI utility rate database (versions 3 to 7) and the
   ElectricTariff of REopt. JSON is read as YAML, of which it is a part, so that each mistake has its
   place. What the traps are: the price is rate + adj; periods count from 0; a period may have fewer
   tiers than another; tiers count kWh and nothing else; a schedule has 12 rows of 24. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "scenario/document.h"
#include "scenario/keys.h"
#include "scenario/tariff.h"

enum { BYTES_MAX = DOCUMENT_BYTES_MAX, HOURS_MAX = 8784 };

struct reader {
    struct arena *arena;
    struct diag *diag;
    struct tariff *tariff;
};

static void wrong(struct reader *r, const struct node *node, const char *remedy, const char *words,
                  const char *key) {
    diag_error(r->diag, node->place, "%s: %s", key, words);
    diag_remedy(r->diag, "%s", remedy);
}

static bool read_number(struct reader *r, const struct node *node, const char *key, double *ret) {
    if (node->kind == NODE_SCALAR && text_number(node->text, strlen(node->text), ret)) {
        return true;
    }
    wrong(r, node, "a JSON number belongs here", "no number", key);
    return false;
}

/* Numbers lie where those of a scenario's own keys lie, so that plan.yaml can hold them. */
static double ranged_value(struct reader *r, const struct node *node, const char *key,
                           const char *section, const char *own_key, double value) {
    const struct key *own = keys_find(section, own_key);
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    if (value >= own->min && value <= own->max) {
        return value;
    }
    (void)text_from_number(low, own->min);
    (void)text_from_number(high, own->max);
    diag_error(r->diag, node->place, "%s: outside %s..%s", key, low, high);
    diag_remedy(r->diag,
                "money is per kWh, per kW and month, per month or day, in the file's currency");
    return own->min > 0.0 ? own->min : 0.0;
}

static bool number_at(struct reader *r, const struct node *map, const char *key, double *ret) {
    const struct node *node = document_find(map, key);
    return node && node->kind != NODE_NULL && read_number(r, node, key, ret);
}

static const char *text_at(const struct node *map, const char *key, const char *fallback) {
    const struct node *node = document_find(map, key);
    return node && node->kind == NODE_SCALAR ? node->text : fallback;
}

/* ---- tiers and schedules --------------------------------------------------------------------------- */
static void read_tier(struct reader *r, const struct node *node, const char *key, bool energy,
                      bool last, double below_value, struct tariff_tier *ret) {
    double rate = 0.0, adjust = 0.0;
    *ret = (struct tariff_tier){0.0, (double)INFINITY, (double)NAN};
    if (node->kind != NODE_MAP) {
        wrong(r, node, "a tier is {\"rate\": ..., \"max\": ...}", "a tier is no object", key);
        return;
    }
    (void)number_at(r, node, "rate", &rate);
    (void)number_at(r, node, "adj", &adjust);
    ret->price_value = ranged_value(r, node, key, energy ? "tariff_energy" : "tariff_demand",
                                    energy ? "money_kwh" : "money_kw_month", rate + adjust);
    if (number_at(r, node, "sell", &ret->sell_money_kwh)) {
        ret->sell_money_kwh =
            ranged_value(r, node, "sell", "tariff_energy", "sell_money_kwh", ret->sell_money_kwh);
    }
    bool ends = number_at(r, node, "max", &ret->up_to_value);
    if (ends) {
        ret->up_to_value = ranged_value(r, node, key, energy ? "tariff_energy" : "tariff_demand",
                                        energy ? "up_to_kwh" : "up_to_kw", ret->up_to_value);
    }
    const struct node *unit = document_find(node, "unit");
    if (unit && unit->kind == NODE_SCALAR && strcmp(unit->text, energy ? "kWh" : "kW") != 0) {
        diag_error(r->diag, unit->place, "%s: tiers in \"%.40s\" are not handled", key, unit->text);
        diag_remedy(r->diag, "only %s: write the tier's max in it, or use another tariff",
                    energy ? "kWh" : "kW");
    }
    if (ends && !(ret->up_to_value > below_value)) {
        wrong(r, document_find(node, "max"), "each tier ends above the one before",
              "tiers out of order", key);
    }
    if (!ends && !last) {
        wrong(r, node, "give it a max, or make it the last", "a tier without max is not the last",
              key);
    }
    if (ends && last) { /* what lies above has no price of its own: it keeps the last one */
        ret->up_to_value = (double)INFINITY;
    }
}

static struct tariff_period *read_periods(struct reader *r, const struct node *node,
                                          const char *key, bool energy, int *ret_count) {
    if (node->kind != NODE_LIST || node->count < 1 || node->count > TARIFF_PERIODS_MAX) {
        wrong(r, node, "a list of 1 to 64 periods, each a list of tiers", "no list of periods",
              key);
        return NULL;
    }
    struct tariff_period *period = ARENA_TAKE(r->arena, struct tariff_period, node->count);
    for (int p = 0; period && p < node->count; p++) {
        const struct node *tiers = node->children[p];
        if (tiers->kind != NODE_LIST || tiers->count < 1 || tiers->count > TARIFF_TIERS_MAX) {
            wrong(r, tiers, "a period is a list of 1 to 16 tiers", "a period has no tiers", key);
            return NULL;
        }
        period[p].tiers_count = tiers->count;
        for (int t = 0; t < tiers->count; t++) {
            read_tier(r, tiers->children[t], key, energy, t + 1 == tiers->count,
                      t ? period[p].tier[t - 1].up_to_value : 0.0, &period[p].tier[t]);
        }
    }
    *ret_count = period ? node->count : 0;
    return period;
}

static bool read_index(struct reader *r, const struct node *node, const char *key, int count,
                       int *ret) {
    double value = 0.0;
    if (!read_number(r, node, key, &value)) {
        return false;
    }
    if (value != floor(value) || value < 0.0 || value >= count) {
        diag_error(r->diag, node->place, "%s: there is no period %.20s", key, node->text);
        diag_remedy(r->diag, "periods count from 0; there are %d", count);
        return false;
    }
    *ret = (int)value;
    return true;
}

static void read_schedule(struct reader *r, const struct node *map, const char *key, int periods,
                          int ret[12][24]) {
    const struct node *node = document_find(map, key);
    if (!node) {
        wrong(r, map, "12 rows of 24 period numbers", "missing", key);
        return;
    }
    if (node->kind != NODE_LIST || node->count != 12) {
        wrong(r, node, "one row per month", "not 12 months", key);
        return;
    }
    for (int m = 0; m < 12; m++) {
        const struct node *row = node->children[m];
        if (row->kind != NODE_LIST || row->count != 24) {
            diag_error(r->diag, row->place, "%s: month %d has %d hours, not 24", key, m + 1,
                       row->kind == NODE_LIST ? row->count : 0);
            diag_remedy(r->diag, "give one period number for each hour, from 0 to 23");
            continue;
        }
        for (int h = 0; h < 24; h++) {
            if (!read_index(r, row->children[h], key, periods, &ret[m][h])) {
                break; /* one message a row */
            }
        }
    }
}

static void read_table(struct reader *r, const struct node *map, const char *what,
                       struct tariff_table *ret) {
    const char *const names[3] = {arena_format(r->arena, "%sratestructure", what),
                                  arena_format(r->arena, "%sweekdayschedule", what),
                                  arena_format(r->arena, "%sweekendschedule", what)};
    const struct node *node = names[0] ? document_find(map, names[0]) : NULL;
    if (!node || node->kind == NODE_NULL) {
        return;
    }
    ret->period = read_periods(r, node, names[0], strcmp(what, "energy") == 0, &ret->periods_count);
    if (ret->period) {
        read_schedule(r, map, names[1], ret->periods_count, ret->weekday);
        read_schedule(r, map, names[2], ret->periods_count, ret->weekend);
    }
}

/* ---- the rest of a rate ------------------------------------------------------------------------------ */
static void read_flat(struct reader *r, const struct node *map) {
    struct tariff *t = r->tariff;
    const struct node *node = document_find(map, "flatdemandstructure"),
                      *months = document_find(map, "flatdemandmonths");
    if (!node || node->kind == NODE_NULL) {
        return;
    }
    t->flat = read_periods(r, node, "flatdemandstructure", false, &t->flat_periods_count);
    if (!t->flat) {
        return;
    }
    if (!months || months->kind != NODE_LIST || months->count != 12) {
        wrong(r, months ? months : node, "12 period numbers, one per month", "not 12 months",
              "flatdemandmonths");
        return;
    }
    for (int m = 0; m < 12; m++) {
        (void)read_index(r, months->children[m], "flatdemandmonths", t->flat_periods_count,
                         &t->flat_month[m]);
    }
}

/* A charge with its unit beside it. */
static void read_charge(struct reader *r, const struct node *map, const char *key,
                        const char *unit_key, double *month, double *day, double *year) {
    double value = 0.0;
    if (!number_at(r, map, key, &value)) {
        return;
    }
    value = ranged_value(r, document_find(map, key), key, "tariff", "fixed_money_day", value);
    const char *unit = text_at(map, unit_key, "$/month");
    if (strcmp(unit, "$/month") == 0) {
        *month += value;
    } else if (strcmp(unit, "$/day") == 0 && day) {
        *day += value;
    } else if (strcmp(unit, "$/year") == 0) {
        *(year ? year : month) += year ? value : value / 12.0;
    } else {
        diag_error(r->diag, document_find(map, unit_key)->place, "%s: \"%.40s\" is not handled",
                   unit_key, unit);
        diag_remedy(r->diag, "$/month%s or $/year", day ? ", $/day" : "");
    }
}

static void read_lookback(struct reader *r, const struct node *map) {
    struct tariff *t = r->tariff;
    double percent = 0.0, range = 0.0;
    if (!number_at(r, map, "lookbackPercent", &percent)) {
        (void)number_at(r, map, "lookbackpercent", &percent);
    }
    if (!number_at(r, map, "lookbackRange", &range)) {
        (void)number_at(r, map, "lookbackrange", &range);
    }
    percent = percent > 1.0 ? percent / 100.0 : percent; /* both ways of writing occur */
    t->lookback_frac = ranged_value(r, map, "lookbackpercent", "lookback", "share_frac", percent);
    t->lookback_range = (int)fmin(fmax(range, 0.0), 11.0);
    bool any = t->lookback_range > 0;
    const struct node *months = document_find(map, "lookbackMonths");
    months = months ? months : document_find(map, "lookbackmonths");
    for (int m = 0; months && months->kind == NODE_LIST && m < 12 && m < months->count; m++) {
        double flag = 0.0;
        const char *text = months->children[m]->text;
        bool yes = text && strcmp(text, "true") == 0, no = text && strcmp(text, "false") == 0;
        if (!yes && !no) {
            (void)read_number(r, months->children[m], "lookbackmonths", &flag);
        }
        t->lookback_month[m] = yes || flag != 0.0;
        any = any || t->lookback_month[m];
    }
    t->lookback_frac = any ? t->lookback_frac : 0.0; /* of no month nothing is remembered */
}

/* Charges that a series of kW cannot be billed by are named. */
static void note_unbilled(struct reader *r, const struct node *map) {
    static const char *const noted[] = {"demandreactivepowercharge", "energyattrs", "demandattrs"},
                             *const refused[] = {"demandratchetpercentage",
                                                 "coincidentratestructure",
                                                 "energyratestructureperkw"};
    struct tariff *t = r->tariff;
    (void)number_at(r, map, "demandreactivepowercharge", &t->reactive_money_kvar);
    for (int k = 0; k < COUNT(noted); k++) {
        const struct node *node = document_find(map, noted[k]);
        if (node && node->kind != NODE_NULL && node->count + (node->text ? 1 : 0) > 0) {
            diag_note(r->diag, node->place,
                      "%s is not in the bill: it needs more than a series of kW", noted[k]);
        }
    }
    for (int k = 0; k < COUNT(refused); k++) {
        const struct node *node = document_find(map, refused[k]);
        if (node && node->kind == NODE_LIST && node->count) {
            wrong(r, node, "remove it if the bill may be without it, or use another tariff",
                  "not handled", refused[k]);
        }
    }
    if (number_at(r, map, "demandwindow", &t->window_min) && t->window_min < 60.0) {
        diag_note(r->diag, document_find(map, "demandwindow")->place,
                  "demand is metered over %d minutes: peaks of hourly loads are lower",
                  (int)t->window_min);
    }
}

static void read_adjustments(struct reader *r, const struct node *map) {
    static const char key[] = "fueladjustmentsmonthly";
    const struct node *node = document_find(map, key);
    if (!node || node->kind == NODE_NULL) {
        return;
    }
    if (node->kind != NODE_LIST || node->count != 12) {
        wrong(r, node, "12 prices per kWh, one per month", "not 12 months", key);
        return;
    }
    for (int m = 0; m < 12; m++) {
        double *adder_money_kwh = &r->tariff->adder_money_kwh[m];
        if (read_number(r, node->children[m], key, adder_money_kwh)) {
            *adder_money_kwh = ranged_value(r, node->children[m], key, "tariff", "adder_money_kwh",
                                            *adder_money_kwh);
        }
    }
}

static void check_unit(struct reader *r, const struct node *map, const char *key) {
    const struct node *node = document_find(map, key);
    if (node && node->kind == NODE_SCALAR && strcmp(node->text, "kW") != 0) {
        diag_error(r->diag, node->place, "%s: demand in \"%.40s\" is not handled", key, node->text);
        diag_remedy(r->diag, "only kW");
    }
}

static void read_urdb(struct reader *r, const struct node *map) {
    struct tariff *t = r->tariff;
    t->name = text_at(map, "name", "");
    t->utility = text_at(map, "utility", "");
    t->label = text_at(map, "label", "");
    read_table(r, map, "energy", &t->energy);
    read_table(r, map, "demand", &t->demand);
    read_flat(r, map);
    read_charge(r, map, "fixedchargefirstmeter", "fixedchargeunits", &t->fixed_money_month,
                &t->fixed_money_day, NULL);
    read_charge(r, map, "fixedmonthlycharge", "fixedmonthlychargeunits", &t->fixed_money_month,
                NULL, NULL);
    read_charge(r, map, "mincharge", "minchargeunits", &t->least_money_month, NULL,
                &t->least_money_year);
    if (number_at(r, map, "annualmincharge", &t->least_money_year)) {
        t->least_money_year =
            ranged_value(r, document_find(map, "annualmincharge"), "annualmincharge", "tariff",
                         "least_money_year", t->least_money_year);
    }
    (void)number_at(r, map, "peakkwcapacitymin", &t->least_kw);
    (void)number_at(r, map, "peakkwcapacitymax", &t->most_kw);
    check_unit(r, map, "demandrateunit");
    check_unit(r, map, "flatdemandunit");
    read_lookback(r, map);
    read_adjustments(r, map);
    note_unbilled(r, map);
    const char *rules = text_at(map, "dgrules", "");
    t->export_rule = strcmp(rules, "Net Metering") == 0 ? TARIFF_NET : TARIFF_SELL;
    if (t->energy.periods_count == 0 && t->demand.periods_count == 0 &&
        t->flat_periods_count == 0 && diag_errors(r->diag) == 0) {
        wrong(r, map, "a URDB rate has energyratestructure", "it has no rates", "no tariff");
    }
}

/* ---- REopt --------------------------------------------------------------------------------------------- */
static struct tariff_period *one_price(struct reader *r, int count) {
    struct tariff_period *period = ARENA_TAKE(r->arena, struct tariff_period, count);
    for (int p = 0; period && p < count; p++) {
        period[p].tiers_count = 1;
        period[p].tier[0] = (struct tariff_tier){0.0, (double)INFINITY, (double)NAN};
    }
    return period;
}

/* One number a year, or twelve: a period for each month. */
static bool monthly_prices(struct reader *r, const struct node *map, const char *year_key,
                           const char *month_key, bool energy, struct tariff_period **ret) {
    const struct node *months = document_find(map, month_key), *year = document_find(map, year_key);
    if (!months && !year) {
        return false;
    }
    *ret = one_price(r, 12);
    if (months && (months->kind != NODE_LIST || months->count != 12)) {
        wrong(r, months, "12 prices", "not 12 months", month_key);
        return false;
    }
    for (int m = 0; *ret && m < 12; m++) {
        const struct node *node = months ? months->children[m] : year;
        const char *key = months ? month_key : year_key;
        double *price_value = &(*ret)[m].tier[0].price_value;
        if (read_number(r, node, key, price_value)) {
            *price_value = ranged_value(r, node, key, energy ? "tariff_energy" : "tariff_demand",
                                        energy ? "money_kwh" : "money_kw_month", *price_value);
        }
    }
    return *ret != NULL;
}

static void read_coincident(struct reader *r, const struct node *map) {
    static const char steps_key[] = "coincident_peak_load_active_time_steps",
                      price_key[] = "coincident_peak_load_charge_per_kw";
    struct tariff *t = r->tariff;
    const struct node *steps = document_find(map, steps_key),
                      *prices = document_find(map, price_key);
    if (!steps && !prices) {
        return;
    }
    if (!steps || !prices || steps->kind != NODE_LIST || prices->kind != NODE_LIST ||
        steps->count != prices->count || steps->count > TARIFF_COINCIDENT_MAX) {
        wrong(r, steps ? steps : prices, "as many lists of hours as prices, at most 64",
              "it and its prices do not match", steps_key);
        return;
    }
    t->coincident = ARENA_TAKE(r->arena, struct tariff_coincident, steps->count);
    for (int c = 0; t->coincident && c < steps->count; c++) {
        const struct node *list = steps->children[c];
        struct tariff_coincident *peak = &t->coincident[c];
        if (read_number(r, prices->children[c], price_key, &peak->money_kw)) {
            peak->money_kw = ranged_value(r, prices->children[c], price_key, "coincident",
                                          "money_kw", peak->money_kw);
        }
        if (list->kind != NODE_LIST) {
            wrong(r, list, "a list of hours from 1", "no list of hours", steps_key);
            continue;
        }
        peak->hour = ARENA_TAKE(r->arena, int, list->count);
        for (int k = 0; peak->hour && k < list->count; k++) {
            double hour = 0.0;
            if (read_number(r, list->children[k], steps_key, &hour) &&
                (hour < 1.0 || hour > HOURS_MAX || hour != floor(hour))) {
                wrong(r, list->children[k], "hours count from 1", "no hour of a year", steps_key);
                hour = 1.0;
            }
            peak->hour[peak->hours_count++] = hour >= 1.0 ? (int)hour - 1 : 0;
        }
    }
    t->coincident_count = t->coincident ? steps->count : 0;
}

static void read_hourly(struct reader *r, const struct node *map) {
    const struct node *node = document_find(map, "tou_energy_rates_per_kwh");
    if (!node) {
        return;
    }
    if (node->kind != NODE_LIST || (node->count != 8760 && node->count != 8784)) {
        wrong(r, node, "8,760 or 8,784 prices", "not one price an hour",
              "tou_energy_rates_per_kwh");
        return;
    }
    double *price = ARENA_TAKE(r->arena, double, node->count);
    for (int h = 0; price && h < node->count; h++) {
        if (!read_number(r, node->children[h], "tou_energy_rates_per_kwh", &price[h])) {
            return;
        }
        price[h] = ranged_value(r, node->children[h], "tou_energy_rates_per_kwh", "tariff",
                                "hourly_money_kwh", price[h]);
    }
    r->tariff->hourly_money_kwh = price;
    r->tariff->hourly_count = node->count;
}

static void each_month_its_period(int table[12][24]) {
    for (int m = 0; m < 12; m++) {
        for (int h = 0; h < 24; h++) {
            table[m][h] = m;
        }
    }
}

static void read_reopt(struct reader *r, const struct node *map) {
    static const char *const known[] = {"blended_annual_energy_rate",
                                        "blended_annual_demand_rate",
                                        "monthly_energy_rates",
                                        "monthly_demand_rates",
                                        "coincident_peak_load_active_time_steps",
                                        "coincident_peak_load_charge_per_kw",
                                        "tou_energy_rates_per_kwh",
                                        "wholesale_rate",
                                        "urdb_response"};
    struct tariff *t = r->tariff;
    for (int k = 0; k < map->count; k++) {
        bool found = false;
        for (int n = 0; n < COUNT(known); n++) {
            found = found || strcmp(map->keys[k], known[n]) == 0;
        }
        if (!found && strncmp(map->keys[k], "urdb_", 5) == 0) {
            diag_error(r->diag, map->key_places[k],
                       "%s: tariff \"%.60s\" stands in an online database", map->keys[k],
                       map->children[k]->text ? map->children[k]->text : "");
            diag_remedy(r->diag, "save that rate as JSON and give it as urdb_response");
        } else if (!found) {
            diag_error(r->diag, map->key_places[k], "ElectricTariff: %.60s is not handled",
                       map->keys[k]);
            diag_remedy(r->diag, "remove it if the bill may be without it");
        }
    }
    const struct node *urdb = document_find(map, "urdb_response");
    if (urdb) {
        read_urdb(r, urdb);
    }
    struct tariff_period *period = NULL;
    if (monthly_prices(r, map, "blended_annual_energy_rate", "monthly_energy_rates", true,
                       &period)) {
        t->energy.period = period;
        t->energy.periods_count = 12;
        each_month_its_period(t->energy.weekday);
        each_month_its_period(t->energy.weekend);
    }
    if (monthly_prices(r, map, "blended_annual_demand_rate", "monthly_demand_rates", false,
                       &period)) {
        t->flat = period;
        t->flat_periods_count = 12;
        for (int m = 0; m < 12; m++) {
            t->flat_month[m] = m;
        }
    }
    if (number_at(r, map, "wholesale_rate", &t->export_money_kwh)) {
        t->export_money_kwh =
            ranged_value(r, document_find(map, "wholesale_rate"), "wholesale_rate", "tariff",
                         "export_money_kwh", t->export_money_kwh);
        t->export_rule = TARIFF_SELL;
    }
    read_hourly(r, map);
    read_coincident(r, map);
}

enum status tariff_parse(struct arena *arena, struct diag *diag, const char *file, const char *text,
                         size_t size, struct tariff *ret) {
    struct tariff tariff = tariff_empty();
    struct reader r = {arena, diag, &tariff};
    struct node *root = NULL;
    int before = diag_errors(diag);
    diag_file(diag, file, text, size);
    TRY(document_parse(arena, diag, file, text, size, &root));
    if (!root || root->kind != NODE_MAP) {
        diag_error(diag, (struct place){file, 1, 1}, "no tariff: a JSON object belongs here");
        return STATUS_BAD_SCENARIO;
    }
    tariff.file = file;
    const struct node *items = document_find(root, "items"),
                      *reopt = document_find(root, "ElectricTariff");
    if (items && items->kind == NODE_LIST && items->count != 1) {
        diag_error(diag, items->place, "%d rates where one belongs", items->count);
        diag_remedy(diag, "keep the one rate that is meant");
    } else if (reopt && reopt->kind == NODE_MAP) {
        read_reopt(&r, reopt);
    } else {
        read_urdb(&r, items && items->kind == NODE_LIST ? items->children[0] : root);
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    if (diag_errors(diag) > before) {
        return STATUS_BAD_SCENARIO;
    }
    *ret = tariff;
    return STATUS_OK;
}

enum status tariff_read(struct arena *arena, struct diag *diag, const char *path,
                        struct tariff *ret) {
    char *text = NULL;
    size_t size = 0;
    TRY(file_read(arena, diag, (struct place){NULL, 0, 0}, path, BYTES_MAX, &text, &size));
    return tariff_parse(arena, diag, path, text, size, ret);
}
