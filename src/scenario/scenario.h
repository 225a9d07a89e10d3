/* A checked scenario: what the person wrote, with every default filled in, every instance made and
   every port wired. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_SCENARIO_H
#define SCENARIO_SCENARIO_H

#include "base/calendar.h"
#include "base/diag.h"
#include "components/component.h"
#include "scenario/climate.h"

enum { SCENARIO_VERSION = 1, DESIGN_DAYS = 2 };

/* ---- parties: the ends of every transfer ---- */
#define PARTIES(X)                                                                                 \
    X(OPERATOR, "operator", "Data-centre operator")                                                \
    X(HEAT_UTILITY, "heat_utility", "Heat utility")                                                \
    X(HEAT_CUSTOMERS, "heat_customers", "Heat customers")                                          \
    X(ELECTRIC_UTILITY, "electric_utility", "Electric utility")                                    \
    X(FUEL_SUPPLIER, "fuel_supplier", "Fuel supplier")                                             \
    X(WATER_UTILITY, "water_utility", "Water utility")                                             \
    X(MUNICIPALITY, "municipality", "Municipality")                                                \
    X(STATE, "state", "State")                                                                     \
    X(SUPPLIERS, "suppliers", "Suppliers of plant and service")                                    \
    X(SOCIETY, "society", "Society")                                                               \
    X(LENDERS, "lenders", "Lenders")                                                               \
    X(THIRD_PARTY, "third_party", "Third party")
enum party {
#define X(id, name, title) PARTY_##id,
    PARTIES(X)
#undef X
        PARTY_COUNT
};
const char *party_name(enum party party);  /* "heat_utility" */
const char *party_title(enum party party); /* "Heat utility" */
int party_find(const char *name);          /* -1 when unknown */

/* ---- the three cases ---- */
enum plan_case { CASE_TODAY, CASE_APART, CASE_TOGETHER, CASES };
const char *case_name(enum plan_case plan_case); /* "today" */

/* ---- buses ---- */
struct bus {
    const char *name; /* "campus", "carrier_hotel.recovery", "network" */
    enum carrier carrier;
    int temperature_instance,
        temperature_port; /* who sets supply and return; -1: nobody (not a heat bus) */
};

/* ---- instances ---- */
enum given { GIVEN_DEFAULT, GIVEN_SCENARIO, GIVEN_DERIVED };

struct capacity {
    bool chosen;            /* the optimum decides within min..max */
    double fixed, min, max; /* fixed is NaN when chosen; max may be infinite */
};

struct tried;
struct scenario_change;

struct instance {
    const char *name, *title; /* "carrier_hotel_cooling" */
    const struct component *kind;
    void *self;         /* the kind's parameter struct, filled */
    struct place place; /* where it was written, or where the thing it derives from was */
    enum party owner;
    int meter; /* electricity bus, -1 when it has no METER port */
    bool in_case[CASES];
    bool existing; /* stands already: no investment, only fixed O&M and replacement (as the kind
                      says) */
    struct capacity capacity, capacity2;
    int port_bus[PORTS_MAX];   /* -1: unwired */
    enum given *given;         /* by parameter */
    struct place *given_place; /* by parameter */
    const char **given_text;   /* by parameter: a series as it is written in YAML, or NULL */
    struct tried *tried; /* what its kind's parameter `tried` is to be, or was, chosen from; NULL */
    int hall, town;      /* index of the data_centre or town entry it belongs to; -1 */
    const char *fuel;    /* of its FUEL port: "gas" */
};

struct tariff;
struct meter_transformer { /* that feeds a connection */
    double rating_kva, loss_ratio, power_factor_ratio;
    int kind; /* enum transformer_kind */
    bool upgraded;
    double other_kw;                /* drawn by others */
    const double *other_by_step_kw; /* the same by step of the horizon; NULL */
    const char *other_text;         /* the series as it is written in YAML; NULL */
};
struct meter { /* one electricity connection: an instance of kind grid */
    const char *name;
    int bus, grid;                               /* electricity bus, grid instance */
    enum party party;                            /* who has the contract and gets the bill */
    const struct meter_transformer *transformer; /* NULL: not given */
    const struct tariff *tariff; /* beside the grid's energy price; NULL: the grid's prices alone */
};

struct hall { /* a data_centre entry */
    const char *name;
    int instance, cooling, room_cooling, recovery; /* instances; -1: none */
    int meter;
    bool recovery_follows; /* what it hands over is as warm as the coolant allows */
};

/* town: connect: is the entry joined to the heat network, is it not, or is that to be decided? */
enum connect { CONNECT_YES, CONNECT_NO, CONNECT_CHOOSE, CONNECTS };
extern const char *const connect_words[CONNECTS];

struct town_entry {
    const char *name;
    enum connect connect;
    double connection_money; /* that joining it costs beside pipes and substation */
    int instance, heater,
        substation; /* load, individual or existing heater(s) first index, substation; -1: none */
    int bus;        /* its heat bus */
    int heaters[8], heaters_count; /* all existing producers of this entry */
};

/* ---- the rest ---- */
enum heat_contract_model {
    CONTRACT_SHARED_SAVINGS,
    CONTRACT_COST_PLUS,
    CONTRACT_FREE,
    CONTRACT_FIXED_PRICE,
    CONTRACT_AVOIDED_COST,
    CONTRACT_BY_TEMPERATURE,
    CONTRACT_SEASONAL,
    CONTRACT_MODELS
};

/* heat_network: {pipe_choice: {NAME: optional, required or forbidden}}, which plan/pipes_choice.c understands. */
struct pipe_choice {
    const char *pipe, *choice;
    struct place place;
};

/* heat_network: {pipes: FILE}: the text of the file, which plan/pipes.c understands. */
struct pipes_file {
    const char *path, *absolute, *text; /* text NULL: none, and the network is one line */
    size_t size;
    struct place place;
    const struct pipe_choice *choices;
    int choices_count;
    double
        trunk_m; /* the data centre's own pipe, where it is asked what another distance would do; 0: as drawn */
};

struct requirement { /* require: */
    const char *key; /* one of the published keys: energy_reuse_factor, renewable_frac,
                        carbon_max_kgco2_year, water_max_m3_year, self_supply_frac,
                        grid_peak_max_kw, heat_share_frac */
    double value;
    struct place place;
};

struct key;
struct site_fact { /* site: what rules ask and the plan cannot know */
    const struct key *key;
    double value; /* a flag: 1 or 0; a date: as rule_pack.h has days */
    struct place place;
};

/* ---- beside energy: community.c ---- */
struct finance { /* of one party */
    bool given;
    double discount_frac; /* NaN: that of money */
    double loan_frac, loan_interest_frac, loan_year, tax_frac;
};
struct incentive {
    const char *name, *source; /* source NULL: not said */
    enum party from, to;
    double invest_frac, most_money, money, money_kwh; /* NaN: not given; one of the three */
    int instance;                                     /* -1: all that the party builds */
    double first_year, last_year;
    long ends_day; /* as rule_pack.h has days; -1: it does not end */
    struct place place;
};
/* How far the total of the data centre's carbon reaches; each holds those before it. */
enum carbon_boundary { BOUNDARY_DATA_CENTRE, BOUNDARY_NETWORKS, BOUNDARY_DEVICES, BOUNDARIES };
#define BOUNDARY_WORDS "data_centre", "networks", "devices"
enum tenure { TENURE_OWN, TENURE_RENT, TENURES };
struct household {
    const char *name; /* its class */
    enum tenure tenure;
    double homes_count, heat_kwh_year, income_money_year,
        passed_on_frac; /* income NaN: not given */
};
struct
    lease { /* plant that somebody else pays for and owns; who uses it, its instance's owner, pays for the use */
    int instance;
    enum party by;
    double money_year, money_kwh, savings_frac; /* one, or all NaN: its owner earns just its rate */
    double term_year, bought_frac;
    bool upkeep; /* its owner's, too */
    struct place place;
};
enum stress_kind {
    STRESS_OPERATOR_LEAVES,
    STRESS_CUSTOMERS_STAY_AWAY,
    STRESS_POWER_DEARER,
    STRESS_POWER_CHEAPER,
    STRESS_KINDS
};
struct commitment {
    const char *what;
    enum party by, to;
    enum stress_kind when;
    double money, until_year;
    struct place place;
};

struct scenario_input_file { /* every file read, for summary.json */
    const char *path, *role; /* "scenario", "weather", "series" */
    char sha256[65];
};

/* The text a scenario was read from, so that it can be read again with other values (tried.h). */
struct scenario_source {
    const char *text;
    size_t size;
    const struct scenario_change *changes;
    int changes_count;
};

struct stages;  /* stages.h */
struct futures; /* futures.h */

struct scenario {
    const char *file, *name;
    struct scenario_source source;
    struct calendar calendar; /* horizon */
    double year_frac;         /* horizon hours / year hours: annual costs are prorated by it */
    struct climate climate;
    double ground_mean_c, warming_dk;
    int weather_year; /* drawn from the climate's; 0: that year itself */

    /* money: real, in currency and year */
    const char *currency;
    int money_year;
    double discount_frac, life_year;
    double carbon_paid_money_kg, carbon_shadow_money_kg;
    double sales_tax_frac; /* on bought energy, paid to the state; default 0 */

    double carbon_average_kgco2_kwh,
        carbon_marginal_kgco2_kwh; /* of grid power (annual means, for the report) */
    double gas_carbon_kgco2_kwh;
    double renewable_grid_frac; /* share of grid power counted renewable (REF), default 0 */
    double home_kwh_year;
    bool reference_best_alone; /* apart: the town's heat by its own optimum instead of as today */
    bool objective_party[PARTY_COUNT];
    bool view_society;
    bool waive_firm, no_design_days; /* firm: waived, or none: nothing is held beyond the horizon */

    int buses_count, instances_count, meters_count, halls_count, towns_count, requirements_count;
    struct bus *buses;
    struct instance *instances;
    struct meter *meters;
    struct hall *halls;
    struct town_entry *towns;
    struct requirement *requirements;

    int network; /* instance of kind heat_network, -1 */
    enum heat_contract_model contract;
    struct pipes_file pipes;
    double contract_share_frac, contract_price_money_kwh,
        contract_term_year;                                  /* price NaN: from the model */
    double contract_cold_money_kwh, contract_warm_money_kwh; /* by_temperature */
    double contract_season_money_kwh[3];                     /* winter, shoulder, summer */
    double contract_peak_money_kw_year;
    double source_heat_money_kwh; /* paid by the heat utility to the operator for recovered heat;
                                     default 0 */

    double *community_value; /* by key of the section, in the order of keys.c; community_value */
    double *inventory_value; /* the same of the section inventory */
    double *neighbours_value, *growth_value;
    enum carbon_boundary carbon_boundary;
    bool community_given, neighbours_given, growth_given;
    struct finance finance[PARTY_COUNT];
    int incentives_count, commitments_count, leases_count;
    struct lease *leases;
    struct household *households;
    struct incentive *incentives;
    struct commitment *commitments;
    double leave_year, power_stress_frac;
    const struct stages *stages;   /* of a plan over many years; NULL: none */
    const struct futures *futures; /* of one design for many years that may come; NULL: none */

    struct rule_pack *rules[8];
    const char *rules_written[8]; /* as plan.yaml names them: a pack, or a file from any folder */
    int rules_count, facts_count, met_count, households_count;
    struct site_fact *facts;
    const char **met; /* names of rules whose duty is met */
    int files_count;
    struct scenario_input_file files[64];
    const char *const *notes; /* what was assumed or replaced while reading, for the report */
    int notes_count;
};

/* Reads and checks a scenario with everything it names. All mistakes are collected in diag;
   BAD_SCENARIO or NO_FILE. */
enum status scenario_read(struct arena *arena, struct diag *diag, const char *path,
                          struct scenario **ret) MUST_CHECK;
/* The same from a text in memory (file names are relative to the folder of file). */
enum status scenario_parse(struct arena *arena, struct diag *diag, const char *file,
                           const char *text, size_t size, struct scenario **ret) MUST_CHECK;

int scenario_instance(const struct scenario *scenario, const char *name); /* -1 when unknown */
int scenario_bus(const struct scenario *scenario, const char *name);
/* A fact of the section site; NaN where it is not stated. */
double site_fact_value(const struct scenario *scenario, const struct key *key);

/* A value of the section community: as given, or its default; NaN where it has neither. */
double community_value(const struct scenario *scenario, const char *key);
double inventory_value(const struct scenario *scenario, const char *key);
double neighbours_value(const struct scenario *scenario, const char *key);
double growth_value(const struct scenario *scenario, const char *key);

/* The scenario with every default and all wiring written out, as YAML that reads back to the same
   plan. A comment behind each value says where it came from. */
enum status scenario_write(const struct scenario *scenario, struct arena *arena,
                           const char **ret_text, size_t *ret_size) MUST_CHECK;

/* A commented starter scenario; NaN or NULL for the default. NULL: no such template or climate. */
struct starter {
    const char *template, *name, *climate;
    double it_kw, floor_m2, length_m; /* length_m: of the town alone */
};
const char *scenario_starter(struct arena *arena, const struct starter *starter);
const char *scenario_template_name(int index); /* the first is the default; NULL behind the last */

/* JSON Schema (draft-07) of scenarios, from the component tables. */
enum status scenario_schema(struct arena *arena, const char **ret_text,
                            size_t *ret_size) MUST_CHECK;
/* "hearth explain heat_pump" as text of at most 78 columns, or as JSON. NULL for an unknown
   topic. */
const char *scenario_explain(struct arena *arena, const char *topic, bool json);

/* Hours for a set of instances: weather by step for the horizon and the two design days. One set
   per scenario. */
enum status scenario_hours(const struct scenario *scenario, struct arena *arena,
                           struct hours **ret) MUST_CHECK;

#endif
