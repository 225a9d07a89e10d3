/* The ledger: rows are transfers, columns parties; a line runs from who pays to who receives. Then
   the real things that are paid to the world outside, and who is better or worse off. On a phone a
   list. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/charts.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/parties.h"

enum { SHOWN_MAX = 12, NAMES_MAX = 160 };

struct ledger_page {
    const struct accounts *a;
    struct text_buffer *out;
    const struct party_look *shown[SHOWN_MAX];
    int count;
    double unit_money; /* amounts are shown in these */
    const char *unit_words;
    int decimals;
    const char *name[NAMES_MAX]; /* of each transfer */
};

static const char *amount(const struct ledger_page *page, double money_year, bool sign) {
    double value = money_year * figures_period(page->a) / page->unit_money;
    const char *text = number_fixed(page->out->arena, value, page->decimals);
    bool zero = text[strspn(text, "0.")] == '\0';
    if (zero) {
        return "0";
    }
    return sign && value > 0.0 ? number_format(page->out->arena, "+%s", text) : text;
}

/* ---- names of rows ---- */

/* What a transfer is called when it goes the usual way, and when together turns it around. */
static const struct row_name {
    const char *kind, *usual, *turned;
    enum party payee; /* of the usual way; PARTY_COUNT: any */
} row_names[] = {
    {"electricity_energy", "Power bought", "Power no longer bought", PARTY_ELECTRIC_UTILITY},
    {"electricity_demand", "Peak and fixed charges for power", "Peak and fixed charges saved",
     PARTY_ELECTRIC_UTILITY},
    {"electricity_minimum", "Power paid for and not taken",
     "Power no longer paid for and not taken", PARTY_ELECTRIC_UTILITY},
    {"curtailment_paid", "Paid back for a right to curtail", "Paid for the right to curtail",
     PARTY_ELECTRIC_UTILITY},
    {"certificates", "Certificates of origin", "Certificates no longer bought", PARTY_SUPPLIERS},
    {"ppa_power", "Power bought by contract", "Power no longer bought by contract",
     PARTY_SUPPLIERS},
    {"ppa_credit", "Contract of power, charged on the bill",
     "Contract of power, taken off the bill", PARTY_ELECTRIC_UTILITY},
    {"ppa_sold", "Power by contract, sold on", "Power by contract, sold on", PARTY_COUNT},
    {"sales_tax", "Tax on energy", "Tax on energy no longer paid", PARTY_STATE},
    {"power_resold", "Power drawn on another party’s meter, paid back",
     "Power drawn on another party’s meter, paid back", PARTY_COUNT},
    {"power_fed_in", "Power fed in", "Power no longer fed in", PARTY_COUNT},
    {"fuel", "Gas bought", "Gas no longer bought", PARTY_FUEL_SUPPLIER},
    {"water", "Water bought", "Water no longer bought", PARTY_WATER_UTILITY},
    {"carbon_paid", "Carbon price paid", "Carbon price no longer paid", PARTY_STATE},
    {"plant_capital", "Plant built, yearly share", "Plant no longer built", PARTY_SUPPLIERS},
    {"plant_fixed", "Plant kept in order", "Plant no longer kept", PARTY_SUPPLIERS},
    {"plant_running", "Plant run and worn", "Plant no longer run", PARTY_SUPPLIERS},
    {"heat_sold", "Heat sold", "Heat sold, at a price below zero", PARTY_COUNT},
    {"cold_sold", "Cold sold", "Cold sold, at a price below zero", PARTY_COUNT},
    {"source_heat", "Heat bought at the source", "Paid for taking the heat away", PARTY_OPERATOR},
    {"existing_heat_sold", "Heat from existing plants", "Heat from existing plants, less",
     PARTY_COUNT},
    {"existing_cold_sold", "Cold from existing plants", "Cold from existing plants, less",
     PARTY_COUNT}};

static const char *plain_name(const struct accounts *a, const struct transfer *t) {
    for (int k = 0; k < COUNT(row_names); k++) {
        if (strcmp(row_names[k].kind, t->kind) == 0) {
            bool sold = strstr(t->kind, "heat_sold") || strstr(t->kind, "cold_sold");
            bool usual = sold ? t->payer == PARTY_HEAT_CUSTOMERS
                              : row_names[k].payee == PARTY_COUNT || t->payee == row_names[k].payee;
            return usual ? row_names[k].usual : row_names[k].turned;
        }
    }
    (void)a;
    return t->what;
}

/* Rows of one name are told apart by the party whose row it is. */
static void name_rows(struct ledger_page *page) {
    const struct ledger *change = &page->a->change;
    for (int k = 0; k < change->transfers_count && k < NAMES_MAX; k++) {
        page->name[k] = plain_name(page->a, &change->transfers[k]);
    }
    for (int k = 0; k < change->transfers_count && k < NAMES_MAX; k++) {
        const struct transfer *t = &change->transfers[k];
        bool alike = false;
        for (int n = 0; n < change->transfers_count && n < NAMES_MAX; n++) {
            alike = alike || (n != k && strcmp(plain_name(page->a, &change->transfers[n]),
                                               plain_name(page->a, t)) == 0);
        }
        if (alike) {
            enum party supplier = PARTY_COUNT;
            for (int n = 0; n < COUNT(row_names); n++) {
                supplier = strcmp(row_names[n].kind, t->kind) == 0 ? row_names[n].payee : supplier;
            }
            enum party whose = t->payer == supplier ? t->payee : t->payer;
            page->name[k] =
                number_format(page->out->arena, "%s: %s", page->name[k],
                              chart_lower(party_look_of(whose)->name, page->out->arena));
        }
    }
}

/* "1 450 MWh at $39.9/MWh" where a quantity stands behind the money. */
static const char *detail(const struct ledger_page *page, const struct transfer *t) {
    struct arena *arena = page->out->arena;
    double kwh = fabs(t->quantity_kwh) * figures_period(page->a);
    bool energy = strcmp(t->kind, "water") != 0;
    if (!isfinite(kwh) || kwh <= 0.0) {
        return "";
    }
    if (!energy) {
        return number_format(arena, "%s m³", number_digits(arena, kwh, 3));
    }
    struct unit_choice unit = chart_energy_unit(kwh);
    double price = 1000.0 * t->money_year / fabs(t->quantity_kwh);
    bool priced = strcmp(t->kind, "heat_sold") == 0 || strcmp(t->kind, "cold_sold") == 0 ||
                  strcmp(t->kind, "source_heat") == 0;
    const char *quantity =
        number_format(arena, "%s %s", number_digits(arena, kwh / unit.per_unit, 3), unit.name);
    return priced ? number_format(arena, "%s at %s/MWh", quantity,
                                  number_money(arena, page->a->scenario->currency, price, false))
                  : quantity;
}

/* ---- the table ---- */

static void add_head(struct ledger_page *page) {
    text_add_format(page->out,
                    "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table "
                    "class=\"led\"><thead><tr><th scope=\"col\">%s</th>",
                    page->unit_words);
    for (int k = 0; k < page->count; k++) {
        text_add(page->out, "<th scope=\"col\">");
        party_mark(page->out, page->shown[k]);
        text_add(page->out, "</th>");
    }
    text_add(page->out, "<th scope=\"col\" class=\"z\">Sum</th></tr></thead><tbody>\n");
}

static void add_transfer(struct ledger_page *page, const struct transfer *t, const char *name) {
    int from = -1, to = -1;
    for (int k = 0; k < page->count; k++) {
        from = page->shown[k]->party == t->payer ? k : from;
        to = page->shown[k]->party == t->payee ? k : to;
    }
    text_add(page->out, "<tr><th scope=\"row\">");
    html_words(page->out, name);
    text_add(page->out, " <small>");
    html_words(page->out, detail(page, t));
    text_add(page->out, "</small></th>");
    const char *money = amount(page, t->money_year, false);
    bool zero = strcmp(money, "0") == 0;
    for (int k = 0; k < page->count; k++) {
        bool right = to > from;
        if (k == from) {
            text_add_format(page->out, "<td class=\"pay %s\"><span>%s%s</span></td>",
                            right ? "r" : "l", zero ? "" : NUMBER_MINUS, money);
        } else if (k == to) {
            text_add_format(page->out, "<td class=\"get %s\"><span>%s%s</span></td>",
                            right ? "l" : "r", zero ? "" : "+", money);
        } else if ((k > from && k < to) || (k < from && k > to)) {
            text_add(page->out, "<td class=\"thru\"></td>");
        } else {
            text_add(page->out, "<td></td>");
        }
    }
    text_add(page->out, "<td class=\"z\">0</td></tr>\n");
}

static double transfers_of(const struct ledger *ledger, enum party party) {
    double sum = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        sum += ledger->transfers[k].payee == party ? ledger->transfers[k].money_year : 0.0;
        sum -= ledger->transfers[k].payer == party ? ledger->transfers[k].money_year : 0.0;
    }
    return sum;
}

static const struct {
    const char *kind, *more, *less; /* together takes more of it than apart, or less */
} resource_names[] = {{"power_generated", "Power generated", "Power not generated"},
                      {"fuel_extracted", "Fuel extracted", "Fuel not extracted"},
                      {"water_supplied", "Water supplied", "Water not supplied"},
                      {"plant_built", "Plant built, kept and run", "Plant not built"}};

/* One row per real thing, by the party that bears it. */
static void add_resources(struct ledger_page *page) {
    const struct ledger *change = &page->a->change;
    for (int r = 0; r < COUNT(resource_names); r++) {
        double money[SHOWN_MAX] = {0}, sum = 0.0;
        bool moves = false;
        for (int n = 0; n < change->resources_count; n++) {
            for (int k = 0; k < page->count; k++) {
                bool here = strcmp(change->resources[n].kind, resource_names[r].kind) == 0 &&
                            change->resources[n].party == page->shown[k]->party;
                money[k] -= here ? change->resources[n].money_year : 0.0;
                moves = moves || (here && party_moves(page->a, change->resources[n].money_year));
            }
        }
        for (int k = 0; k < page->count; k++) {
            sum += money[k];
        }
        if (!moves) {
            continue;
        }
        text_add_format(page->out, "<tr><th scope=\"row\">%s</th>",
                        sum <= 0.0 ? resource_names[r].more : resource_names[r].less);
        for (int k = 0; k < page->count; k++) {
            text_add_format(page->out, "<td><span>%s</span></td>",
                            money[k] != 0.0 ? amount(page, money[k], true) : "");
        }
        text_add_format(page->out, "<td class=\"z\">%s</td></tr>\n", amount(page, sum, true));
    }
}

static void add_sums(struct ledger_page *page) {
    const struct ledger *change = &page->a->change;
    double net = 0.0;
    text_add(page->out, "<tr class=\"sum\"><th scope=\"row\">All transfers</th>");
    for (int k = 0; k < page->count; k++) {
        text_add_format(page->out, "<td><span>%s</span></td>",
                        amount(page, transfers_of(change, page->shown[k]->party), true));
    }
    text_add_format(page->out,
                    "<td class=\"z\"><b>0</b></td></tr></tbody>\n<tbody><tr class=\"gap\"><th "
                    "colspan=\"%d\" scope=\"rowgroup\">Real things, paid to the world outside"
                    "</th></tr>\n",
                    page->count + 2);
    add_resources(page);
    text_add(page->out, "<tr class=\"sum net\"><th scope=\"row\">Better or worse off</th>");
    for (int k = 0; k < page->count; k++) {
        double money = change->net_money_year[page->shown[k]->party];
        net += money;
        text_add_format(page->out, "<td><span%s>%s</span></td>",
                        money < 0.0 && party_moves(page->a, money) ? " class=\"w\"" : "",
                        amount(page, money, true));
    }
    text_add_format(page->out, "<td class=\"z\"><b>%s</b></td></tr></tbody></table></div>\n",
                    amount(page, net, true));
}

/* ---- the list for phones ---- */
static void add_list(struct ledger_page *page) {
    const struct ledger *change = &page->a->change;
    double net = 0.0;
    text_add_format(page->out, "<div class=\"ledn\"><p class=\"hd\">%s</p><ol>", page->unit_words);
    for (int k = 0; k < change->transfers_count && k < NAMES_MAX; k++) {
        const struct transfer *t = &change->transfers[k];
        const char *money = amount(page, t->money_year, false);
        bool zero = strcmp(money, "0") == 0;
        text_add(page->out, "<li><b>");
        html_words(page->out, page->name[k]);
        text_add(page->out, "</b><span class=\"ft\"><span>");
        party_mark(page->out, party_look_of(t->payer));
        text_add(page->out, "</span><span class=\"ln\"></span><span>");
        party_mark(page->out, party_look_of(t->payee));
        text_add_format(page->out,
                        "</span></span><span class=\"am\"><span>%s%s</span><span>%s%s</span></span>"
                        "</li>\n",
                        zero ? "" : NUMBER_MINUS, money, zero ? "" : "+", money);
    }
    text_add(page->out, "<li class=\"sum\"><b>All transfers</b><span>sum to 0</span></li></ol><p "
                        "class=\"hd\">Better or worse off, after real costs</p><ul>");
    for (int k = 0; k < page->count; k++) {
        double money = change->net_money_year[page->shown[k]->party];
        net += money;
        text_add(page->out, "<li><span>");
        party_mark(page->out, page->shown[k]);
        text_add_format(page->out, "</span><b%s>%s</b></li>\n",
                        money < 0.0 && party_moves(page->a, money) ? " class=\"w\"" : "",
                        amount(page, money, true));
    }
    text_add_format(page->out,
                    "<li class=\"sum\"><span>All together</span><b>%s</b></li></ul></div>\n",
                    amount(page, net, true));
}

/* ---- the section ---- */

static void choose_parties(struct ledger_page *page, double *ret_saved, int *ret_losers) {
    const struct ledger *change = &page->a->change;
    int all = 0;
    const struct party_look *looks = party_looks(&all);
    for (int k = 0; k < all; k++) {
        double net = change->net_money_year[looks[k].party];
        bool takes_part = party_moves(page->a, net);
        for (int n = 0; n < change->transfers_count; n++) {
            takes_part = takes_part || change->transfers[n].payer == looks[k].party ||
                         change->transfers[n].payee == looks[k].party;
        }
        if (takes_part && looks[k].party != PARTY_SOCIETY && page->count < SHOWN_MAX) {
            page->shown[page->count++] = &looks[k];
            *ret_saved += net;
            *ret_losers += net < 0.0 && party_moves(page->a, net);
        }
    }
}

/* Thousands from some ten thousand on, millions from ten million; three digits of the largest. */
static void choose_unit(struct ledger_page *page) {
    double largest = 0.0, period = figures_period(page->a);
    for (int k = 0; k < page->a->change.transfers_count; k++) {
        largest = fmax(largest, page->a->change.transfers[k].money_year * period);
    }
    const char *scale = largest >= 2e7 ? "million " : largest >= 2e4 ? "thousand " : "";
    page->unit_money = largest >= 2e7 ? 1e6 : largest >= 2e4 ? 1e3 : 1.0;
    double shown = largest / page->unit_money;
    page->decimals = shown >= 1000.0 ? 0 : shown >= 10.0 ? 1 : 2;
    page->unit_words =
        number_format(page->out->arena, "%s%s %s", scale, page->a->scenario->currency,
                      figures_period_words(page->a, page->out->arena));
}

static void add_foot(struct ledger_page *page, int losers) {
    const struct accounts *a = page->a;
    struct arena *arena = page->out->arena;
    double carbon_t = number_change(a->metrics[CASE_TOGETHER].carbon_marginal_kg_year,
                                    a->metrics[CASE_APART].carbon_marginal_kg_year) *
                      figures_period(a) / 1000.0;
    double society = a->change.net_money_year[PARTY_SOCIETY] * figures_period(a);
    text_add(page->out,
             "<p class=\"foot\">Each line starts at who pays and ends at who receives. ");
    if (party_moves(a, a->change.net_money_year[PARTY_SOCIETY])) {
        html_words(
            page->out,
            number_format(arena,
                          "Carbon that nobody pays for: %s t CO₂, worth %s to society at its "
                          "shadow price. ",
                          number_signed(arena, carbon_t, 3),
                          number_money(arena, a->scenario->currency, society, true)));
    }
    text_add(page->out, "Charges for peaks pay for networks that stand already: a transfer without "
                        "a real cost.");
    if (losers) {
        text_add_format(page->out, " <b class=\"risk\">! %d %s worse off than apart.</b>", losers,
                        losers == 1 ? "party is" : "parties are");
    }
    text_add(page->out, "</p>");
}

void chart_ledger(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    struct ledger_page *page = ARENA_TAKE(arena, struct ledger_page, 1);
    int losers = 0;
    double saved = 0.0;
    if (!page) {
        out->failed = true;
        return;
    }
    page->a = a;
    page->out = out;
    choose_parties(page, &saved, &losers);
    text_add(out, "<section class=\"full\" id=\"ledger\"><h2>");
    if (page->count == 0) {
        text_add(out, "No money moves: together is the same as apart.</h2></section>\n");
        return;
    }
    choose_unit(page);
    name_rows(page);
    double shown = saved * figures_period(a);
    html_words(
        out, number_format(
                 arena, "Every payment has two ends: transfers cancel, and %s of real %s %s.",
                 number_money(arena, a->scenario->currency, fabs(shown), false),
                 saved >= 0.0 ? "saving is left" : "cost is left", figures_period_words(a, arena)));
    text_add(out, "</h2><p class=\"unit\">Together less apart; who pays, who receives</p>\n");
    add_head(page);
    for (int k = 0; k < a->change.transfers_count && k < NAMES_MAX; k++) {
        add_transfer(page, &a->change.transfers[k], page->name[k]);
    }
    add_sums(page);
    add_list(page);
    add_foot(page, losers);
    text_add(out, "<p class=\"foot src\">transfers.csv</p></section>\n");
}
