/* The books over the plan's life: every payment between two parties with its years, its kind and its formula; what each
   party has of it. The years are those of the plan: 0 is when it is built, 1 the first of operation. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_LIFE_H
#define ACCOUNTS_LIFE_H

#include "accounts/accounts.h"
#include "physics/finance.h"

/* Payer or payee of what comes from or goes to the world outside: resources, what a plant is still worth at the end. */
enum { PARTY_OUTSIDE = PARTY_COUNT };
const char *life_party_name(int party); /* "outside" */

struct life_line {
    int payer, payee; /* enum party, or PARTY_OUTSIDE */
    const char *kind, *formula;
    int instance;                 /* -1 */
    double first_year, last_year; /* each whole year between them; equal: once, then */
    double money;                 /* >= 0, in each of these years */
    double quantity_kwh;          /* behind it in a year; NaN */
    bool planned; /* part of what the optimum weighed: the rest is loans, taxes, grants */
    bool grown;   /* what the growth of a price adds in one year */
};

struct party_account {        /* together less apart, unless it says otherwise */
    double npv_money;         /* at the plan's discount rate */
    double npv_own_money;     /* at the party's own */
    double npv_today_money;   /* together less today, at the plan's rate */
    double npv_outside_money; /* of it, what comes from and goes to the world outside */
    bool invests; /* pays before it gets: else there is neither a rate of return nor a payback */
    enum finance_irr irr;
    double irr_frac;                              /* NaN unless FINANCE_IRR_ONE */
    double payback_year, discounted_payback_year; /* NaN: never */
    double *cash_money;                           /* by time of the life */
};

struct lease_account { /* of plant of a third party, together; zeros where none is built */
    double invest_money, paid_money_year, paid_money_kwh; /* by the kWh: NaN where it gives none */
    double owner_npv_money;                               /* at its owner's rate, after tax */
};

struct levelised { /* a plant that makes power, heat or cold */
    int instance;
    enum carrier carrier;
    double kwh_year, cost_money_kwh; /* NaN where it makes nothing */
};

struct community_account {               /* NaN where the scenario does not say what it takes */
    double bill_change_money_home_year;  /* of heat, per home; together less apart */
    double bill_money_home_year;         /* of heat, per home, together */
    double rate_stays_money_home_month;  /* on the power bill, while the data centre pays */
    double rate_leaves_money_home_month; /* the same once it has left */
    double tax_money_year[3];            /* in years 1, 5 and 10: property taxes, abatement off */
    double tax_npv_money, abated_npv_money, services_npv_money, exempt_npv_money;
    double jobs_low_value, jobs_value, jobs_high_value, building_low_year, building_high_year;
    double subsidy_npv_money, subsidy_per_job_money,
        subsidy_per_mw_money; /* abated, exempt and granted */
};

/* A class of homes: by its share of the town's heat. Running is what its tenants pay, too: fuel, power, heat; plant is what
   owners pay of boilers, stations and renovation: landlords, for those who rent. */
struct household_account {
    double share_frac; /* of the town's heat */
    double running_money_home_year[CASES], plant_money_home_year[CASES];
    double pays_money_home_year
        [CASES];               /* who lives there: running, and the plant's part that is theirs */
    double burden_frac[CASES]; /* of income; NaN: not known */
};

struct
    stress_row { /* what a party loses, positive, at the plan's rate; and what promises pay of it */
    double loss_money, covered_money;
};
struct stress_case {
    enum stress_kind kind;
    double year; /* when it begins */
    struct stress_row party[PARTY_COUNT];
    double exit_money; /* of it due by contracts of large loads, when the operator leaves: then */
};
/* What the operator owes the electric utility on leaving a meter's contract at the end of a year; 0 without one. */
double life_exit_money(const struct scenario *scenario, int meter, double year);

struct life {
    int lines_count[CASES], lines_most;
    struct life_line *lines[CASES];
    int times_count;
    double *time_year;      /* 0, 1, ..., replacements between, the end */
    double years_ratio;     /* present value of 1 a year over the life */
    double grown_npv_money; /* of the objective's parties, with the growth of prices */
    double sum_money;       /* the worst sum of one time's transfers over all parties: 0 */
    struct party_account party[PARTY_COUNT];
    double owner_price_money_kwh; /* of heat, at which its seller just earns its own rate; NaN */
    int incentives_lapsed;        /* not booked: building begins too late */
    bool incentives_unsure;       /* booked, and nobody said when building begins */
    int levelised_count;
    struct levelised *levelised;
    struct lease_account *lease; /* as the scenario's leases */
    double leased_money_year;    /* paid for all of them */
    struct community_account community;
    struct household_account *household; /* as the scenario's households */
    double others_share_frac;            /* businesses and others, of the town's heat */
    struct stress_case stress[STRESS_KINDS];
};

/* Fills accounts->life; AUDIT_FAILED where the books over the life and those of the typical year disagree. */
enum status account_life(struct accounts *accounts, struct arena *arena) MUST_CHECK;

/* What files of the life share. A negative amount turns around; nothing is not written down. */
void life_add(struct accounts *accounts, enum plan_case kind, struct life_line line);
double life_of_instance_year(const struct scenario *scenario, int instance);
/* Each whole year from first to last, and what the last part of a year of the life counts for. */
void life_add_yearly(struct accounts *accounts, enum plan_case kind, struct life_line line);
/* What a party has from a line at each whole time: sign 1, -1 or 0. */
double life_sign(const struct life_line *line, int party);
/* Present value of a line at a rate, over the times from..to (both included). */
double life_line_npv_money(const struct life_line *line, double discount_frac, double from_year,
                           double to_year);
double life_party_npv_money(const struct life *life, enum plan_case kind, int party,
                            double discount_frac, bool outside);
/* growth.c, community.c and lending.c: what is not in the typical year */
void life_add_community(struct accounts *accounts, enum plan_case kind);
void life_add_growth(struct accounts *accounts, enum plan_case kind);
void life_add_lending(struct accounts *accounts, enum plan_case kind);
void life_community(struct accounts *accounts);
/* lease.c, around lending.c: plant of a third party, then what is paid for its use */
void life_add_leases(struct accounts *accounts, enum plan_case kind);
void life_add_lease_payments(struct accounts *accounts, enum plan_case kind);
/* Who pays for plant that is built in the end, and until when it is his. */
int lease_payer(const struct scenario *scenario, const struct life_line *built,
                double *ret_until_year);
bool lease_is_line(const struct life_line *line);
/* The port a plant is built for: power before heat before cold; -1. */
int life_product_port(const struct component *kind);
void life_stress(struct accounts *accounts);
enum status life_households(struct accounts *accounts, struct arena *arena) MUST_CHECK;
enum status life_levelised(struct accounts *accounts, struct arena *arena) MUST_CHECK;

#endif
