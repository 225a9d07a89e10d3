/* accounts.json: what accounts/ adds up beside the figures of the cases. Keys sorted, null where nothing applies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <math.h>

#include "accounts/life.h"
#include "accounts/thrown.h"
#include "scenario/keys.h"
#include "tell/json.h"
#include "tell/life.h"

struct member {
    const char *key;
    double value;
};

static void add_members(struct text_buffer *out, const struct member *member, int count) {
    for (int k = 0; k < count; k++) {
        text_add(out, k ? ", " : "");
        json_add_text(out, member[k].key);
        text_add(out, ": ");
        json_add_number(out, member[k].value);
    }
}

static void add_community(const struct accounts *a, struct text_buffer *out) {
    const struct community_account *c = &a->life->community;
    const struct member members[] = {
        {"abated_npv_money", c->abated_npv_money},
        {"bill_change_money_home_year", c->bill_change_money_home_year},
        {"bill_money_home_year", c->bill_money_home_year},
        {"building_jobs_high_year", c->building_high_year},
        {"building_jobs_low_year", c->building_low_year},
        {"exempt_npv_money", c->exempt_npv_money},
        {"jobs", c->jobs_value},
        {"jobs_high", c->jobs_high_value},
        {"jobs_low", c->jobs_low_value},
        {"rate_leaves_money_home_month", c->rate_leaves_money_home_month},
        {"rate_stays_money_home_month", c->rate_stays_money_home_month},
        {"services_npv_money", c->services_npv_money},
        {"subsidy_money_job", c->subsidy_per_job_money},
        {"subsidy_money_mw", c->subsidy_per_mw_money},
        {"subsidy_npv_money", c->subsidy_npv_money},
        {"tax_npv_money", c->tax_npv_money},
        {"tax_year_1_money", c->tax_money_year[0]},
        {"tax_year_10_money", c->tax_money_year[2]},
        {"tax_year_5_money", c->tax_money_year[1]},
    };
    text_add(out, "  \"community\": {");
    add_members(out, members, COUNT(members));
    text_add(out, "},\n");
}

static void add_heat(const struct accounts *a, struct text_buffer *out) {
    const struct member members[] = {
        {"buyers_at_most_money_kwh", a->band.high_money_kwh},
        {"owner_price_money_kwh", a->life->owner_price_money_kwh},
        {"price_money_kwh", a->heat_price_money_kwh},
        {"sellers_at_least_money_kwh", a->band.low_money_kwh},
        {"sold_kwh_year", a->sold_kwh_year},
        {"source_price_money_kwh", a->source_heat_price_money_kwh},
    };
    text_add(out, "  \"heat\": {");
    add_members(out, members, COUNT(members));
    text_add(out, "},\n");
}

static void add_levelised(const struct accounts *a, struct text_buffer *out) {
    text_add(out, "  \"levelised\": [");
    for (int k = 0; k < a->life->levelised_count; k++) {
        const struct levelised *one = &a->life->levelised[k];
        text_add(out, k ? ",\n    {\"carrier\": " : "\n    {\"carrier\": ");
        json_add_text(out, carrier_name(one->carrier));
        text_add(out, ", \"cost_money_kwh\": ");
        json_add_number(out, one->cost_money_kwh);
        text_add(out, ", \"instance\": ");
        json_add_text(out, a->scenario->instances[one->instance].name);
        text_add(out, ", \"kwh_year\": ");
        json_add_number(out, one->kwh_year);
        text_add(out, "}");
    }
    text_add(out, "],\n");
}

/* Parties in the order of their names. */
static const enum party sorted[] = {
    PARTY_ELECTRIC_UTILITY, PARTY_FUEL_SUPPLIER, PARTY_HEAT_CUSTOMERS,
    PARTY_HEAT_UTILITY,     PARTY_LENDERS,       PARTY_MUNICIPALITY,
    PARTY_OPERATOR,         PARTY_SOCIETY,       PARTY_STATE,
    PARTY_SUPPLIERS,        PARTY_THIRD_PARTY,   PARTY_WATER_UTILITY};
static_assert(COUNT(sorted) == PARTY_COUNT, "every party has its place");

static void add_parties(const struct accounts *a, struct text_buffer *out) {
    static const char *const irr[] = {"one", "none", "multiple"};
    text_add(out, "  \"parties\": {");
    for (int k = 0; k < COUNT(sorted); k++) {
        const struct party_account *one = &a->life->party[sorted[k]];
        const struct member members[] = {
            {"irr_frac", one->irr_frac},
            {"npv_money", one->npv_money},
            {"npv_outside_money", one->npv_outside_money},
            {"npv_own_money", one->npv_own_money},
            {"npv_today_money", one->npv_today_money},
            {"payback_year", one->payback_year},
        };
        text_add(out, k ? ",\n    " : "\n    ");
        json_add_text(out, party_name(sorted[k]));
        text_add(out, ": {\"discounted_payback_year\": ");
        json_add_number(out, one->discounted_payback_year);
        text_add_format(out, ", \"irr\": \"%s\", ", irr[one->irr]);
        add_members(out, members, COUNT(members));
        text_add(out, "}");
    }
    text_add(out, "},\n");
}

static void add_stress(const struct accounts *a, struct text_buffer *out) {
    const struct key *names = keys_find("commitments", "if");
    text_add(out, "  \"stress\": [");
    for (int k = 0; k < STRESS_KINDS; k++) {
        const struct stress_case *stress = &a->life->stress[k];
        text_add(out, k ? ",\n    {\"exit_money\": " : "\n    {\"exit_money\": ");
        json_add_number(out, stress->exit_money);
        text_add(out, ", \"if\": ");
        json_add_text(out, names->words[k]);
        text_add(out, ", \"parties\": {");
        for (int n = 0; n < COUNT(sorted); n++) {
            const struct stress_row *row = &stress->party[sorted[n]];
            const struct member members[] = {{"covered_money", row->covered_money},
                                             {"loss_money", row->loss_money}};
            text_add(out, n ? ",\n      " : "\n      ");
            json_add_text(out, party_name(sorted[n]));
            text_add(out, ": {");
            add_members(out, members, COUNT(members));
            text_add(out, "}");
        }
        text_add(out, "}, \"year\": ");
        json_add_number(out, stress->year);
        text_add(out, "}");
    }
    text_add(out, "],\n");
}

static void add_leases(const struct accounts *a, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    text_add(out, "  \"third_party\": [");
    for (int k = 0; k < s->leases_count; k++) {
        const struct lease_account *one = &a->life->lease[k];
        const struct instance *it = &s->instances[s->leases[k].instance];
        const struct member members[] = {
            {"invest_money", one->invest_money},
            {"owner_npv_money", one->owner_npv_money},
            {"paid_money_kwh", one->paid_money_kwh},
            {"paid_money_year", one->paid_money_year},
        };
        text_add_format(out, "%s{\"by\": \"%s\", ", k ? ",\n    " : "\n    ",
                        party_name(s->leases[k].by));
        add_members(out, members, COUNT(members));
        text_add(out, ", \"plant\": ");
        json_add_text(out, it->name);
        text_add_format(out, ", \"user\": \"%s\"}", party_name(it->owner));
    }
    text_add(out, "],\n");
}

static void add_thrown(const struct accounts *a, struct text_buffer *out) {
    const struct thrown thrown = account_thrown(a);
    const struct member members[] = {
        {"hours_year", thrown.hours_year},
        {"kwh_year", thrown.kwh_year},
        {"missed_hours_year", thrown.missed_hours_year},
        {"missed_kwh_year", thrown.missed_kwh_year},
        {"missed_while_hours_year", thrown.missed_while_hours_year},
    };
    text_add(out, "  \"heat_thrown_away\": {");
    add_members(out, members, COUNT(members));
    text_add(out, ",\n    \"why_kwh_year\": {");
    for (int k = 0; k < THROWN_WHYS; k++) {
        const struct member why = {thrown_why_name((enum thrown_why)k), thrown.why_kwh_year[k]};
        text_add(out, k ? ", " : "");
        add_members(out, &why, 1);
    }
    text_add(out, "}},\n");
}

enum status accounts_json(const struct accounts *a, struct text_buffer *out) {
    text_add(out, "{\n");
    add_community(a, out);
    text_add(out, "  \"discount_frac\": ");
    json_add_number(out, a->scenario->discount_frac);
    text_add(out, ",\n  \"grown_npv_money\": ");
    json_add_number(out, a->life->grown_npv_money);
    text_add(out, ",\n  \"hearth_accounts\": 1,\n");
    add_heat(a, out);
    add_thrown(a, out);
    households_json(a, out);
    inventory_json(a, out);
    add_levelised(a, out);
    text_add(out, "  \"life_year\": ");
    json_add_number(out, a->scenario->life_year);
    text_add(out, ",\n");
    neighbours_json(a, out);
    add_parties(a, out);
    TRY(scales_json(a, out));
    add_stress(a, out);
    add_leases(a, out);
    text_add(out, "  \"transfers_sum_money\": ");
    json_add_number(out, a->life->sum_money);
    text_add(out, "\n}\n");
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
