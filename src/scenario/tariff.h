/* An electricity tariff as utilities write it, and the bill it makes of a series of loads. Read from
   URDB JSON, from the ElectricTariff of a REopt scenario, from a scenario's own keys, or made by
   code. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_TARIFF_H
#define SCENARIO_TARIFF_H

#include "base/calendar.h"
#include "base/diag.h"

enum { TARIFF_PERIODS_MAX = 64, TARIFF_TIERS_MAX = 16, TARIFF_COINCIDENT_MAX = 64 };

struct tariff_tier {
    double price_value;    /* money/kWh, or money/kW and month */
    double up_to_value;    /* kWh or kW of a month; infinite in the last tier */
    double sell_money_kwh; /* of what is fed in; NaN: not given */
};
struct tariff_period {
    int tiers_count;
    struct tariff_tier tier[TARIFF_TIERS_MAX];
};
struct tariff_table {  /* periods, and which one holds by month, hour and kind of day */
    int periods_count; /* 0: no such charge */
    struct tariff_period *period;
    int weekday[12][24], weekend[12][24]; /* Saturday and Sunday; holidays are weekdays */
};

struct tariff_coincident { /* money per kW of the highest load in these hours */
    int hours_count;
    int *hour; /* of the year, from 0; billed in the month of the first that the calendar has */
    double money_kw;
};

/* Contract of a large load: who asks for much pays for much, also when he does not take it. The
   demand charge is shared among transmission, distribution and generation; of each part at least a
   share of the contract is paid. */
struct tariff_large_load {
    double threshold_kw, contract_kw;
    double part_t_frac, part_d_frac, part_g_frac;
    double min_share_t_frac, min_share_d_frac, min_share_g_frac;
    double term_year, ramp_year; /* the contract grows evenly over the ramp's years */
    double exit_year;            /* years of minimum payment on leaving */
    double collateral_money_kw;
    double reduction_frac;        /* of the contract, may be given back free */
    double year;                  /* of the contract that is billed, from 1; 0: behind the ramp */
    double demand_money_kw_month; /* a demand charge of the contract's own on the month's peak, from
                                     which the least is taken; 0: that of the tariff (its last kW) */
};

enum tariff_export { TARIFF_NO_EXPORT, TARIFF_SELL, TARIFF_NET };

struct tariff {
    const char *file, *name, *utility, *label;
    const char *written; /* as plan.yaml names the JSON file it was read from; NULL */
    double fixed_money_month, fixed_money_day;
    double least_money_month, least_money_year;
    struct tariff_table energy, demand; /* demand: the peak of each period and month */
    int flat_periods_count;             /* peak of the month, by month */
    struct tariff_period *flat;
    int flat_month[12];
    double adder_money_kwh[12];
    /* billed kW >= lookback_frac * the highest of the lookback months: those of the list, or the
       range months before (into the year before, taken as this one) */
    double lookback_frac;
    bool lookback_month[12];
    int lookback_range;
    int coincident_count;
    struct tariff_coincident *coincident;
    enum tariff_export export_rule;
    double export_money_kwh;        /* NaN: by the tiers' sell prices */
    const double *hourly_money_kwh; /* by hour of the year, beside the table; NULL */
    int hourly_count;
    const double *step_money_kwh;   /* the same by step of the bill's calendar; NULL */
    double least_kw, most_kw;       /* who may have it; NaN */
    double reactive_money_kvar;     /* NaN; not billed: a series of kW has no kvar */
    double window_min;              /* of the demand meter; NaN */
    struct tariff_large_load large; /* contract_kw 0: none */
};

/* A tariff without any charge. */
struct tariff tariff_empty(void);
/* Reads a tariff from JSON: a URDB rate, an answer of the URDB with one rate, or a REopt scenario.
   Every mistake at file:line:column; what is not handled is refused by name; what does not change a
   bill is skipped, what might is noted. */
enum status tariff_read(struct arena *arena, struct diag *diag, const char *path,
                        struct tariff *ret) MUST_CHECK;
/* From YAML with the keys of a connection: urdb, tariff, large_load (tariff_keys.c). */
enum status tariff_read_keys(struct arena *arena, struct diag *diag, const char *path,
                             struct tariff *ret) MUST_CHECK;
enum status tariff_parse(struct arena *arena, struct diag *diag, const char *file, const char *text,
                         size_t size, struct tariff *ret) MUST_CHECK;

struct tariff_month {
    double import_kwh, export_kwh, peak_kw;
    double fixed_money, energy_money, demand_money, flat_money, coincident_money, shortfall_money,
        least_money, export_money; /* least: what is missing to the minimum; export: received */
    double total_money;
    double share_frac;                     /* of the month's days that are billed */
    double energy_kwh[TARIFF_PERIODS_MAX]; /* that the tiers of a period see (net metering: less
                                             what was fed in, below 0 too) */
    double period_kw[TARIFF_PERIODS_MAX];  /* highest in each demand period */
    double billed_kw[TARIFF_PERIODS_MAX], flat_kw; /* for each of them, for the month */
};
struct tariff_bill {
    struct tariff_month month[12];
    double least_money; /* missing to the minimum of the year */
    double total_money, import_kwh, export_kwh, peak_kw;
};

/* The bill of a series of mean kW by step (negative: fed in); the obvious way, month by month, charge
   by charge. A part of a month is billed its share of days: of what a month costs, of the price of a
   kW, of the kWh of a tier. A step of the calendar counts as it is: peaks of a 15-minute meter need
   quarter-hours. */
void tariff_bill(const struct tariff *tariff, const struct calendar *calendar,
                 const double *load_kw, struct tariff_bill *ret);
/* The same where what is taken and what is fed in are metered apart. */
void tariff_bill_of(const struct tariff *tariff, const struct calendar *calendar,
                    const double *taken_kw, const double *fed_kw, struct tariff_bill *ret);
int tariff_period_at(const struct tariff_table *table, const struct calendar_moment *at);
int tariff_hour_of_year(const struct calendar_moment *at);
int tariff_energy_periods(const struct tariff *tariff); /* 1 where no table stands */
/* What the kWh of an energy period in a month cost: tiers and adder. */
double tariff_energy_money(const struct tariff *tariff, int period, int month, double kwh,
                           double share_frac);
/* What a kWh that is taken costs beside that: by hour, by step. */
double tariff_plain_money_kwh(const struct tariff *tariff, const struct calendar_moment *at,
                              int step);
/* What a kWh that is fed in earns at sale; 0 where nothing is sold. */
double tariff_sell_money_kwh(const struct tariff *tariff, const struct calendar_moment *at);
/* Money of an amount through the tiers of a period; share_frac: the tiers' ends are that part of
   their kWh. */
double tariff_tiers_money(const struct tariff_period *period, double amount_value,
                          double share_frac);
/* Highest kW of the months whose peaks weigh on a month, times the share that is billed. */
double tariff_lookback_kw(const struct tariff *tariff, const double peak_kw[12], int month);
/* Does month `earlier` weigh on `month`? */
bool tariff_looks_back(const struct tariff *tariff, int month, int earlier);

/* ---- large loads by year of the contract (from 1) ---- */
enum { TARIFF_PARTS = 3 };
struct tariff_part { /* transmission, distribution, generation */
    double part_frac, least_kw;
};
/* Of the contract in the year that is billed: what each part of the demand price is paid for at
   least. False: no large load. */
bool tariff_parts(const struct tariff_large_load *large, struct tariff_part ret[TARIFF_PARTS]);
/* Price of a kW and month that is not taken. */
double tariff_shortfall_money_kw(const struct tariff *tariff, int month);
/* Of a whole month: what its billed peak costs, and what is missing to the contract's least. */
double tariff_flat_money(const struct tariff *tariff, int month, double billed_kw);
double tariff_shortfall_money(const struct tariff *tariff, int month, double billed_kw);
double tariff_contract_kw(const struct tariff_large_load *large, double year);
/* Price of a kW and month from which a contract's least is taken, mean of the year. */
double tariff_contract_money_kw_month(const struct tariff *tariff);
double tariff_collateral_money(const struct tariff_large_load *large);
/* Least demand money a month at a demand price: what is due when nothing is taken. */
double tariff_least_demand_money_month(const struct tariff_large_load *large, double year,
                                       double demand_money_kw_month);
double tariff_exit_money(const struct tariff_large_load *large, double year,
                         double demand_money_kw_month);

#endif
