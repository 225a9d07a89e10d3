/* The table of keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/keys.h"

#include <math.h>
#include <string.h>

#include "base/status.h"
#include "scenario/scenario.h"

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
        "water_utility", "municipality", "state", "suppliers", "society", "lenders", "third_party"

static const struct key keys[] = {
    WHOLE("scenario", "hearth", NEEDED, 1.0, 1e6, "Version of the file's form: 1."),
    TEXT("scenario", "name", "What the plan is called in its report."),
    MAP("scenario", "place", "Where: climate or weather file, ground."),
    LIST("scenario", "places", "Names of places, which `at:` and links use; one weather for all."),
    LIST("scenario", "links", "Lines and pipes between places."),
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
    MAP("scenario", "community",
        "What town and state get and pay beside energy: taxes, work, homes."),
    MAP("scenario", "inventory", "Carbon and water that others' books ask for."),
    MAP("scenario", "neighbours", "Sound, land, building and security: what stands next to it."),
    MAP("scenario", "growth",
        "How prices grow over the years; of the books over the life, not of the optimum."),
    LIST("scenario", "finance", "How a party pays for its plant (`hearth explain finance`)."),
    LIST("scenario", "third_party",
         "Plant that somebody else pays for and owns (`hearth explain third_party`)."),
    LIST("scenario", "incentives", "Grants and credits (`hearth explain incentives`)."),
    LIST("scenario", "households", "Homes by class and tenure (`hearth explain households`)."),
    LIST("scenario", "commitments", "Who guarantees what (`hearth explain commitments`)."),
    MAP("scenario", "stages", "Years of a plan over the life (`hearth roadmap`)."),
    LIST("scenario", "futures", "Years that may come; one design for all (`hearth robust`)."),
    MAP("scenario", "robust", "What that design keeps low, and over how many weather years."),
    LIST("scenario", "stage_changes",
         "Which numbers differ from stage to stage (`hearth explain stage_changes`)."),
    MAP("scenario", "stress", "What may go wrong, and how far."),
    MAP("scenario", "require", "What the plan must reach."),
    WORDS("scenario", "rules",
          "Rule packs to judge the plan by (`hearth explain rules`), or files of your own.", NULL),
    MAP("scenario", "site", "What rules ask about the site and the plan cannot know."),
    MAP("scenario", "objective", "Whose cost is made small."),
    WORD("scenario", "reference", 0, "How the town is heated when it stays apart.", "as_today",
         "best_alone"),
    WORD("scenario", "firm", 0,
         "Whether heat must be sure without the data centre; none: no design days at all.",
         "required", "waived", "none"),
    NUMBER("scenario", "home_kwh_year", 10500.0, 500.0, 50000.0,
           "Electricity of a home in a year, for comparisons."),
    MAP("scenario", "wired", "The written-out form of plan.yaml: instances, buses, ports."),

    TEXT("place", "climate", "A built-in climate (`hearth explain climates`)."),
    TEXT("place", "weather", "An EnergyPlus weather file (.epw), in place of climate."),
    NUMBER("place", "ground_c", NOTHING, -5.0, 35.0,
           "Mean temperature of the ground; not given: that of the air."),
    NUMBER("place", "warming_dk", 0.0, -5.0, 15.0, "Added to every temperature of the year."),
    WHOLE("place", "weather_year", 0.0, 0.0, 1e6,
          "0: the year as it is; N: another year drawn from it, in blocks of five days, seeded by "
          "N."),
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
    MAP("connection", "transformer", "What feeds it, to be told how it warms and ages."),

    NUMBER("transformer", "rating_kva", NEEDED, 1.0, 1e7, "Rated power."),
    WORD("transformer", "cooling", 1, "Its kind (IEC 60076-7).", "onan", "onaf", "distribution"),
    WORD("transformer", "paper", 0, "Insulation: thermally upgraded or not.", "upgraded", "normal"),
    NUMBER("transformer", "loss_ratio", 6.0, 1.0, 30.0,
           "Load loss over no-load loss at rated load."),
    NUMBER("transformer", "power_factor_ratio", 0.98, 0.5, 1.0, "Of all that it feeds."),
    SERIES("transformer", "other_kw", 0.0, 1e7, "What others draw through it; not given: nothing."),

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
    SERIES("carbon", "carbon_free_frac", 0.0, 1.0,
           "Share of grid power without carbon, by the hour; not given: renewable_frac."),
    NUMBER("carbon", "renewable_frac", 0.0, 0.0, 1.0, "Share of grid power that is renewable."),

    WORD("heat_recovery", "from", 1, "Where heat is taken.", "condenser_water", "coolant_return"),
    NUMBER("heat_recovery", "temperature_c", NOTHING, 5.0, 90.0,
           "Supply that is handed over; not given, from coolant_return: as warm as the coolant "
           "allows."),
    NUMBER("heat_recovery", "dt_dk", 6.0, 1.0, 30.0, "By how much the other side cools it."),
    NUMBER("heat_recovery", "max_kw", NEEDED, 0.1, 1e7, "Largest exchanger."),

    WORD("heat_contract", "model", 0, "How the price of heat is found.", "shared_savings",
         "cost_plus", "free", "fixed_price", "avoided_cost", "by_temperature", "seasonal"),
    NUMBER("heat_contract", "share_frac", 0.5, 0.0, 1.0, "Share of the saving that is handed on."),
    NUMBER("heat_contract", "price_money_kwh", NOTHING, 0.0, 10.0, "Of fixed_price."),
    NUMBER("heat_contract", "cold_money_kwh", NOTHING, 0.0, 10.0,
           "Of by_temperature: the price at -10 degC outdoors and below."),
    NUMBER("heat_contract", "warm_money_kwh", NOTHING, 0.0, 10.0,
           "Of by_temperature: the price at 15 degC outdoors and above; straight between."),
    NUMBER("heat_contract", "winter_money_kwh", NOTHING, 0.0, 10.0,
           "Of seasonal: December to February."),
    NUMBER("heat_contract", "shoulder_money_kwh", NOTHING, 0.0, 10.0,
           "Of seasonal: March to May, and September to November."),
    NUMBER("heat_contract", "summer_money_kwh", NOTHING, 0.0, 10.0, "Of seasonal: June to August."),
    NUMBER("heat_contract", "peak_money_kw_year", 0.0, 0.0, 1e4,
           "Of seasonal and by_temperature: for the highest kW that is taken."),
    NUMBER("heat_contract", "term_year", 20.0, 1.0, 60.0, "How long it binds."),
    NUMBER("heat_contract", "source_heat_money_kwh", NOTHING, -1.0, 10.0,
           "Paid by the heat utility to the operator; not given: by the model."),

    NUMBER("community", "households_count", NOTHING, 1.0, 1e8,
           "Homes that share the town's heat bill; not given: no bill per home is told."),
    NUMBER("community", "household_kwh_year", 4000.0, 100.0, 50000.0,
           "Power a home buys, for what the grid's new cost does to its bill."),
    NUMBER(
        "community", "other_kwh_year", NOTHING, 1.0, 1e13,
        "Power that the electric utility sells to all others; they share what is not recovered."),
    NUMBER("community", "other_water_m3_year", NOTHING, 0.0, 1e12,
           "Water that all others take, for the community's sum."),
    NUMBER("community", "water_spare_m3_day", NOTHING, 0.0, 1e9,
           "What the waterworks could give more on a day."),
    NUMBER("community", "sewer_spare_m3_day", NOTHING, 0.0, 1e9,
           "What sewer and sewage works could take more on a day."),
    NUMBER("community", "grid_invest_money", 0.0, 0.0, 1e13,
           "What the electric utility builds for the data centre."),
    NUMBER("community", "grid_life_year", 40.0, 1.0, 100.0, "How long that lasts."),
    NUMBER("community", "grid_return_frac", 0.07, 0.0, 0.5, "What the utility may earn on it."),
    NUMBER("community", "grid_paid_frac", 0.0, 0.0, 1.0,
           "Share of it that the operator pays when it is connected: 0 on all customers, 1 deep."),
    NUMBER("community", "grid_digital_money", 0.0, 0.0, 1e12,
           "Meters, communication and control that the grid needs to use flexible loads."),
    NUMBER("community", "grid_digital_life_year", 15.0, 1.0, 60.0,
           "How long that lasts, then it is bought anew [assumed]."),
    NUMBER("community", "building_money", 0.0, 0.0, 1e13,
           "Taxed value of the data centre's land and building."),
    NUMBER("community", "building_tax_frac_year", 0.0, 0.0, 0.2, "Tax on it, to the municipality."),
    NUMBER("community", "equipment_money", 0.0, 0.0, 1e13,
           "What its computers cost, bought anew at each refresh."),
    NUMBER("community", "equipment_tax_frac_year", 0.0, 0.0, 0.2,
           "Tax on their worth, which falls by 50, 35, 20, 10, 5 per cent of their price."),
    NUMBER("community", "refresh_year", 5.0, 1.0, 30.0, "How long the computers stay."),
    NUMBER("community", "equipment_sales_tax_frac", 0.0, 0.0, 0.5,
           "Sales tax on computers, to the state."),
    NUMBER("community", "sales_exempt_frac", 0.0, 0.0, 1.0, "Share of that sales tax forgiven."),
    NUMBER("community", "abatement_frac", 0.0, 0.0, 1.0, "Share of the property taxes forgiven."),
    NUMBER("community", "abatement_year", 0.0, 0.0, 100.0, "For how many years."),
    NUMBER("community", "services_money_year", 0.0, 0.0, 1e12,
           "What the municipality spends on it: roads, fire service, water."),
    NUMBER("community", "jobs_low_per_mw", 0.3, 0.0, 100.0,
           "Permanent jobs per MW of IT, at least."),
    NUMBER("community", "jobs_per_mw", 0.7, 0.0, 100.0, "The same, likely."),
    NUMBER("community", "jobs_high_per_mw", 1.5, 0.0, 100.0, "The same, at most."),
    NUMBER("community", "building_jobs_low_per_mw", 4.0, 0.0, 1000.0,
           "Years of work to build a MW of IT, at least."),
    NUMBER("community", "building_jobs_high_per_mw", 10.0, 0.0, 1000.0, "The same, at most."),
    NUMBER("community", "local_subsidy_money_job", NOTHING, 0.0, 1e9,
           "What a job costs under the programmes for local firms, to compare with."),
    NUMBER("community", "data_value_money_year", NOTHING, 0.0, 1e12,
           "What the community itself says its data are worth; never invented, never added."),

    NUMBER("inventory", "market_kgco2_kwh", NOTHING, 0.0, 2.0,
           "Carbon of power by contracts and residual mix; not given: the grid's average."),
    NUMBER("inventory", "building_kgco2_m2", 600.0, 0.0, 3000.0,
           "Made with the building, by site: floor_m2; 350 to 1,000 [recalled]."),
    NUMBER("inventory", "refit_frac", 0.3, 0.0, 1.0,
           "Of that, what fitting out a building takes that stood empty, by site: "
           "reused_floor_frac; plant and partitions are .15 to .5 [recalled]."),
    NUMBER("inventory", "building_life_year", 60.0, 1.0, 200.0, "Over how long that is spread."),
    NUMBER("inventory", "server_kgco2", 3660.0, 0.0, 50000.0,
           "Made with a server (ADEME in Boavizta [read]); 2,000 to 6,000 with eight GPUs "
           "[recalled]."),
    NUMBER("inventory", "server_kw", 0.5, 0.01, 50.0,
           "What a server draws, to count them [assumed]."),
    NUMBER("inventory", "server_life_year", 4.0, 1.0, 20.0, "How long a server stays."),
    NUMBER("inventory", "plant_kgco2_kw", 40.0, 0.0, 2000.0,
           "Made with a kW of chillers, heat pumps and boilers, over 20 years [assumed]."),
    NUMBER("inventory", "refrigerant_kg_kw", 0.3, 0.0, 5.0,
           "In a kW of compressor plant: 0.2 to 0.5 [recalled]."),
    NUMBER("inventory", "refrigerant_gwp_ratio", 631.0, 0.0, 20000.0,
           "Warming over that of CO2 where a plant names no refrigerant: 631 R513A [recalled]."),
    NUMBER("inventory", "leak_frac_year", 0.03, 0.0, 1.0,
           "What leaks a year: 0.01 to 0.05 [recalled]."),
    NUMBER("inventory", "power_water_m3_kwh", 0.00082, 0.0, 0.1,
           "Water used up by a kWh of grid power: world mean 0.82 L [read CodeCarbon]."),
    NUMBER("inventory", "blow_down_frac", 0.2, 0.0, 1.0,
           "Of the water that cooling takes, what goes to the sewer: one over five cycles "
           "[recalled]."),
    NUMBER("inventory", "power_primary_ratio", 1.9, 0.0, 5.0,
           "Primary energy of a kWh of grid power: 1.9, Directive (EU) 2023/1791 [recalled]."),
    NUMBER("inventory", "fuel_primary_ratio", 1.1, 0.0, 3.0,
           "The same of fuel: 1.1, EN ISO 52000-1 [recalled]."),
    NUMBER("inventory", "water_stress_score", NOTHING, 0.0, 5.0,
           "Of the place: 0 low to 5 extremely high (Aqueduct)."),
    WORD("inventory", "boundary", BOUNDARY_DATA_CENTRE,
         "How far the data centre's own total reaches: itself, networks too, devices too.",
         BOUNDARY_WORDS),
    NUMBER("inventory", "networks_kg_year", NOTHING, 0.0, 1e12,
           "Carbon of the networks between data centre and users; beside it, or within."),
    NUMBER("inventory", "devices_kg_year", NOTHING, 0.0, 1e12, "The same of the users' devices."),
    NUMBER("inventory", "base_kg_year", NOTHING, 0.0, 1e13,
           "Carbon of the community in its base year, for the line to half of it in 2030."),
    WHOLE("inventory", "base_year", 2022.0, 1990.0, 2029.0, "That year."),
    NUMBER("inventory", "target_kg_year", NOTHING, 0.0, 1e13, "What the community wants to reach."),

    NUMBER("neighbours", "distance_m", NOTHING, 1.0, 1e4,
           "From the fans to the nearest home; not given: no sound is told."),
    NUMBER("neighbours", "unit_kw", 1000.0, 1.0, 1e5, "Heat that one fan unit rejects [assumed]."),
    NUMBER("neighbours", "unit_db", 100.0, 40.0, 140.0,
           "Sound power of one, A-weighted; the reference's example [recalled]."),
    NUMBER("neighbours", "air_db_m", 0.002, 0.0, 0.1, "What air takes away a metre [recalled]."),
    NUMBER("neighbours", "barrier_db", 0.0, 0.0, 30.0, "What walls and ground take away."),
    NUMBER("neighbours", "day_db", 60.0, 20.0, 100.0,
           "Limit by day: 60 in Prince William County [recalled]."),
    NUMBER("neighbours", "night_db", 55.0, 20.0, 100.0, "The same by night: 55 there [recalled]."),
    NUMBER("neighbours", "land_m2_kw", 8.1, 0.1, 100.0,
           "Land per kW of IT where site: land_m2 is not given: 2 acres a MW [recalled]."),
    NUMBER("neighbours", "stand_off_m", 30.0, 0.0, 1000.0,
           "Free strip within the fence: 30 to 100 m [recalled]."),
    NUMBER("neighbours", "fence_money_m", 300.0, 0.0, 1e5, "A metre of fence [assumed]."),
    NUMBER("neighbours", "controls_money", 250000.0, 0.0, 1e9,
           "To keep the shared heat plant's controls apart from both sides' networks [assumed]."),
    NUMBER("neighbours", "building_month", 24.0, 1.0, 240.0, "How long it is built [recalled]."),
    NUMBER("neighbours", "trucks_day", NOTHING, 0.0, 1e4, "Trucks a day while it is built."),
    NUMBER("neighbours", "height_m", NOTHING, 0.0, 500.0,
           "Of the building, to judge how it is seen."),

    NUMBER(
        "growth", "power_frac_year", 0.0, -0.2, 0.2,
        "Power, each year of the life, the first too; beside inflation: REopt has 0.0166 in all."),
    NUMBER("growth", "fuel_frac_year", 0.0, -0.2, 0.2, "Fuels: REopt has 0.0348 for gas in all."),
    NUMBER("growth", "heat_frac_year", 0.0, -0.2, 0.2, "Heat and cold, by contract or at cost."),
    NUMBER("growth", "upkeep_frac_year", 0.0, -0.2, 0.2, "Upkeep and running of plant."),
    NUMBER("growth", "carbon_frac_year", 0.0, -0.2, 0.2, "The carbon price that is paid."),
    NUMBER("growth", "water_frac_year", 0.0, -0.2, 0.2, "Water."),

    NUMBERS("stages", "years", 2000.0, 2150.0,
            "First year of each stage; a stage stands for the years up to the next."),
    WHOLE("stages", "until_year", NOTHING, 2001.0, 2200.0,
          "First year that is no longer planned; not given: the first and the life of money."),

    TEXT("stage_changes", "path", "The number's path: data_centre.hall.it_kw."),
    WORD("stage_changes", "law", 0,
         "Growth from the number that is written, in the first stage's year.", "compound", "linear",
         "logistic", "gompertz", "floor", "bass", "pipeline", "new_supply"),
    NUMBER("stage_changes", "rate_frac", NOTHING, -0.5, 2.0, "Growth a year; fall, of a floor."),
    NUMBER("stage_changes", "rate_multiplier_ratio", 1.0, 0.0, 4.0,
           "Times that rate: 2 where AI redoubles the growth."),
    NUMBER("stage_changes", "cap_ratio", NOTHING, 0.0, 1e4,
           "Cap (or floor) over the first number."),
    NUMBER("stage_changes", "innovation_frac", NOTHING, 1e-5, 1.0,
           "Of bass: those of the rest who adopt in a year by themselves."),
    NUMBER("stage_changes", "imitation_frac", NOTHING, 0.0, 2.0,
           "Of bass: those who follow, by the share of those who have adopted."),
    NUMBERS(
        "stage_changes", "requested_kw", 0.0, 1e9,
        "Of pipeline: projects in inquiry, study, contract, construction, above the first number."),
    NUMBERS("stage_changes", "odds_frac", 0.0, 1.0,
            "Their odds of being built; not given: 0.075, 0.25, 0.7, 0.95 [recalled]."),
    NUMBER("stage_changes", "ramp_year", 4.0, 0.0, 20.0,
           "Of pipeline: years until they draw what they will."),
    NUMBER("stage_changes", "fossil_frac", 0.6, 0.0, 1.0,
           "Of new_supply: share of gas in what is built for new demand, the rest sun and wind."),
    NUMBER("stage_changes", "fossil_kgco2_kwh", 0.743, 0.0, 1.5,
           "Carbon of that gas (CodeCarbon, life cycle; 0.49 in modern plant)."),
    NUMBER("stage_changes", "renewable_kgco2_kwh", 0.037, 0.0, 1.5,
           "Carbon of the rest (wind 0.026 and sun 0.048 in equal parts)."),
    NUMBERS("stage_changes", "values", -1e12, 1e12, "In place of a law: one value a stage."),
    WHOLE("stage_changes", "from_year", NOTHING, 2000.0, 2150.0,
          "In place of a law: from this year on it is what `to` says."),
    TEXT("stage_changes", "to", "A number or a word."),

    TEXT("futures", "name", "What it is called."),
    NUMBER("futures", "probability_frac", NOTHING, 1e-6, 1.0,
           "Of all futures together 1; not given in any: all alike."),
    MAP("futures", "set", "What is otherwise, by path: {fuel.gas_money_kwh: 0.06}."),

    WORD("robust", "objective", 0, "What the one design of all futures keeps low.", "expected_cost",
         "tail_cost", "regret"),
    NUMBER("robust", "tail_frac", 0.1, 0.01, 1.0,
           "tail_cost: the mean of the dearest share of futures (CVaR)."),
    WHOLE("robust", "weather_years", NOTHING, 1.0, 60.0,
          "Each future in so many years drawn from the place's weather (place.weather_year)."),
    NUMBER("robust", "limit_money_year", NOTHING, 0.0, 1e15,
           "Cost of a year that satisfies; told is in which share of futures it is kept."),

    WORD("finance", "party", NOTHING, "Whose plant.", PARTY_WORDS),
    NUMBER("finance", "discount_frac", NOTHING, -0.05, 0.5,
           "Interest it asks for; not given: that of money."),
    NUMBER("finance", "loan_frac", 0.0, 0.0, 1.0, "Share of what it builds that lenders pay."),
    NUMBER("finance", "loan_interest_frac", 0.05, 0.0, 0.5, "Real interest of the loan."),
    NUMBER("finance", "loan_year", 15.0, 1.0, 60.0, "Years until it is paid back."),
    NUMBER("finance", "tax_frac", 0.0, 0.0, 0.6,
           "Tax on its gain, depreciation straight over each plant's life."),

    TEXT("third_party", "plant", "The plant; who uses it is its owner under plant:, and runs it."),
    WORD("third_party", "by", PARTY_THIRD_PARTY, "Who builds, owns and replaces it.", PARTY_WORDS),
    NUMBER(
        "third_party", "money_year", NOTHING, 0.0, 1e12,
        "Paid for it each year, a lease; of none of the three, so much that its owner earns just "
        "the rate it asks for (finance)."),
    NUMBER("third_party", "money_kwh", NOTHING, 0.0, 10.0,
           "Paid for each kWh that it gives: a power or heat purchase."),
    NUMBER(
        "third_party", "savings_frac", NOTHING, 0.0, 1.0,
        "Share of what its user saves a year against apart, before paying for it: a contractor."),
    NUMBER("third_party", "term_year", 100.0, 1.0, 100.0,
           "How long, within the life of the plan; then its user buys it."),
    NUMBER("third_party", "bought_frac", 1.0, 0.0, 2.0,
           "Of what it is worth then, what its user pays for it."),
    FLAG("third_party", "upkeep", 1, "Whether its owner keeps it, too."),

    TEXT("incentives", "name", "What it is called."),
    WORD("incentives", "from", NOTHING, "Who pays it.", PARTY_WORDS),
    WORD("incentives", "to", NOTHING, "Who gets it.", PARTY_WORDS),
    NUMBER("incentives", "invest_frac", NOTHING, 0.0, 1.0,
           "Share of what is invested: of plant, or of all that the party builds."),
    NUMBER("incentives", "most_money", NOTHING, 0.0, 1e13, "At most this much."),
    NUMBER("incentives", "money", NOTHING, 0.0, 1e13, "A sum, once."),
    NUMBER("incentives", "money_kwh", NOTHING, 0.0, 10.0,
           "For every kWh of recovered heat that is delivered."),
    TEXT("incentives", "plant", "The plant it is for; not given: all that the party builds."),
    NUMBER("incentives", "first_year", NOTHING, 0.0, 100.0,
           "When it is paid; not given: 0, at the start; with money_kwh 1."),
    NUMBER("incentives", "last_year", NOTHING, 0.0, 100.0,
           "Of money_kwh: until when; not given: to the end."),
    TEXT("incentives", "ends", "The day by which building must have begun: 2026-07-04."),
    TEXT("incentives", "source", "The law or programme, with its date."),

    TEXT("households", "class", "What they are called: flats, terraced houses."),
    WORD("households", "tenure", 0, "Owners pay for plant themselves, landlords for tenants.",
         "own", "rent"),
    NUMBER("households", "homes_count", NOTHING, 1.0, 1e8, "How many."),
    NUMBER("households", "heat_kwh_year", NOTHING, 100.0, 1e5,
           "Heat of one; what all take together of the town's heat is their share of its bill."),
    NUMBER(
        "households", "income_money_year", NOTHING, 1.0, 1e9,
        "Income of one, for the share that heat takes of it: above 0.06 is a burden [recalled]."),
    NUMBER("households", "passed_on_frac", 0.0, 0.0, 1.0,
           "Of rent: what the landlord's costs of plant put on the rent."),

    TEXT("commitments", "what", "What is promised, in words."),
    WORD("commitments", "by", NOTHING, "Who promises.", PARTY_WORDS),
    WORD("commitments", "to", NOTHING, "To whom.", PARTY_WORDS),
    WORD("commitments", "if", NOTHING, "In which case it is paid.", "operator_leaves",
         "customers_stay_away", "power_dearer", "power_cheaper"),
    NUMBER("commitments", "money", NOTHING, 0.0, 1e13, "How much is paid then."),
    NUMBER("commitments", "until_year", 100.0, 0.0, 100.0, "Until which year it holds."),

    NUMBER("stress", "leave_year", 9.0, 1.0, 99.0, "When the operator leaves."),
    NUMBER("stress", "power_frac", 0.2, 0.0, 1.0, "How far the price of power moves."),

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
    NUMBER("site", "reused_floor_frac", NOTHING, 0.0, 1.0,
           "Share of that floor in a building that stood empty."),
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
