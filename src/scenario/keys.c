/* The table of keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/keys.h"

#include <math.h>
#include <string.h>

#include "base/status.h"

#define NEEDED HUGE_VAL
#define NOTHING ((double)NAN)
#define NUMBER(section, key, fallback, min, max, meaning)                                          \
    {                                                                                              \
        section, key, KEY_NUMBER, fallback, min, max, meaning, { 0 }                               \
    }
#define WHOLE(section, key, fallback, min, max, meaning)                                           \
    {                                                                                              \
        section, key, KEY_WHOLE, fallback, min, max, meaning, { 0 }                                \
    }
#define SERIES(section, key, min, max, meaning)                                                    \
    {                                                                                              \
        section, key, KEY_SERIES, NOTHING, min, max, meaning, { 0 }                                \
    }
#define NUMBERS(section, key, min, max, meaning)                                                   \
    {                                                                                              \
        section, key, KEY_NUMBERS, NOTHING, min, max, meaning, { 0 }                               \
    }
#define TEXT(section, key, meaning)                                                                \
    {                                                                                              \
        section, key, KEY_TEXT, NOTHING, 0.0, 0.0, meaning, { 0 }                                  \
    }
#define FLAG(section, key, fallback, meaning)                                                      \
    {                                                                                              \
        section, key, KEY_FLAG, fallback, 0.0, 1.0, meaning, { 0 }                                 \
    }
#define MAP(section, key, meaning)                                                                 \
    {                                                                                              \
        section, key, KEY_MAP, NOTHING, 0.0, 0.0, meaning, { 0 }                                   \
    }
#define LIST(section, key, meaning)                                                                \
    {                                                                                              \
        section, key, KEY_LIST, NOTHING, 0.0, 0.0, meaning, { 0 }                                  \
    }
#define WORD(section, key, fallback, meaning, ...)                                                 \
    {                                                                                              \
        section, key, KEY_WORD, fallback, 0.0, 0.0, meaning, { __VA_ARGS__ }                       \
    }
#define WORDS(section, key, meaning, ...)                                                          \
    {                                                                                              \
        section, key, KEY_WORDS, NOTHING, 0.0, 0.0, meaning, { __VA_ARGS__ }                       \
    }
#define PARTY_WORDS                                                                                \
    "operator", "heat_utility", "heat_customers", "electric_utility", "fuel_supplier",             \
        "water_utility", "municipality", "state", "suppliers", "society"

static const struct key keys[] = {
    WHOLE("scenario", "hearth", NEEDED, 1.0, 1e6, "Version of the file's form: 1."),
    TEXT("scenario", "name", "What the plan is called in its report."),
    MAP("scenario", "place", "Where: climate or weather file, ground."),
    MAP("scenario", "horizon", "Which days are planned; not given: the whole year of the money."),
    NUMBER("scenario", "step_h", 1.0, 0.25, 1.0, "Length of a step: 1, 0.5 or 0.25."),
    MAP("scenario", "money", "Currency, year, interest, price of carbon."),
    MAP("scenario", "fuel", "Prices of fuels."),
    MAP("scenario", "water", "Price of water."),
    MAP("scenario", "electricity", "One connection per meter, and the carbon of grid power."),
    LIST("scenario", "data_centre", "The halls."),
    LIST("scenario", "town", "Who needs heat."),
    MAP("scenario", "heat_network", "The pipes between plant and town."),
    MAP("scenario", "plant", "What may be built, by name; the kind is the name unless it is said."),
    MAP("scenario", "heat_contract", "What is paid for heat."),
    MAP("scenario", "require", "What the plan must reach."),
    WORDS("scenario", "rules",
          "Rule packs to judge the plan by (`hearth explain rules`), or files of your own.", NULL),
    MAP("scenario", "site", "What rules ask about the site and the plan cannot know."),
    MAP("scenario", "objective", "Whose cost is made small."),
    WORD("scenario", "reference", 0, "How the town is heated when it stays apart.", "as_today",
         "best_alone"),
    WORD("scenario", "firm", 0, "Whether heat must be sure without the data centre.", "required",
         "waived"),
    NUMBER("scenario", "home_kwh_year", 10500.0, 500.0, 50000.0,
           "Electricity of a home in a year, for comparisons."),
    MAP("scenario", "wired", "The written-out form of plan.yaml: instances, buses, ports."),

    TEXT("place", "climate", "A built-in climate (`hearth explain climates`)."),
    TEXT("place", "weather", "An EnergyPlus weather file (.epw), in place of climate."),
    NUMBER("place", "ground_c", NOTHING, -5.0, 35.0,
           "Mean temperature of the ground; not given: that of the air."),
    NUMBER("place", "warming_dk", 0.0, -5.0, 15.0, "Added to every temperature of the year."),
    TEXT("place", "name", "What `at:` calls it."),

    TEXT("horizon", "from", "The first day: 2024-01-31."),
    WHOLE("horizon", "days", NEEDED, 1.0, 366.0, "How many days, within one year."),

    TEXT("money", "currency", "DKK, EUR, GBP, SEK or USD; not given: EUR."),
    WHOLE("money", "year", 2024.0, 2015.0, 2025.0, "Year whose money all prices are in."),
    NUMBER("money", "discount_frac", 0.05, -0.05, 0.5, "Real interest a year."),
    NUMBER("money", "life_year", 25.0, 1.0, 100.0, "Over how many years the plan is judged."),
    MAP("money", "carbon_price", "Price of carbon, paid and shadow."),
    NUMBER("money", "sales_tax_frac", 0.0, 0.0, 0.5, "Tax on bought energy, paid to the state."),

    NUMBER("carbon_price", "paid_money_kg", 0.0, 0.0, 10.0, "Booked as a payment."),
    NUMBER("carbon_price", "shadow_money_kg", 0.0, 0.0, 10.0, "Counted in decisions, never paid."),

    SERIES("fuel", "gas_money_kwh", 0.0, 5.0, "Price of gas per kWh of lower heating value."),
    SERIES("fuel", "oil_money_kwh", 0.0, 5.0, "Price of oil per kWh of lower heating value."),
    SERIES("fuel", "biomass_money_kwh", 0.0, 5.0,
           "Price of biomass per kWh of lower heating value."),

    TEXT("connection", "urdb",
         "A rate of the OpenEI utility rate database, or a REopt scenario: a JSON file."),
    MAP("connection", "tariff",
        "The tariff in keys of our own; beside urdb they replace the file's."),
    MAP("connection", "large_load", "The contract of a large load."),

    TEXT("tariff", "name", "What the tariff is called."),
    NUMBER("tariff", "fixed_money_month", 0.0, 0.0, 1e7, "Fixed charge of a month."),
    NUMBER("tariff", "fixed_money_day", 0.0, 0.0, 1e6, "Fixed charge of a day."),
    NUMBER("tariff", "least_money_month", 0.0, 0.0, 1e9, "The least that a month costs."),
    NUMBER("tariff", "least_money_year", 0.0, 0.0, 1e10, "The least that a year costs."),
    LIST("tariff", "energy",
         "Periods with their price of energy, tier by tier; the last that holds "
         "counts."),
    LIST("tariff", "demand", "Periods with their price of the month's highest kW in them."),
    LIST("tariff", "month_demand", "Prices of the month's highest kW, by months."),
    NUMBERS("tariff", "adder_money_kwh", -10.0, 10.0,
            "Added to every kWh; one, or twelve by month."),
    NUMBERS("tariff", "hourly_money_kwh", -10.0, 10.0,
            "Added by hour of the year: 8,760 or 8,784."),
    MAP("tariff", "lookback", "Ratchet: earlier peaks that are billed again."),
    LIST("tariff", "coincident", "Charges on the highest kW in the hours of a system's peak."),
    WORD("tariff", "export", 0,
         "What is fed in: earns nothing, is sold, or counts against the same period of the month.",
         "none", "sell", "net"),
    NUMBER("tariff", "export_money_kwh", NOTHING, -10.0, 10.0,
           "Paid for what is sold; not given: by the periods."),

    NUMBERS("tariff_energy", "money_kwh", -10.0, 10.0, "Price, or one for each tier."),
    NUMBERS("tariff_energy", "up_to_kwh", 0.0, 1e12,
            "Where each tier but the last ends: kWh of the period in a month."),
    NUMBER("tariff_energy", "sell_money_kwh", NOTHING, -10.0, 10.0, "Paid for what is sold in it."),
    LIST("tariff_energy", "when", "Windows in which it holds, in place of one window here."),
    NUMBERS("tariff_energy", "months", 1.0, 12.0, "Months of the window; not given: all."),
    WORD("tariff_energy", "days", NOTHING, "Days of the window; not given: all.", "weekday",
         "weekend"),
    NUMBERS("tariff_energy", "hours", 0.0, 24.0, "From and to, on the clock; not given: all."),

    NUMBERS("tariff_demand", "money_kw_month", 0.0, 1000.0, "Price, or one for each tier."),
    NUMBERS("tariff_demand", "up_to_kw", 0.0, 1e9, "Where each tier but the last ends."),
    LIST("tariff_demand", "when", "Windows in which it holds, in place of one window here."),
    NUMBERS("tariff_demand", "months", 1.0, 12.0, "Months of the window; not given: all."),
    WORD("tariff_demand", "days", NOTHING, "Days of the window; not given: all.", "weekday",
         "weekend"),
    NUMBERS("tariff_demand", "hours", 0.0, 24.0, "From and to, on the clock; not given: all."),

    NUMBERS("tariff_window", "months", 1.0, 12.0, "Months; not given: all."),
    WORD("tariff_window", "days", NOTHING, "Days; not given: all.", "weekday", "weekend"),
    NUMBERS("tariff_window", "hours", 0.0, 24.0, "From and to, on the clock; not given: all."),

    NUMBER("lookback", "share_frac", NEEDED, 0.0, 1.0, "Share of the highest earlier peak."),
    NUMBERS("lookback", "months", 1.0, 12.0, "The months whose peaks are billed again."),
    WHOLE("lookback", "months_before", 0.0, 0.0, 11.0,
          "So many months before each, in their place."),

    NUMBER("coincident", "money_kw", NEEDED, 0.0, 1e5,
           "Per kW of the highest load in these hours."),
    NUMBERS("coincident", "hours_of_year", 1.0, 8784.0, "Hours of the year, from 1."),

    NUMBER("large_load", "contract_kw", NEEDED, 0.0, 1e8, "Power of the contract."),
    NUMBER("large_load", "threshold_kw", 0.0, 0.0, 1e8, "Below it a load is not large."),
    NUMBER("large_load", "part_t_frac", 0.0, 0.0, 1.0, "Transmission's part of the demand price."),
    NUMBER("large_load", "part_d_frac", NOTHING, 0.0, 1.0,
           "Distribution's part; not given: the rest."),
    NUMBER("large_load", "part_g_frac", 0.0, 0.0, 1.0, "Generation's part."),
    NUMBER("large_load", "min_share_t_frac", 0.0, 0.0, 1.0,
           "Share of the contract that is paid for transmission at least."),
    NUMBER("large_load", "min_share_d_frac", 0.0, 0.0, 1.0, "The same for distribution."),
    NUMBER("large_load", "min_share_g_frac", 0.0, 0.0, 1.0, "The same for generation."),
    NUMBER("large_load", "term_year", 12.0, 0.0, 60.0, "Years of the contract, with its ramp."),
    NUMBER("large_load", "ramp_year", 0.0, 0.0, 20.0, "Years in which the contract grows evenly."),
    NUMBER("large_load", "exit_year", 0.0, 0.0, 60.0, "Years of the least payment due on leaving."),
    NUMBER("large_load", "collateral_money_kw", 0.0, 0.0, 1e5, "Security per kW of the contract."),
    NUMBER("large_load", "reduction_frac", 0.0, 0.0, 1.0,
           "Of the contract, may be given back free."),
    NUMBER("large_load", "year", 0.0, 0.0, 60.0,
           "Year of the contract that the plan is billed in; 0: behind the ramp."),
    NUMBER("large_load", "demand_money_kw_month", 0.0, 0.0, 1000.0,
           "A demand charge of the contract's own, on the month's peak; 0: the tariff's is its."),

    SERIES("carbon", "average_kgco2_kwh", 0.0, 2.0, "Average factor, for the inventory."),
    SERIES("carbon", "marginal_kgco2_kwh", 0.0, 2.0, "Marginal factor, for decisions."),
    NUMBER("carbon", "renewable_frac", 0.0, 0.0, 1.0, "Share of grid power that is renewable."),

    WORD("heat_recovery", "from", 1, "Where heat is taken.", "condenser_water", "coolant_return"),
    NUMBER("heat_recovery", "temperature_c", NEEDED, 5.0, 90.0, "Supply that is handed over."),
    NUMBER("heat_recovery", "dt_dk", 6.0, 1.0, 30.0, "By how much the other side cools it."),
    NUMBER("heat_recovery", "max_kw", NEEDED, 0.1, 1e7, "Largest exchanger."),

    WORD("heat_contract", "model", 0, "How the price of heat is found.", "shared_savings",
         "cost_plus", "free", "fixed_price"),
    NUMBER("heat_contract", "share_frac", 0.5, 0.0, 1.0, "Share of the saving that is handed on."),
    NUMBER("heat_contract", "price_money_kwh", NOTHING, 0.0, 10.0, "Of fixed_price."),
    NUMBER("heat_contract", "term_year", 20.0, 1.0, 60.0, "How long it binds."),
    NUMBER("heat_contract", "source_heat_money_kwh", NOTHING, -1.0, 10.0,
           "Paid by the heat utility to the operator; not given: by the model."),

    NUMBER("require", "energy_reuse_factor", NOTHING, 0.0, 1.0, "At least: reused of all energy."),
    NUMBER("require", "heat_share_frac", NOTHING, 0.0, 1.0,
           "At least: recovered of the town's heat."),
    NUMBER("require", "carbon_max_kgco2_year", NOTHING, 0.0, 1e15, "At most: carbon a year."),
    NUMBER("require", "water_max_m3_year", NOTHING, 0.0, 1e15, "At most: water a year."),
    NUMBER("require", "grid_peak_max_kw", NOTHING, 0.0, 1e15,
           "At most: highest power from the grid."),
    NUMBER("require", "renewable_frac", NOTHING, 0.0, 1.0, "At least: renewable share of power."),
    NUMBER("require", "self_supply_frac", NOTHING, 0.0, 1.0, "At least: share of own power."),

    TEXT("site", "start_date", "The data centre's first day: 2027-06-01."),
    NUMBER("site", "land_m2", NOTHING, 1.0, 1e9, "Land of the data centre."),
    NUMBER("site", "floor_m2", NOTHING, 1.0, 1e8, "Floor of the data centre."),
    NUMBER("site", "invest_money", NOTHING, 0.0, 1e13, "All that is invested in it."),
    NUMBER("site", "noise_day_db", NOTHING, 0.0, 140.0,
           "A-weighted sound by day at the nearest neighbour's border."),
    NUMBER("site", "noise_night_db", NOTHING, 0.0, 140.0, "The same by night."),
    NUMBER("site", "heat_user_m", NOTHING, 0.0, 1e6,
           "Distance of the nearest heat network or user of heat."),
    NUMBER("site", "additional_renewable_frac", NOTHING, 0.0, 1.0,
           "Share of its power from renewables built for it in its own country."),
    NUMBER("site", "clean_frac", NOTHING, 0.0, 1.0, "Share of its power without carbon."),
    NUMBER("site", "dispatchable_kw", NOTHING, 0.0, 1e7,
           "Generation or storage at the site, or near it, that the grid may call."),
    FLAG("site", "defence", 0, "Whether it serves defence alone."),
    FLAG("site", "bridge_load", 0, "Whether it stands only to bridge a time."),
    WORDS("site", "met", "Duties that are met, by the name of their rule.", NULL),

    WORD("objective", "view", 0, "Transfers that leave the parties, or resource costs.", "parties",
         "society"),
    WORDS("objective", "parties",
          "Whose cost; not given: operator, heat_utility and heat_customers.", PARTY_WORDS),

    TEXT("any", "name", "Its name, where it stands in a list."),
    TEXT("any", "kind", "The kind of plant (`hearth explain`)."),
    WORD("any", "owner", NOTHING, "Who builds and runs it.", PARTY_WORDS),
    TEXT("any", "meter", "Its electricity connection, by the name under electricity."),
    MAP("any", "ports", "Port by port the bus it is connected to (`hearth explain wiring`)."),
    WORDS("any", "in", "The cases it stands in.", "today", "apart", "together"),
    TEXT("any", "at", "Its place."),
    FLAG("any", "integration", 0, "Whether it exists only to join data centre and town."),
    FLAG("any", "existing", 0, "Whether it stands already: no investment."),
    WORD("any", "fuel", 0, "What it burns.", "gas", "oil", "biomass"),
    TEXT("any", "title", "What the report calls it."),

    TEXT("series", "file", "A CSV file, beside the scenario."),
    TEXT("series", "column", "The column with the numbers, by its header."),
    TEXT("series", "unit", "The unit of the numbers, such as money_mwh."),
    TEXT("series", "time", "The column with time stamps; not given: rows are in order."),
    WORD("series", "stamps", 0, "What a stamp names of its step.", "hour_beginning", "hour_ending"),
    WORD("series", "clock", 0, "Which clock stamps without offset follow.", "standard", "utc",
         "daylight"),
    WORD("series", "align", 0, "How a series of another year is laid over the plan's.", "none",
         "dates", "weekdays"),
    WHOLE("series", "year", NOTHING, 1900.0, 2200.0, "Which year rows without stamps are."),
    FLAG("series", "repeat", 0, "Use each row for all its steps."),
    FLAG("series", "average", 0, "Take the mean of the rows of a step."),
    NUMBER("series", "per", 1.0, 1e-9, 1e12, "The number of the column that counts as one."),
    WORD("series", "gaps", 0,
         "Blank cells, missing rows and steps outside the file: refused, or filled.", "refuse",
         "fill"),
    TEXT("series", "from", "When rows without stamps begin: 2022-06-30T16:00."),
};

int keys_count(void) { return COUNT(keys); }

const struct key *keys_at(int index) {
    return index >= 0 && index < COUNT(keys) ? &keys[index] : NULL;
}

const struct key *keys_find(const char *section, const char *key) {
    for (int k = 0; k < COUNT(keys); k++) {
        if (strcmp(keys[k].section, section) == 0 && strcmp(keys[k].key, key) == 0) {
            return &keys[k];
        }
    }
    return NULL;
}

int keys_of(const char *section, const char **ret_names, int most) {
    int count = 0;
    for (int k = 0; k < COUNT(keys) && count < most; k++) {
        if (strcmp(keys[k].section, section) == 0) {
            ret_names[count++] = keys[k].key;
        }
    }
    return count;
}

int keys_words(const struct key *key) {
    int count = 0;
    while (count < KEY_WORDS_MAX && key->words[count]) {
        count++;
    }
    return count;
}
