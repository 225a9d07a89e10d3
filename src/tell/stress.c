/* What if it goes wrong: who loses what, and what promises cover. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/life.h"
#include "scenario/tariff.h"
#include "tell/html.h"
#include "tell/life.h"
#include "tell/number.h"
#include "tell/parties.h"

/* Who can be promised something; the operator's own business is not in the plan when it leaves. */
static bool can_be_promised(enum stress_kind kind, enum party party) {
    bool leaves = kind == STRESS_OPERATOR_LEAVES;
    return party == PARTY_HEAT_UTILITY || party == PARTY_HEAT_CUSTOMERS ||
           (leaves && (party == PARTY_ELECTRIC_UTILITY || party == PARTY_MUNICIPALITY));
}

/* What a party would have needed to be held harmless. */
static const char *clause(enum stress_kind kind, enum party party) {
    switch (kind) {
    case STRESS_OPERATOR_LEAVES:
        return party == PARTY_ELECTRIC_UTILITY ? "minimum bill or exit fee, with collateral"
               : party == PARTY_MUNICIPALITY   ? "taxes forgiven come back on leaving"
               : party == PARTY_HEAT_CUSTOMERS ? "price of heat guaranteed for the term"
                                               : "payment on leaving for plant not yet paid back";
    case STRESS_CUSTOMERS_STAY_AWAY:
        return party == PARTY_HEAT_UTILITY ? "heat taken or paid for, or connection before building"
                                           : "minimum of heat taken";
    case STRESS_POWER_DEARER:
        return "price of heat bound to that of power, or power bought ahead";
    case STRESS_POWER_CHEAPER:
    case STRESS_KINDS:
        break;
    }
    return "price of heat bound to that of power";
}

static const char *title(const struct accounts *a, const struct stress_case *stress,
                         struct arena *arena) {
    const char *percent = number_digits(arena, 100.0 * a->scenario->power_stress_frac, 2);
    switch (stress->kind) {
    case STRESS_OPERATOR_LEAVES:
        return number_format(arena, "The operator leaves at the end of year %s",
                             life_year_words(stress->year, arena));
    case STRESS_CUSTOMERS_STAY_AWAY:
        return "The plant is built and the heat customers do not come";
    case STRESS_POWER_DEARER:
        return number_format(arena, "Power costs %s %% more, at most", percent);
    case STRESS_POWER_CHEAPER:
    case STRESS_KINDS:
        break;
    }
    return number_format(arena, "Power costs %s %% less, at least", percent);
}

/* Does a party stand in the table? Suppliers sell at cost and lose nothing. */
static bool is_told(const struct accounts *a, enum party party) {
    bool told = false;
    for (int k = 0; k < STRESS_KINDS && party != PARTY_SUPPLIERS; k++) {
        told = told || party_moves(a, a->life->stress[k].party[party].loss_money);
    }
    return told;
}

/* What one party has of one event, and what of it is promised or would have to be. */
static void add_cell(const struct accounts *a, const struct stress_case *stress, enum party party,
                     struct text_buffer *out) {
    const struct stress_row *row = &stress->party[party];
    struct arena *arena = out->arena;
    const char *currency = a->scenario->currency;
    double open_money = row->loss_money - row->covered_money;
    bool leaves = stress->kind == STRESS_OPERATOR_LEAVES && party == PARTY_OPERATOR;
    html_cell(out, title(a, stress, arena));
    if (leaves) {
        text_add(out,
                 "saves the cost of its hall; what it earned by computing is not in these books");
    } else if (!party_moves(a, row->loss_money)) {
        text_add(out, "–");
    } else {
        text_add(out, "<b>");
        html_words(out, number_money(arena, currency, -row->loss_money, true));
        text_add(out, "</b>");
    }
    if (row->covered_money > 0.0) {
        html_words(out, number_format(arena, "; promised for it: %s",
                                      number_money(arena, currency, row->covered_money, false)));
    }
    if (!leaves && row->loss_money > 0.0 && open_money > 0.0 &&
        can_be_promised(stress->kind, party) && party_moves(a, open_money)) {
        html_words(out, number_format(arena, "; what would cover %s: %s",
                                      number_money(arena, currency, open_money, false),
                                      clause(stress->kind, party)));
    }
    text_add(out, "</td>");
}

static void add_table(const struct accounts *a, struct text_buffer *out) {
    int all = 0;
    const struct party_look *looks = party_looks(&all);
    text_add(out, "<table class=\"def many\"><thead><tr><th scope=\"col\">Who</th>");
    for (int k = 0; k < STRESS_KINDS; k++) {
        text_add(out, "<th scope=\"col\">");
        html_words(out, title(a, &a->life->stress[k], out->arena));
        text_add(out, "</th>");
    }
    text_add(out, "</tr></thead><tbody>\n");
    for (int p = 0; p < all; p++) {
        if (!is_told(a, looks[p].party)) {
            continue;
        }
        text_add(out, "<tr><th scope=\"row\">");
        party_mark(out, &looks[p]);
        text_add(out, "</th>");
        for (int k = 0; k < STRESS_KINDS; k++) {
            add_cell(a, &a->life->stress[k], looks[p].party, out);
        }
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

/* The contracts of large loads are promises, too. */
static void add_contracts(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    double year = a->life->stress[STRESS_OPERATOR_LEAVES].year;
    for (int m = 0; m < s->meters_count; m++) {
        double money = life_exit_money(s, m, year);
        if (!(money > 0.0)) {
            continue;
        }
        text_add(out, "<li>");
        html_words(
            out, number_format(
                     out->arena,
                     "%s to %s: exit fee of the large load's contract at %s, %s in year %s; of it "
                     "secured %s",
                     party_title(s->meters[m].party), party_title(PARTY_ELECTRIC_UTILITY),
                     s->meters[m].name, number_money(out->arena, s->currency, money, false),
                     life_year_words(year, out->arena),
                     number_money(out->arena, s->currency,
                                  fmin(money, tariff_collateral_money(&s->meters[m].tariff->large)),
                                  false)));
        text_add(out, "</li>");
    }
}

static void add_register(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    if (s->commitments_count == 0 && !(a->life->stress[STRESS_OPERATOR_LEAVES].exit_money > 0.0)) {
        text_add(out, "<p>Nobody has promised anything: nothing of this is covered.</p>");
        return;
    }
    text_add(out, "<details class=\"all\"><summary>Who has promised what</summary><ul>");
    add_contracts(a, out);
    for (int k = 0; k < s->commitments_count; k++) {
        const struct commitment *one = &s->commitments[k];
        text_add(out, "<li>");
        html_words(out, number_format(out->arena, "%s to %s: %s, %s, until year %s",
                                      party_title(one->by), party_title(one->to), one->what,
                                      number_money(out->arena, s->currency, one->money, false),
                                      life_year_words(one->until_year, out->arena)));
        text_add(out, "</li>");
    }
    text_add(out, "</ul></details>");
}

void stress_html(const struct accounts *a, struct text_buffer *out) {
    if (!(a->sold_kwh_year > 0.0)) {
        return; /* nothing is shared: nothing breaks */
    }
    text_add(out, "<section class=\"full long\" id=\"stress\"><h2>What if it goes wrong?</h2><p "
                  "class=\"unit\">Against the plan as it is, over its life, present value. The "
                  "price of heat stays as agreed.</p>");
    add_table(a, out);
    add_register(a, out);
    text_add(out,
             "<p>A refresh that brings cooler or hotter racks needs another plan: <code>hearth "
             "why</code> makes it and says what each party has of it.</p><p class=\"foot "
             "src\">accounts.json</p></section>\n");
}
