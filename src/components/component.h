/* A kind of plant or load: one file of tables and pure functions. plan/ writes the rows; nothing
   here knows of them.

   Adding one: copy template.c, fill the tables, add its name to CMakeLists.txt (CONTRIBUTING.md).

   Coefficients are per unit of the rate (the reference port, unless said otherwise) and never read a capacity: it may
   be `choose`, and the programme must stay linear in it. Size-dependent laws read hours->size (the previous round's
   capacity). A machine that cannot run in a step says so by may_run; it is never clamped. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COMPONENT_H
#define COMPONENTS_COMPONENT_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/calendar.h"
#include "base/diag.h"

enum { PORTS_MAX = 6, MODES_MAX = 8, CURVE_POINTS_MAX = 8, WORDS_MAX = 12 };

enum carrier {
    CARRIER_ELECTRICITY,
    CARRIER_HEAT,
    CARRIER_COLD,
    CARRIER_WATER,
    CARRIER_FUEL,
    CARRIER_COMPUTE,
    CARRIERS
};
enum shape {
    SHAPE_SOURCE,
    SHAPE_LOAD,
    SHAPE_CONVERTER,
    SHAPE_STORE,
    SHAPE_LINE,
    SHAPE_SHIFTABLE,
    SHAPES
};
enum direction { FLOWS_IN, FLOWS_OUT };
/* What the power of a generator counts as, at its port power_out. BY_FUEL: renewable where it burns biomass. */
enum origin { ORIGIN_NONE, ORIGIN_BY_FUEL, ORIGIN_CARBON_FREE, ORIGIN_RENEWABLE };

/* ---- parameters
   ---------------------------------------------------------------------------------------------- */
/* A number, or one per step of the horizon (a CSV column). */
struct input {
    double value;          /* NaN: not given */
    const double *by_step; /* NULL: constant */
};
static inline double input_at(const struct input *input, int step) {
    return input->by_step ? input->by_step[step] : input->value;
}
/* A number, or a piecewise linear curve over the outdoor temperature, flat outside. points 0: not
   given. */
struct curve {
    int points;
    double outdoor_c[CURVE_POINTS_MAX], value[CURVE_POINTS_MAX];
};
double curve_at(const struct curve *curve, double outdoor_c);

enum param_kind {
    PARAM_NUMBER, /* double member; NaN means "not given" */
    PARAM_WORD,   /* int member: index into words */
    PARAM_FLAG,   /* bool member */
    PARAM_INPUT,  /* struct input member: number or {file, column, unit} */
    PARAM_CURVE,  /* struct curve member: number or {at -4: 55, at 15: 45} */
};

#define REQUIRED (HUGE_VAL) /* default of a parameter that the scenario must give */
#define NOT_GIVEN ((double)NAN)

struct param {
    const char *key; /* the member's own name; its suffix is the unit */
    enum param_kind kind;
    size_t offset;
    double fallback, min, max; /* default; for words its index, for flags 0 or 1 */
    const char *source;  /* where the default comes from: "DEA 2025, [read]", "user", "assumed" */
    const char *meaning; /* one sentence */
    const char *words[WORDS_MAX]; /* PARAM_WORD, ended by NULL */
};
#define PARAM(type, member, fallback_, min_, max_, source_, meaning_)                              \
    {                                                                                              \
        .key = #member, .kind = PARAM_NUMBER, .offset = offsetof(struct type, member),             \
        .fallback = (fallback_), .min = (min_), .max = (max_), .source = (source_),                \
        .meaning = (meaning_)                                                                      \
    }
#define PARAM_IN(type, member, fallback_, min_, max_, source_, meaning_)                           \
    {                                                                                              \
        .key = #member, .kind = PARAM_INPUT, .offset = offsetof(struct type, member),              \
        .fallback = (fallback_), .min = (min_), .max = (max_), .source = (source_),                \
        .meaning = (meaning_)                                                                      \
    }
#define PARAM_AT(type, member, fallback_, min_, max_, source_, meaning_)                           \
    {                                                                                              \
        .key = #member, .kind = PARAM_CURVE, .offset = offsetof(struct type, member),              \
        .fallback = (fallback_), .min = (min_), .max = (max_), .source = (source_),                \
        .meaning = (meaning_)                                                                      \
    }
#define PARAM_YES(type, member, fallback_, source_, meaning_)                                      \
    {                                                                                              \
        .key = #member, .kind = PARAM_FLAG, .offset = offsetof(struct type, member),               \
        .fallback = (fallback_), .min = 0, .max = 1, .source = (source_), .meaning = (meaning_)    \
    }
#define PARAM_OF(type, member, fallback_, source_, meaning_, ...)                                  \
    {                                                                                              \
        .key = #member, .kind = PARAM_WORD, .offset = offsetof(struct type, member),               \
        .fallback = (fallback_), .min = 0, .max = WORDS_MAX - 1, .source = (source_),              \
        .meaning = (meaning_), .words = {                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }

/* ---- ports
   --------------------------------------------------------------------------------------------------- */
/* Where an unwired port looks for its bus (scenario/wiring.c publishes the rule table):
   METER the electricity bus of the instance's meter; FUEL the bus of the fuel named in `fuel`
   (default gas); WATER the water bus; HALL the hot coolant of the data hall; RECOVERY the hall's
   heat take-off; PLANT the plant side of the heat network, or the only town entry's bus when there
   is no network; TOWN the far side of the network; USER the own bus of the town entry it belongs
   to; COLD the town's chilled water; OWN a heat bus of its own, called like the instance; PLACE the bus of its carrier at
   a place, as `links:` says. */
enum port_side {
    SIDE_METER,
    SIDE_FUEL,
    SIDE_WATER,
    SIDE_HALL,
    SIDE_RECOVERY,
    SIDE_PLANT,
    SIDE_TOWN,
    SIDE_USER,
    SIDE_COLD,
    SIDE_OWN,
    SIDE_PLACE
};

struct port {
    const char *name; /* "heat_in" */
    enum carrier carrier;
    enum direction direction;
    enum port_side side;
    bool optional; /* may stay unwired: modes with a nonzero coefficient there are then off */
    bool
        sets_temperature; /* this port says what its heat bus's supply and return are (function temperatures) */
    bool
        overrides_temperature; /* where its instance is in the case, these replace those of the bus's own user */
    bool
        lifts_preheated; /* it may finish return water that an exchanger has warmed: mode.lifts_kw_kw */
    const char *meaning;
};

/* ---- what the physics reads
   ---------------------------------------------------------------------------------- */
struct port_temperatures {  /* NULL where the port is no heat or cold port, or is unwired */
    const double *supply_c; /* the hot side: what leaves a source, what arrives at a user */
    const double *return_c; /* the cold side */
    const double
        *preheat_c; /* to which exchangers warm the return before it is lifted; NULL: none does */
};

/* Weather and time by step, for the steps of the programme (the horizon, then the coldest and the
   hottest design day). */
struct hours {
    int count, horizon_count; /* all steps; steps of the horizon, the rest are design days */
    double step_h;
    const double
        *weight_ratio; /* by step of the horizon: how many of the year's do as it; NULL: itself */
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m;
    const int *month, *weekday,
        *day_of_year;     /* month 0..11, weekday 0 Monday, day_of_year 0..365 */
    const double *hour_h; /* begin of the step within its day */
    const double *outdoor_c, *wet_bulb_c, *humidity_kg_kg, *pressure_kpa, *wind_m_s;
    const double *global_kw_m2, *direct_normal_kw_m2, *diffuse_kw_m2;
    const double *outdoor_day_c; /* mean of the step's day */
    const double *
        outdoor_weighted_c; /* weighted mean of this and three days before (1, .5, .25, .125), /1.875 */
    const double *ground_c;     /* at pipe depth */
    double outdoor_min_c;       /* design temperature: coldest hour of the coldest design day */
    double outdoor_mean_c;      /* of the whole year */
    double heating_degree_dayk; /* of the whole year, base 16 degC on daily means, K day */
    double
        heat_weight_year_h; /* sum over the whole year of max(0, 16 - outdoor_weighted_c) * step_h, K h */
    const struct climate_year
        *year; /* the whole year's weather for laws that need it (see components/hours.h) */

    /* set for the instance before each call */
    double
        size; /* the previous round's capacity, in the capacity's unit; a start value in the first round */
    double size2; /* second capacity of a store (power) */
    struct port_temperatures port[PORTS_MAX];
    bool wired[PORTS_MAX];
};

/* How often a step counts in a sum over the horizon. */
static inline double hours_weight_ratio(const struct hours *hours, int step) {
    return hours->weight_ratio ? hours->weight_ratio[step] : 1.0;
}

/* ---- what the physics fills
   ---------------------------------------------------------------------------------- */
/* All arrays have hours->count entries and hold the neutral value before the call (in brackets). */
struct mode {
    double
        *port[PORTS_MAX]; /* [0] kW at the port per kW of rate, positive in the port's direction */
    double *use;          /* [1] share of capacity per kW of rate */
    bool *may_run;        /* [true] */
    double *
        cost_money_kwh; /* [0] paid to cost_payee per kWh of rate, beside energy carriers that are bought */
    double *carbon_kgco2_kwh;          /* [0] emitted here per kWh of rate (average factor) */
    double *carbon_marginal_kgco2_kwh; /* [0] the same, marginal factor */
    /* [0] on the bus of its heat, per kW of rate: kW that can finish preheated water, less kW that its own preheating
       asks others to add; over a bus their sum is never negative */
    double *lifts_kw_kw;
};
struct coefficients {
    int count, modes;
    struct mode mode[MODES_MAX];
    double *
        availability_frac; /* [1] source, converter: sum of use * rate <= availability * capacity */
    /* store: end = kept * begin + (charge_eff * in - out / discharge_eff - standing * capacity) *
       step_h */
    double *kept_frac, *charge_eff, *discharge_eff; /* [1] */
    double *standing_kw_kwh;                        /* [0] store: kW lost per kWh of capacity */
    double charge_per_h_ratio,
        discharge_per_h_ratio; /* [infinity] kW per kWh of capacity, when power is not chosen apart */
    double level_min_frac, level_max_frac; /* [0, 1] of capacity */
    double start_frac,
        end_frac; /* [NaN, 0] level at the begin of the horizon, of capacity (NaN: the
                                    horizon's end leads into its begin), and least level at its end */
    /* line: arriving = flow * (1 - loss) - standing * capacity; power_kw_kw is pumping per kW of
       flow */
    double *loss_frac, *standing_kw_kw, *pump_kw_kw; /* [0] */
    bool each_way; /* [false] the capacity holds for each way by itself, not for both together */
    /* shiftable, NULL else: what comes in each step, which the load it belongs to counts already (its ports carry
       what is served less what came), and what can be served late in a step; filled by the planner from that load */
    double *arrives_kw, *late_max_kw;
    double demand_money_kw_month[12]; /* [0] price of the month's highest rate of mode 0 */
};

/* ---- costs
   --------------------------------------------------------------------------------------------------- */
/* Investment over size: capex per unit of capacity at up to six sizes, log-log between, flat
   outside. */
struct cost_point {
    double size, capex_money_unit_ratio; /* money of `currency` and `year` per unit of capacity */
};
struct cost_curve {
    const char *currency; /* "EUR"; NULL: no catalogue cost */
    int year;
    struct cost_point point[6];
    int points;
    const char *source;
};
/* The same curve in a later year, at the same sizes; year 0: one price for all years. */
struct cost_later {
    int first_year, year;
    double capex_money_unit_ratio[6];
};

struct cooling;

/* ---- the descriptor
   ------------------------------------------------------------------------------------------ */
struct component {
    const char *name, *title, *summary; /* "heat_pump", "Heat pump", one sentence */
    enum shape shape;
    int reference_port;
    size_t size;
    const struct param *params;
    int params_count;
    const struct port *ports;
    int ports_count;
    const char *capacity,
        *capacity2; /* keys of the capacity parameters, or NULL; capacity2 only for stores */
    const char
        *tried; /* key of a parameter whose values may be tried: {choose: [20, 26, 32]}; or NULL */
    const char
        *mode_names[MODES_MAX]; /* words for reports; at least one for converters and sources */
    bool must_take;             /* source: output equals availability * capacity */
    bool contract;              /* moves money, no power: its port only names the meter it is for */
    bool integration;           /* exists only to join data centre and town: left out of `apart` */
    bool built_at_once;         /* most of its price does not grow with its size (a trench): whether
                                   to build it is a yes or no of its own */
    bool firm;          /* counts as firm heat on the coldest design day without the data centre */
    enum origin origin; /* of the power it generates */
    bool follows_weather; /* sun and wind: nothing is counted on the design days */
    int outlook_year;     /* not for sale before this year; 0: it is for sale */
    const char *fuel;     /* what it burns unless the scenario says otherwise; NULL: gas */
    const char
        *cost_payee; /* party that receives mode costs: "suppliers", "electric_utility", ... */
    struct cost_curve cost;  /* used where capex_money_kw (or _kwh, _m, _m2) is not given */
    struct cost_curve cost2; /* of the second capacity: flat, in the money of cost */
    struct cost_later later, later2;
    double
        capacity2_per_h_ratio; /* second capacity per unit of the first where it is neither chosen nor given */
    int maturity;              /* 1..9 (technology readiness) */
    const char *validity;   /* range of validity, one sentence */
    const char *references; /* keys and DOIs */

    const struct cooling *
        cooling; /* ways of cooling a hall: their parts by hour (components/cooling.h); else NULL */

    /* Fills the arrays. Pure. NULL only for kinds whose numbers are all neutral. */
    void (*coefficients)(const void *self, const struct hours *hours, struct coefficients *ret);
    /* Fills supply and return of the heat bus at a port with sets_temperature. */
    void (*temperatures)(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c);
    /* What part load leaves of a converter's COP: it draws so much more power_in, and so much less heat_in, per heat_out.
       The plan's simulation asks it. NULL: all of it. */
    double (*part_load_ratio)(const void *self, double load_frac);
    /* Answers human mistakes that a range cannot say (one parameter against another). place is the
       instance's. */
    void (*check)(const void *self, struct diag *diag, struct place place);
    /* True multi-parameter investment in money of cost.currency and cost.year for a size (pipes);
       NULL: cost curve. */
    double (*capex_money)(const void *self, double size);
    /* Of what is made in steps (pipes, by diameter): the largest capacity of the make that is so many steps larger (-1:
       smaller) than that of a size; NaN: there is none. Within a make capex_money is one. NULL: made to any size. */
    double (*make_capacity)(const void *self, double size, int steps);
};

/* ---- registry
   ------------------------------------------------------------------------------------------------ */
int component_count(void);
const struct component *component_at(int index); /* in alphabetical order */
const struct component *component_find(const char *name);
const struct param *component_param(const struct component *component, const char *key);
int component_port(const struct component *component, const char *name); /* -1 when unknown */
/* Fills self with every default (REQUIRED stays infinite). */
void component_defaults(const struct component *component, void *self);
/* A number parameter's value by key, or fallback when the kind lacks it or it is not given. */
double component_number(const struct component *component, const void *self, const char *key,
                        double fallback);
/* Capex per unit of capacity in the catalogue's money at a size. */
double cost_curve_at(const struct cost_curve *curve, double size);
/* The same of a year: straight between the catalogue's two, flat outside. */
double component_unit_capex_money(const struct component *component, double size, int year);
double component_unit2_capex_money(const struct component *component, int year);
/* The whole investment of a size in a year, the second capacity at its own size or at the one that it follows. */
double component_capex_money(const struct component *component, const void *self, double size,
                             int year);
const char *carrier_name(enum carrier carrier);
const char *shape_name(enum shape shape);

/* Arrays for a component's coefficients, set to their neutral values. NULL when memory is out. */
struct coefficients *coefficients_new(struct arena *arena, const struct component *component,
                                      int count);
void coefficients_reset(struct coefficients *coefficients, const struct component *component);

#endif
