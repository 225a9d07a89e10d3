/* The ledger: rows are transfers, columns parties; a line runs from who pays to who receives. On a
   phone a list. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "tell/charts.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"

static const struct party_look {
    enum party party;
    const char *mark, *name, *colour;
} looks[] = {{PARTY_OPERATOR, "●", "Operator", "operator"},
             {PARTY_HEAT_UTILITY, "◆", "Heat utility", "heat-utility"},
             {PARTY_HEAT_CUSTOMERS, "■", "Heat customers", "households"},
             {PARTY_ELECTRIC_UTILITY, "▲", "Electric utility", "electric-utility"},
             {PARTY_FUEL_SUPPLIER, "▼", "Fuel supplier", "suppliers"},
             {PARTY_WATER_UTILITY, "◇", "Water utility", "water"},
             {PARTY_SUPPLIERS, "□", "Plant suppliers", "suppliers"},
             {PARTY_MUNICIPALITY, "✚", "City", "municipality"},
             {PARTY_STATE, "✚", "State", "municipality"},
             {PARTY_SOCIETY, "○", "Society", "society"}};

static int look_of(enum party party) {
    for (int k = 0; k < COUNT(looks); k++) {
        if (looks[k].party == party) {
            return k;
        }
    }
    return 0;
}

static const char *thousands(const struct accounts *a, struct arena *arena, double money_year,
                             bool sign) {
    double value = money_year * figures_period(a) / 1000.0;
    int decimals = fabs(value) < 9.95 ? 1 : 0;
    const char *text = number_fixed(arena, value, decimals);
    return sign && value > 0.0 ? arena_format(arena, "+%s", text) : text;
}

static void add_ledger_head(const struct accounts *a, const int *shown, int count,
                            struct text_buffer *out) {
    text_add_format(out, "<table class=\"led\"><thead><tr><th scope=\"col\">thousand %s %s</th>",
                    a->scenario->currency, figures_period_words(a, out->arena));
    for (int k = 0; k < count; k++) {
        text_add_format(out, "<th scope=\"col\"><i style=\"color:var(--%s)\">%s</i> %s</th>",
                        looks[shown[k]].colour, looks[shown[k]].mark, looks[shown[k]].name);
    }
    text_add(out, "<th scope=\"col\" class=\"z\">Sum</th></tr></thead><tbody>\n");
}

static void add_transfer_row(const struct accounts *a, const struct transfer *t, const int *shown,
                             int count, struct text_buffer *out) {
    int from = -1, to = -1;
    for (int k = 0; k < count; k++) {
        from = looks[shown[k]].party == t->payer ? k : from;
        to = looks[shown[k]].party == t->payee ? k : to;
    }
    text_add(out, "<tr><th scope=\"row\">");
    html_text(out, t->what);
    text_add(out, "</th>");
    for (int k = 0; k < count; k++) {
        bool right = to > from;
        if (k == from) {
            text_add_format(out, "<td class=\"pay %s\"><span>%s%s</span></td>", right ? "r" : "l",
                            NUMBER_MINUS, thousands(a, out->arena, t->money_year, false));
        } else if (k == to) {
            text_add_format(out, "<td class=\"get %s\"><span>+%s</span></td>", right ? "l" : "r",
                            thousands(a, out->arena, t->money_year, false));
        } else if ((k > from && k < to) || (k < from && k > to)) {
            text_add(out, "<td class=\"thru\"></td>");
        } else {
            text_add(out, "<td></td>");
        }
    }
    text_add(out, "<td class=\"z\">0</td></tr>\n");
}

static double transfers_of(const struct ledger *ledger, enum party party) {
    double sum = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        sum += ledger->transfers[k].payee == party ? ledger->transfers[k].money_year : 0.0;
        sum -= ledger->transfers[k].payer == party ? ledger->transfers[k].money_year : 0.0;
    }
    return sum;
}

static void add_ledger_sums(const struct accounts *a, const int *shown, int count,
                            struct text_buffer *out) {
    const struct ledger *change = &a->change;
    struct arena *arena = out->arena;
    double net = 0.0;
    text_add(out, "<tr class=\"sum\"><th scope=\"row\">All transfers</th>");
    for (int k = 0; k < count; k++) {
        text_add_format(out, "<td><span>%s</span></td>",
                        thousands(a, arena, transfers_of(change, looks[shown[k]].party), true));
    }
    text_add(
        out,
        "<td class=\"z\"><b>0</b></td></tr></tbody><tbody><tr class=\"gap\"><th colspan=\"12\" "
        "scope=\"rowgroup\">Real things, paid to the world outside</th></tr>\n<tr><th "
        "scope=\"row\">Power, fuel, "
        "water, plant, carbon damage</th>");
    for (int k = 0; k < count; k++) {
        double money = change->net_money_year[looks[shown[k]].party] -
                       transfers_of(change, looks[shown[k]].party);
        net += money;
        text_add_format(out, "<td><span>%s</span></td>", thousands(a, arena, money, true));
    }
    text_add_format(out,
                    "<td class=\"z\">%s</td></tr>\n<tr class=\"sum net\"><th scope=\"row\">Better "
                    "or worse off</th>",
                    thousands(a, arena, net, true));
    for (int k = 0; k < count; k++) {
        double money = change->net_money_year[looks[shown[k]].party];
        text_add_format(out, "<td><span%s>%s</span></td>", money < -0.5 ? " class=\"w\"" : "",
                        thousands(a, arena, money, true));
    }
    text_add_format(out, "<td class=\"z\"><b>%s</b></td></tr></tbody></table>\n",
                    thousands(a, arena, net, true));
}

static void add_ledger_list(const struct accounts *a, const int *shown, int count,
                            struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<div class=\"ledn\"><ol>");
    for (int k = 0; k < a->change.transfers_count; k++) {
        const struct transfer *t = &a->change.transfers[k];
        const struct party_look *from = &looks[look_of(t->payer)], *to = &looks[look_of(t->payee)];
        text_add(out, "<li><b>");
        html_text(out, t->what);
        text_add_format(out,
                        "</b><span class=\"ft\"><i style=\"color:var(--%s)\">%s</i> %s → <i "
                        "style=\"color:var(--%s)\">%s</i> %s</span><span "
                        "class=\"am\"><span>%s%s</span><span>+%s"
                        "</span></span></li>",
                        from->colour, from->mark, from->name, to->colour, to->mark, to->name,
                        NUMBER_MINUS, thousands(a, arena, t->money_year, false),
                        thousands(a, arena, t->money_year, false));
    }
    text_add(out, "</ol><p class=\"hd\">Better or worse off, after real costs</p><ul>");
    for (int k = 0; k < count; k++) {
        double money = a->change.net_money_year[looks[shown[k]].party];
        text_add_format(out,
                        "<li><span><i style=\"color:var(--%s)\">%s</i> %s</span><b%s>%s</b></li>",
                        looks[shown[k]].colour, looks[shown[k]].mark, looks[shown[k]].name,
                        money < -0.5 ? " class=\"w\"" : "", thousands(a, arena, money, true));
    }
    text_add(out, "</ul></div>\n");
}

void chart_ledger(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    int shown[COUNT(looks)], count = 0, losers = 0;
    double saved = 0.0;
    for (int k = 0; k < COUNT(looks); k++) {
        double net = a->change.net_money_year[looks[k].party],
               moved = fabs(transfers_of(&a->change, looks[k].party));
        bool takes_part = fabs(net) > 0.5 || moved > 0.5;
        for (int n = 0; n < a->change.transfers_count; n++) {
            takes_part = takes_part || a->change.transfers[n].payer == looks[k].party ||
                         a->change.transfers[n].payee == looks[k].party;
        }
        if (takes_part && looks[k].party != PARTY_SOCIETY) {
            shown[count++] = k;
            saved += net;
            losers += net < -0.5;
        }
    }
    text_add(out, "<section class=\"full\" id=\"ledger\"><h2>");
    if (count == 0) {
        text_add(out, "No money moves: together is the same as apart.</h2></section>\n");
        return;
    }
    html_text(out,
              arena_format(
                  arena,
                  "Every payment has two ends: transfers cancel, and %s %s of real saving is left.",
                  number_money(arena, a->scenario->currency, saved * figures_period(a), false),
                  figures_period_words(a, arena)));
    text_add(out, "</h2><p class=\"unit\">Together less apart.</p>");
    add_ledger_head(a, shown, count, out);
    for (int k = 0; k < a->change.transfers_count; k++) {
        add_transfer_row(a, &a->change.transfers[k], shown, count, out);
    }
    add_ledger_sums(a, shown, count, out);
    add_ledger_list(a, shown, count, out);
    double carbon_t = (a->metrics[CASE_TOGETHER].carbon_marginal_kg_year -
                       a->metrics[CASE_APART].carbon_marginal_kg_year) *
                      figures_period(a) / 1000.0;
    text_add(out,
             "<p class=\"foot\">Each line starts at who pays and ends at who receives. Carbon: ");
    text_add(out, number_signed(arena, carbon_t, 3));
    text_add(out, " t CO₂, worth ");
    text_add(out, number_money(arena, a->scenario->currency,
                               a->change.net_money_year[PARTY_SOCIETY] * figures_period(a), true));
    text_add(out, " to society at its shadow price. Demand charges pay for networks that stand "
                  "already and count as a "
                  "transfer without a real cost.");
    if (losers) {
        text_add_format(out, " <b class=\"risk\">! %d %s worse off than apart.</b>", losers,
                        losers == 1 ? "party is" : "parties are");
    }
    text_add(out, "</p></section>\n");
}
