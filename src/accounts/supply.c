/* The best temperature against its neighbours: what they cost more, and where their energy differs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/supply.h"

#include <math.h>

#include "accounts/internal.h"
#include "base/text.h"

enum { DRIVERS = 5, DRIVERS_TOLD = 3 };
static const double plain_frac = 0.05; /* of the largest driver: a smaller one is not told */
static const double same_ratio = 1e-5; /* of the cost: plans that are as good */

int account_supply_curve(const struct supply_choice *choice, int hall, int *ret_row) {
    int count = 0;
    for (int row = 0; row < choice->rows_count; row++) {
        bool others = true;
        for (int k = 0; k < choice->halls_count; k++) {
            others = others && (k == hall || choice->row[row].supply_c[k] ==
                                                 choice->row[choice->best].supply_c[k]);
        }
        if (others) {
            ret_row[count++] = row;
        }
    }
    return count;
}

static const char *energy_words(struct arena *arena, double kwh) {
    double size = fabs(kwh);
    const char *unit = size >= 999.5e3 ? "GWh" : size >= 999.5 ? "MWh" : "kWh";
    double per_unit = size >= 999.5e3 ? 1e6 : size >= 999.5 ? 1e3 : 1.0;
    return arena_format(arena, "%s %s", words_number(arena, size / per_unit, 2), unit);
}

/* "cooling 1.2 GWh more, heat pump 210 MWh less": where the energy of a plan differs from the best. */
static const char *differences(const struct supply_row *row, const struct supply_row *best,
                               struct arena *arena) {
    const struct {
        const char *name;
        double kwh;
    } driver[DRIVERS] = {{"cooling", row->cooling_kwh_year - best->cooling_kwh_year},
                         {"heat pump", row->heat_pump_kwh_year - best->heat_pump_kwh_year},
                         {"servers and their power chain",
                          (row->data_centre_kwh_year - row->cooling_kwh_year) -
                              (best->data_centre_kwh_year - best->cooling_kwh_year)},
                         {"fuel", row->fuel_kwh_year - best->fuel_kwh_year},
                         {"heat handed over", row->reused_kwh_year - best->reused_kwh_year}};
    bool told[DRIVERS] = {false};
    struct text_buffer words;
    double largest = 0.0;
    text_buffer_init(&words, arena);
    for (int n = 0; n < DRIVERS_TOLD; n++) {
        int most = -1;
        for (int k = 0; k < DRIVERS; k++) {
            most =
                !told[k] && (most < 0 || fabs(driver[k].kwh) > fabs(driver[most].kwh)) ? k : most;
        }
        double kwh = fabs(driver[most].kwh);
        largest = n == 0 ? kwh : largest;
        told[most] = true;
        if (kwh < 1.0 || kwh < plain_frac * largest) {
            break;
        }
        text_add_format(&words, "%s%s %s %s", n ? ", " : ": ", driver[most].name,
                        energy_words(arena, kwh), driver[most].kwh > 0.0 ? "more" : "less");
    }
    return words.data ? words.data : "";
}

static const char *degrees(struct arena *arena, double t_c) {
    char number[TEXT_NUMBER_SIZE];
    (void)text_from_number(number, t_c);
    return arena_format(arena, "%s °C", number);
}

static void add_neighbour(const struct accounts *accounts, int hall, int row,
                          struct text_buffer *out) {
    const struct supply_choice *choice = accounts->plan->supply;
    const struct supply_row *it = &choice->row[row], *best = &choice->row[choice->best];
    struct arena *arena = out->arena;
    const char *at = degrees(arena, it->supply_c[hall]);
    if (it->reason) {
        text_add_format(out, " %s has no plan: %s.", at, it->reason);
        return;
    }
    double more_money = it->cost_money_year - best->cost_money_year;
    bool same = more_money <= same_ratio * fabs(best->cost_money_year);
    const char *cost = same ? "costs as much"
                            : arena_format(arena, "would cost %s a year more",
                                           words_money(arena, accounts->scenario, more_money));
    text_add_format(out, " %s %s%s.", at, cost, differences(it, best, arena));
}

/* Apart has a best temperature of its own; that is what together should be held against. */
static void add_apart(const struct accounts *accounts, int hall, const int *row, int count,
                      struct text_buffer *out) {
    const struct supply_choice *choice = accounts->plan->supply;
    const struct supply_row *best = &choice->row[choice->best], *apart = best;
    for (int k = 0; k < count; k++) {
        const struct supply_row *it = &choice->row[row[k]];
        apart =
            !it->reason && it->apart_cost_money_year < apart->apart_cost_money_year ? it : apart;
    }
    double less_money = best->apart_cost_money_year - apart->apart_cost_money_year;
    if (less_money <= same_ratio * fabs(best->apart_cost_money_year)) {
        return;
    }
    text_add_format(out,
                    " Apart, %s would cost least, %s a year less than apart costs here; what "
                    "together gains over apart is that much less against it.",
                    degrees(out->arena, apart->supply_c[hall]),
                    words_money(out->arena, accounts->scenario, less_money));
}

void account_supply(const struct accounts *accounts, int hall, struct arena *arena,
                    struct supply_words *ret) {
    const struct supply_choice *choice = accounts->plan->supply;
    const struct supply_row *best = &choice->row[choice->best];
    int *row = ARENA_TAKE(arena, int, choice->rows_count), count = 0, at = 0;
    struct text_buffer because;
    text_buffer_init(&because, arena);
    *ret = (struct supply_words){"", ""};
    if (!row) {
        return;
    }
    count = account_supply_curve(choice, hall, row);
    for (int k = 0; k < count; k++) {
        at = row[k] == choice->best ? k : at;
    }
    if (at > 0) {
        add_neighbour(accounts, hall, row[at - 1], &because);
    }
    if (at < count - 1) {
        add_neighbour(accounts, hall, row[at + 1], &because);
    }
    if (count > 1 && (at == 0 || at == count - 1)) {
        text_add_format(&because, " It is the %s that was tried; a %s one may cost less yet.",
                        at == 0 ? "coldest" : "warmest", at == 0 ? "colder" : "warmer");
    }
    add_apart(accounts, hall, row, count, &because);
    int planned = 0;
    for (int k = 0; k < count; k++) {
        planned += choice->row[row[k]].reason == NULL;
    }
    const char *of =
        planned == count
            ? arena_format(arena, "Of %d temperatures tried", count)
            : arena_format(arena, "Of %d temperatures tried %d could be planned; of these", count,
                           planned);
    ret->claim = arena_format(arena, "%s%s coolant at %s costs least for %s.", of,
                              planned == count ? "," : "", degrees(arena, best->supply_c[hall]),
                              accounts->scenario->halls[choice->hall[hall]].name);
    ret->because = because.size ? because.data + 1 : "";
}
