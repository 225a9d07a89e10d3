/* The books over the plan's life, in the report and as transfers.csv. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/life.h"

#include <math.h>
#include <string.h>

#include "accounts/life.h"
#include "scenario/rule_pack.h"
#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/number.h"
#include "tell/parties.h"

static void add_number(struct text_buffer *out, double value) {
    text_add(out, ",");
    if (isfinite(value)) {
        text_add_number(out, value);
    }
}

/* A formula is data from a scenario where it is the name of a grant: quoted, quotes doubled. */
static void add_quoted(struct text_buffer *out, const char *text) {
    text_add(out, ",\"");
    for (const char *c = text; *c; c++) {
        text_add_n(out, c, 1);
        text_add(out, *c == '"' ? "\"" : "");
    }
    text_add(out, "\"");
}

enum status life_csv(const struct accounts *a, struct text_buffer *out) {
    text_add(out,
             "case,payer,payee,kind,instance,first_year,last_year,money,quantity_kwh,formula\n");
    for (int k = 0; k < CASES; k++) {
        for (int n = 0; n < a->life->lines_count[k]; n++) {
            const struct life_line *line = &a->life->lines[k][n];
            text_add_format(out, "%s,%s,%s,%s,%s", case_name((enum plan_case)k),
                            life_party_name(line->payer), life_party_name(line->payee), line->kind,
                            line->instance >= 0 ? a->scenario->instances[line->instance].name : "");
            add_number(out, line->first_year);
            add_number(out, line->last_year);
            add_number(out, line->money);
            add_number(out, line->quantity_kwh);
            add_quoted(out, line->formula);
            text_add(out, "\n");
        }
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- the report ---- */

const char *life_year_words(double year, struct arena *arena) {
    return number_fixed(arena, year, fabs(year - round(year)) < 1e-9 ? 0 : 1);
}

static const char *money_words(const struct accounts *a, struct arena *arena, double money) {
    return isfinite(money) ? number_money(arena, a->scenario->currency, money, true) : "–";
}

static const char *price_words(const struct accounts *a, struct arena *arena, double money_kwh) {
    return isfinite(money_kwh) ? number_format(arena, "%s/MWh",
                                               number_money(arena, a->scenario->currency,
                                                            1000.0 * money_kwh, false))
                               : "–";
}

static void add_cell(struct text_buffer *out, const char *text) {
    text_add(out, "<td class=\"v\">");
    html_words(out, text);
    text_add(out, "</td>");
}

static void add_headed(struct text_buffer *out, const char *head, const char *text) {
    html_cell(out, head);
    html_words(out, text);
    text_add(out, "</td>");
}

static void add_head(struct text_buffer *out, const char *kind, const char *const *words,
                     int count) {
    text_add_format(out, "<table class=\"%s\"><thead><tr>", kind);
    for (int k = 0; k < count; k++) {
        text_add(out, "<th scope=\"col\">");
        html_words(out, words[k]);
        text_add(out, "</th>");
    }
    text_add(out, "</tr></thead><tbody>\n");
}

static const char *irr_words(const struct party_account *one, struct arena *arena) {
    static const char *const words[] = {"", "none", "several"};
    return one->irr == FINANCE_IRR_ONE
               ? number_format(arena, "%s %%", number_digits(arena, 100.0 * one->irr_frac, 3))
               : words[one->irr];
}

static const char *year_words(double year, struct arena *arena) {
    return isfinite(year) ? number_format(arena, "%s years", number_digits(arena, year, 2))
                          : "never";
}

static void add_parties(const struct accounts *a, struct text_buffer *out) {
    static const char *const head[] = {"Party",          "Against apart", "At its own rate",
                                       "Rate of return", "Paid back in",  "Against today"};
    int all = 0;
    const struct party_look *looks = party_looks(&all);
    add_head(out, "def many", head, COUNT(head));
    for (int k = 0; k < all; k++) {
        const struct party_account *one = &a->life->party[looks[k].party];
        bool moves = party_moves(a, one->npv_money) || party_moves(a, one->npv_today_money) ||
                     party_moves(a, one->npv_own_money);
        if (!moves) {
            continue;
        }
        text_add(out, "<tr><th scope=\"row\">");
        party_mark(out, &looks[k]);
        text_add(out, "</th>");
        bool changes = party_moves(a, one->npv_money);
        add_headed(out, head[1], changes ? money_words(a, out->arena, one->npv_money) : "0");
        add_headed(out, head[2], changes ? money_words(a, out->arena, one->npv_own_money) : "0");
        bool both = changes && one->invests;
        add_headed(out, head[3],
                   both      ? irr_words(one, out->arena)
                   : changes ? "invests nothing"
                             : "–");
        add_headed(out, head[4], both ? year_words(one->payback_year, out->arena) : "–");
        add_headed(out, head[5], money_words(a, out->arena, one->npv_today_money));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

static void add_band(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    if (!isfinite(a->band.low_money_kwh)) {
        return;
    }
    bool open = a->band.low_money_kwh <= a->band.high_money_kwh;
    text_add(out, "<p>");
    html_words(
        out,
        open ? number_format(arena,
                             "All three gain where a MWh of heat costs between %s and %s; here it "
                             "costs %s.",
                             price_words(a, arena, a->band.low_money_kwh),
                             price_words(a, arena, a->band.high_money_kwh),
                             price_words(a, arena, a->heat_price_money_kwh))
             : number_format(arena,
                             "No price of heat lets all gain: its sellers need %s, its buyers can "
                             "pay %s; here it costs %s.",
                             price_words(a, arena, a->band.low_money_kwh),
                             price_words(a, arena, a->band.high_money_kwh),
                             price_words(a, arena, a->heat_price_money_kwh)));
    html_words(out, number_format(arena,
                                  " Whoever owns the plant, a utility without profit or a third "
                                  "party, earns just the rate it asks for at %s.",
                                  price_words(a, arena, a->life->owner_price_money_kwh)));
    text_add(out, "</p>");
}

static void add_row(struct text_buffer *out, const char *name, const char *value,
                    const char *note) {
    text_add(out, "<tr><th scope=\"row\">");
    html_words(out, name);
    text_add(out, "</th>");
    add_cell(out, value);
    text_add(out, "<td>");
    html_words(out, note);
    text_add(out, "</td></tr>\n");
}

/* Money that may be unknown: then no row. */
static void add_money_row(const struct accounts *a, struct text_buffer *out, const char *name,
                          double money, const char *note) {
    if (isfinite(money) && money != 0.0) {
        add_row(out, name, money_words(a, out->arena, money), note);
    }
}

static void add_jobs(const struct accounts *a, struct text_buffer *out) {
    const struct community_account *c = &a->life->community;
    struct arena *arena = out->arena;
    if (!(c->jobs_high_value > 0.0)) {
        return;
    }
    add_row(out, "Permanent jobs",
            number_format(arena, "%s to %s", number_digits(arena, c->jobs_low_value, 2),
                          number_digits(arena, c->jobs_high_value, 2)),
            number_format(arena, "likely %s; by jobs per MW of IT, without multipliers",
                          number_digits(arena, c->jobs_value, 2)));
    add_row(out, "Work to build it",
            number_format(arena, "%s to %s years of work",
                          number_digits(arena, c->building_low_year, 2),
                          number_digits(arena, c->building_high_year, 2)),
            "then it is over; counted apart from permanent jobs");
}

static void add_community(const struct accounts *a, struct text_buffer *out) {
    static const char *const head[] = {"For the community", "Figure", "How"};
    const struct community_account *c = &a->life->community;
    add_head(out, "def", head, COUNT(head));
    add_money_row(a, out, "Heat bill of a home, a year", c->bill_money_home_year,
                  "all heat of the town over its homes");
    add_money_row(a, out, "Change against apart", c->bill_change_money_home_year, "the same");
    add_money_row(
        a, out, "Power bill of a home, a month, while it stays", c->rate_stays_money_home_month,
        "cost of the new grid less what the data centre pays for it, shared by all others");
    add_money_row(a, out, "The same once it has left", c->rate_leaves_money_home_month,
                  "the grid stands and has to be paid");
    add_money_row(a, out, "Property tax, first year", c->tax_money_year[0], "less abatement");
    add_money_row(a, out, "Property tax, year 5", c->tax_money_year[1],
                  "computers lose their worth");
    add_money_row(a, out, "Property tax, year 10", c->tax_money_year[2], "less abatement");
    add_money_row(a, out, "Property tax over the life", c->tax_npv_money, "present value");
    add_money_row(a, out, "Forgiven of it", -c->abated_npv_money, "present value");
    add_money_row(a, out, "Sales tax forgiven", -c->exempt_npv_money, "present value");
    add_money_row(a, out, "What the municipality spends on it", -c->services_npv_money,
                  "present value");
    add_money_row(a, out, "Given to the operator for each permanent job", c->subsidy_per_job_money,
                  "forgiven and granted, over likely jobs");
    add_money_row(a, out, "A job under programmes for local firms",
                  community_value(a->scenario, "local_subsidy_money_job"), "as the scenario says");
    add_money_row(a, out, "Given to the operator for each MW", c->subsidy_per_mw_money,
                  "forgiven and granted");
    add_jobs(a, out);
    add_money_row(a, out, "Worth of the community's data, a year",
                  community_value(a->scenario, "data_value_money_year"),
                  "as the scenario says; part of no sum");
    text_add(out, "</tbody></table>");
}

/* What the optimum does not see: prices that grow over the years. */
static void add_growth(const struct accounts *a, struct text_buffer *out) {
    static const struct {
        const char *key, *name;
    } prices[] = {{"power_frac_year", "power"},   {"fuel_frac_year", "fuel"},
                  {"heat_frac_year", "heat"},     {"upkeep_frac_year", "upkeep"},
                  {"carbon_frac_year", "carbon"}, {"water_frac_year", "water"}};
    const char *words = "";
    for (int k = 0; k < COUNT(prices); k++) {
        double frac = growth_value(a->scenario, prices[k].key);
        if (frac != 0.0) {
            words = number_format(out->arena, "%s%s%s %s %%", words, *words ? ", " : "",
                                  prices[k].name, number_digits(out->arena, 100.0 * frac, 3));
        }
    }
    if (*words) {
        text_add(out, "<p>");
        html_words(out, number_format(out->arena,
                                      "Prices grow a year, beside inflation: %s. With that the "
                                      "parties of the plan have %s more together than apart; the "
                                      "table counts it, the plan was made without.",
                                      words, money_words(a, out->arena, a->life->grown_npv_money)));
        text_add(out, "</p>");
    }
}

static void add_levelised(const struct accounts *a, struct text_buffer *out) {
    static const char *const head[] = {"Plant", "A MWh costs", "It gives in a year"};
    if (a->life->levelised_count == 0) {
        return;
    }
    text_add(out, "<details class=\"all\"><summary>What a MWh costs at each plant</summary>");
    add_head(out, "def", head, COUNT(head));
    for (int k = 0; k < a->life->levelised_count; k++) {
        const struct levelised *one = &a->life->levelised[k];
        struct unit_choice unit = chart_energy_unit(one->kwh_year);
        add_row(out, chart_plain(a->scenario->instances[one->instance].name, out->arena),
                price_words(a, out->arena, one->cost_money_kwh),
                number_format(
                    out->arena, "%s %s of %s",
                    number_digits(out->arena, one->kwh_year / unit.per_unit, 3), unit.name,
                    one->carrier == CARRIER_ELECTRICITY ? "power" : carrier_name(one->carrier)));
    }
    text_add(out, "</tbody></table></details>");
}

static void add_leases(const struct accounts *a, struct text_buffer *out) {
    static const char *const head[] = {"Plant of a third party", "Its owner pays",
                                       "He is paid a year", "By the MWh",
                                       "It has of it, at its own rate"};
    const struct scenario *s = a->scenario;
    struct arena *arena = out->arena;
    if (s->leases_count == 0) {
        return;
    }
    add_head(out, "def", head, COUNT(head));
    for (int k = 0; k < s->leases_count; k++) {
        const struct lease *lease = &s->leases[k];
        const struct lease_account *one = &a->life->lease[k];
        const struct instance *it = &s->instances[lease->instance];
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, number_format(arena, "%s: %s for %s", chart_plain(it->name, arena),
                                      party_title(lease->by), party_title(it->owner)));
        text_add(out, "</th>");
        bool built = one->invest_money > 0.0;
        add_cell(out,
                 built ? number_money(arena, s->currency, one->invest_money, false) : "not built");
        add_cell(out, built ? number_money(arena, s->currency, one->paid_money_year, false) : "–");
        add_cell(out, built ? price_words(a, arena, one->paid_money_kwh) : "–");
        add_cell(out, built ? fabs(one->owner_npv_money) < 1e-6 * one->invest_money
                                  ? "just its rate"
                                  : money_words(a, arena, one->owner_npv_money)
                            : "–");
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table>");
}

static void add_incentives(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    text_add(out, s->incentives_count ? "<details class=\"all\"><summary>Grants and "
                                        "credits</summary><ul>"
                                      : "");
    for (int k = 0; k < s->incentives_count; k++) {
        const struct incentive *one = &s->incentives[k];
        text_add(out, "<li>");
        html_words(
            out, number_format(out->arena, "%s: %s to %s%s%s%s%s", one->name,
                               party_title(one->from), party_title(one->to),
                               one->ends_day >= 0 ? ", building must begin by " : "",
                               one->ends_day >= 0 ? rule_day_words(out->arena, one->ends_day) : "",
                               one->source ? "; " : "", one->source ? one->source : ""));
        text_add(out, "</li>");
    }
    text_add(out, s->incentives_count ? "</ul>" : "");
    if (a->life->incentives_lapsed > 0) {
        text_add_format(out, "<p>%d of them end before this plan begins and are not counted.</p>",
                        a->life->incentives_lapsed);
    }
    if (a->life->incentives_unsure) {
        text_add(out, "<p>Some end on a day; the scenario does not say when building begins "
                      "(site: start_date), and they are counted.</p>");
    }
    text_add(out, s->incentives_count ? "</details>" : "");
}

void life_html(const struct accounts *a, struct text_buffer *out) {
    struct arena *arena = out->arena;
    text_add(out, "<section class=\"full long\" id=\"life\"><h2>");
    html_words(out,
               number_format(arena,
                             "Over %s years the parties of the plan have %s more together than "
                             "apart, at today’s worth.",
                             life_year_words(a->scenario->life_year, arena),
                             money_words(a, arena, a->npv_money)));
    text_add(out, "</h2><p class=\"unit\">Present value at ");
    html_words(out, number_format(arena, "%s %% a year",
                                  number_digits(arena, 100.0 * a->scenario->discount_frac, 3)));
    text_add(out,
             ". Plant is paid when it is built and again when it is worn out; what it is still "
             "worth at the end is counted.</p>");
    add_parties(a, out);
    add_band(a, out);
    if (a->scenario->community_given) {
        add_community(a, out);
    }
    households_html(a, out);
    add_growth(a, out);
    add_leases(a, out);
    add_levelised(a, out);
    add_incentives(a, out);
    text_add(out, "<p class=\"note\">Left out: what land and views are worth, health, work of "
                  "suppliers’ suppliers, wages spent in town, what the computing itself "
                  "earns.</p><p class=\"foot src\">transfers.csv, accounts.json</p></section>\n");
}
