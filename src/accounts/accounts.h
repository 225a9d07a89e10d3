/* Adds up: transfers between parties, carbon, water, the data-centre metrics, and what changes
   between the cases. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_ACCOUNTS_H
#define ACCOUNTS_ACCOUNTS_H

#include "plan/plan.h"

/* A payment in one case, over the horizon scaled to a year (figures "per year" are horizon /
   year_frac). */
struct transfer {
    enum party payer, payee;
    const char *kind; /* "heat_sold", "source_heat", "electricity_energy", "electricity_demand",
                         "fuel", "water", "plant_capital", "plant_fixed", "plant_running",
                         "carbon_paid", "sales_tax", "power_resold", "power_fed_in", ... */
    const char *what; /* for people: "Power, energy" */
    const char
        *detail; /* "7.10 GWh at 56.9 USD/MWh" or NULL: built by tell from quantity and price */
    double money_year;   /* >= 0 from payer to payee */
    double quantity_kwh; /* behind it, NaN when there is none */
    int instance;        /* -1 */
};

/* Real things paid to the world outside (resources), by the party that bears them; not a
   transfer. */
struct resource {
    enum party party;
    const char *kind; /* "fuel_extracted", "power_generated", "plant_built", "carbon_damage" */
    double money_year;
};

struct ledger {
    int transfers_count, transfers_most, resources_count;
    struct transfer *transfers;
    struct resource *resources;
    double net_money_year[PARTY_COUNT]; /* received minus paid minus resources borne */
    double sum_money_year;              /* of all transfers over all parties: 0 */
};

struct metrics { /* of one case, by the table metrics.def */
#define METRIC(key, meaning) double key;
#include "accounts/metrics.def"
#undef METRIC
};
int metrics_count(void);
const char *metrics_key(int index);
const char *metrics_meaning(int index);
double metrics_value(const struct metrics *metrics, int index);

/* Where each kWh of heat and power goes, for the Sankey and the tables: one row per instance
   port. */
struct energy_row {
    int instance, port;
    double kwh_year;
};

struct default_row { /* what the result rests on */
    int instance;
    const struct param *param;
    double value; /* number, or the word's index */
};

/* Tells the finding of this run: sentences made from numbers. */
struct finding {
    const char *headline; /* <= 20 words */
    const char *sentences[3];
};

/* A rule held against the plan. */
enum rule_sign {
    RULE_PASS,
    RULE_RISK, /* met with less than 5 % to spare, or missed by what does not bind */
    RULE_FAIL,
    RULE_UNKNOWN,
    RULE_NOT_APPLICABLE,
    RULE_INFORMS, /* nothing to judge: history, not read, or mere information */
    RULE_SIGNS
};
struct rule_pack;
struct rule;
struct rule_result {
    enum rule_sign sign;
    const char *text, *value, *source;
    const struct rule_pack *pack; /* NULL: a requirement or limit of the scenario's own */
    const struct rule *rule;
    const char *missing;              /* what has to be written to know */
    int from_year;                    /* of a limit: the first year with the worst sign */
    double figure_value, limit_value; /* of a limit, in our units; else NaN */
};

/* In which range of the price of heat every party gains: below low the sellers lose, above high the customers; NaN: no
   heat is sold. */
struct price_band {
    double low_money_kwh, high_money_kwh;
};

struct life;      /* life.h: the books over the plan's life */
struct inventory; /* inventory.h: carbon and water by the books that others keep */

struct accounts {
    const struct plan *plan;
    const struct scenario *scenario;
    struct hall_power *chain;  /* one per step, for sums over a hall */
    struct pool *pools[CASES]; /* by bus: who takes and gives, see internal.h */
    struct ledger ledger[CASES];
    struct ledger change; /* together minus apart, transfers of the same kind and parties merged */
    struct metrics metrics[CASES];
    int energy_count[CASES];
    struct energy_row *energy[CASES];
    int defaults_count;
    struct default_row *defaults;
    double npv_money;         /* of together against apart, all objective parties, over life_year */
    double npv_society_money; /* the same for society: resources and carbon damage saved */
    double npv_party_money[PARTY_COUNT];
    double annual_party_money[PARTY_COUNT]; /* together minus apart, per year */
    double heat_price_money_kwh; /* what customers pay under the contract per kWh that they get
                                    under it */
    double source_heat_price_money_kwh;
    double sold_kwh_year; /* under the contract; 0: none */
    enum party seller;    /* of heat under the contract */
    struct price_band band;
    struct hall_cooling *cooling; /* by hall: see cooling.h */
    struct life *life;
    struct inventory *inventory;
    struct finding finding;
    int rules_count, own_rules_count; /* first requirements and limits of the scenario's own */
    struct rule_result *rules;
    int reasons_count;
    struct reason {
        const char *claim, *because;
        int instance; /* whose capacity it speaks of, with the next two; or -1 */
        double earns_money_year, costs_money_year; /* one more unit, at the plan's prices */
    } * reasons;                                   /* "The heat pump stops at 1.6 MW because ..." */
};

enum status accounts_make(const struct plan *plan, struct arena *arena,
                          struct accounts **ret) MUST_CHECK;
/* The plan against any packs, one result for each rule in their order. */
enum status account_rule_packs(struct accounts *accounts, struct arena *arena,
                               const struct rule_pack *const *packs, int packs_count,
                               struct rule_result **ret, int *ret_count) MUST_CHECK;

#endif
