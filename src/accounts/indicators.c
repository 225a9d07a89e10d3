/* Indicators and sheet. ISO/IEC 30134-2 (PUE), -3 (REF), -6 (ERF), -7 (CER), -8 (CUE), -9 (WUE), EN 50600-4 alike; ERE
   and TUE by The Green Grid. Boundary: all that stands behind the operator's meter for the halls, a utility's heat pump
   excluded; reused heat at the hand-off. Sheet: Regulation (EU) 2024/1364, annexes II and III; its E_IT is metered at
   the outlets of the UPS. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/indicators.h"

#include <math.h>

#include "base/text.h"
#include "components/data_hall.h"
#include "scenario/keys.h"

static const double litres_per_m3 = 1000.0, mega_ratio = 1000.0;
static const char all_power[] = "power of the data centre", kwh[] = "kWh/a",
                  plug[] = "IT, at the plug";
static const char within[] = "behind the data centre's meter, a utility's plant excluded";

/* ---- indicators ---- */

int account_indicators(const struct accounts *accounts, enum plan_case kind,
                       struct indicator ret[INDICATORS_MAX]) {
    const struct metrics *m = &accounts->metrics[kind];
    bool year = accounts->scenario->year_frac >= 1.0 - 1e-9;
    double all = m->data_centre_kwh_year, it = m->it_kwh_year;
    const struct indicator table[] = {
        {year ? "PUE3" : "iPUE3", "Power usage effectiveness, category 3", "1", m->pue_ratio,
         all_power, kwh, all, plug, kwh, it, "ISO/IEC 30134-2, EN 50600-4-2", within},
        {year ? "PUE2" : "iPUE2", "Power usage effectiveness, category 2", "1", m->pue_pdu_ratio,
         all_power, kwh, all, "IT, at the outlets of the PDUs", kwh, m->it_pdu_kwh_year,
         "ISO/IEC 30134-2, EN 50600-4-2", within},
        {year ? "PUE1" : "iPUE1", "Power usage effectiveness, category 1", "1", m->pue_ups_ratio,
         all_power, kwh, all, "IT, at the outlets of the UPS", kwh, m->it_ups_kwh_year,
         "ISO/IEC 30134-2, EN 50600-4-2; EU 2024/1364", within},
        {"PUE cool", "PUE without what warm air and coolant add to the IT", "1", m->pue_cool_ratio,
         all_power, kwh, all, "IT, as if its air had 23 °C", kwh, it - m->it_warm_kwh_year,
         "beside the standards", within},
        {"TUE", "Total usage effectiveness", "1", m->tue_ratio, all_power, kwh, all,
         "what reaches the chips", kwh, m->it_chip_kwh_year, "The Green Grid",
         "into the servers: behind power supplies and fans"},
        {"pPUE cooling", "Partial PUE of cooling", "1", m->ppue_cooling_ratio, "cooling and IT",
         kwh, m->cooling_kwh_year + it, plug, kwh, it, "ISO/IEC 30134-2", "cooling and IT alone"},
        {"pPUE power", "Partial PUE of the power chain", "1", m->ppue_power_ratio,
         "losses, lighting and IT", kwh, m->power_chain_kwh_year + it, plug, kwh, it,
         "ISO/IEC 30134-2", "transformer to plug"},
        {"WUE", "Water usage effectiveness, category 2", "L/kWh", litres_per_m3 * m->wue_m3_kwh,
         "all water that enters", "m3/a", m->data_centre_water_m3_year, plug, kwh, it,
         "ISO/IEC 30134-9, EN 50600-4-9", "make-up with blow-down and drift"},
        {"WUE source", "Water usage effectiveness with the water of power stations", "L/kWh",
         litres_per_m3 * m->wue_source_m3_kwh, "water that enters, and of power stations", "m3/a",
         m->data_centre_water_m3_year + m->indirect_water_m3_year, plug, kwh, it, "The Green Grid",
         "with the power it buys, by power_water_m3_kwh of the inventory"},
        {"ERF", "Energy reuse factor", "1", m->erf_ratio, "heat handed over and used", kwh,
         m->reused_kwh_year, all_power, kwh, all, "ISO/IEC 30134-6, EN 50600-4-6",
         "at the hand-off, before a utility's heat pump"},
        {"ERE", "Energy reuse effectiveness", "1", m->ere_ratio, "power less reused heat", kwh,
         all - m->reused_kwh_year, plug, kwh, it, "The Green Grid", within},
        {"REF", "Renewable energy factor", "1", m->ref_ratio, "renewable power", kwh,
         m->renewable_kwh_year, all_power, kwh, all, "ISO/IEC 30134-3, EN 50600-4-3", within},
        {"CFE", "Carbon-free in the hour in which it is drawn (24/7)", "1", m->carbon_free_frac,
         "carbon-free power, hour by hour", kwh, m->carbon_free_frac * all, all_power, kwh, all,
         "24/7 matching (Google 2021); no standard yet", within},
        {"CUE", "Carbon usage effectiveness", "kg CO2/kWh", m->cue_kg_kwh, "carbon of its power",
         "kg CO2/a", it > 0.0 ? m->cue_kg_kwh * it : 0.0, plug, kwh, it,
         "ISO/IEC 30134-8, EN 50600-4-8", "average factors of the grid"},
        {"CER", "Cooling efficiency ratio", "1", m->cer_ratio, "heat that leaves the halls", kwh,
         m->heat_removed_kwh_year, "power of cooling", kwh, m->cooling_kwh_year,
         "ISO/IEC 30134-7, EN 50600-4-7", "halls and their cooling"},
        {"ITEU", "Work of the servers, of what all installed could do", "1", m->utilisation_frac,
         "work, as energy of busy servers", kwh, m->servers_kwh_year, "all installed, always busy",
         kwh, m->utilisation_frac > 0.0 ? m->servers_kwh_year / m->utilisation_frac : 0.0,
         "after ISO/IEC 30134-5; by the SPECpower curve", "servers"},
    };
    int count = 0;
    for (int k = 0; k < COUNT(table) && it > 0.0; k++) {
        if (!isnan(table[k].over_value)) { /* what the scenario does not say is no indicator */
            ret[count++] = table[k];
        }
    }
    return count;
}

/* ---- the sheet ---- */

static const char *sure(const char *text) { return text ? text : ""; }

struct stock { /* of all halls together */
    double it_kw, racks_count, room_m2, battery_kwh, generator_kw, test_kwh_year, inlet_c,
        coolant_c;
    const char *facility;
};

static struct stock stock_of(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    struct stock ret = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ""};
    for (int h = 0; h < s->halls_count; h++) {
        int i = s->halls[h].instance;
        struct hall_facts facts;
        if (!accounts->plan->cases[CASE_TOGETHER].flow[i].included) {
            continue;
        }
        data_hall_facts(s->instances[i].self, &facts);
        ret.it_kw += facts.it_kw;
        ret.racks_count += facts.racks_count;
        ret.room_m2 += facts.room_m2;
        ret.battery_kwh += facts.battery_kwh;
        ret.generator_kw += facts.generator_kw;
        ret.test_kwh_year += facts.generator_test_kwh_year;
        ret.inlet_c += facts.it_kw * facts.inlet_c;
        ret.coolant_c += facts.it_kw * facts.coolant_c;
        ret.facility = *ret.facility ? ret.facility : facts.facility;
    }
    return ret;
}

/* Degree days of cooling above 21 degC, on daily means of the whole year. */
static double cooling_degree_dayk(const struct hours *hours) {
    const double base_c = 21.0;
    double sum_dayk = 0.0;
    for (int day = 0; day < hours->year->count / 24; day++) {
        double mean_c = 0.0;
        for (int h = 0; h < 24; h++) {
            mean_c += hours->year->outdoor_c[24 * day + h] / 24.0;
        }
        sum_dayk += fmax(0.0, mean_c - base_c);
    }
    return sum_dayk;
}

/* The regulation's classes of size. */
static const char *size_class(double it_kw) {
    static const double to_kw[] = {100.0, 500.0, 1000.0, 2000.0, 10000.0};
    static const char *const names[] = {"below 100 kW", "100 to 500 kW", "500 kW to 1 MW",
                                        "1 to 2 MW",    "2 to 10 MW",    "above 10 MW"};
    int k = 0;
    while (k < COUNT(to_kw) && it_kw >= to_kw[k]) {
        k++;
    }
    return names[k];
}

int account_sheet(const struct accounts *accounts, struct arena *arena,
                  struct sheet_line ret[SHEET_LINES_MAX]) {
    static const char not_here[] = "not in the plan: the operator's own count";
    const struct scenario *s = accounts->scenario;
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    struct stock stock = stock_of(accounts);
    const double none = (double)NAN;
    if (stock.it_kw <= 0.0) {
        return 0;
    }
    const struct sheet_line table[] = {
        {"PD_IT", "Installed IT power demand", "kW", stock.it_kw, NULL,
         sure(arena_format(arena, "size class %s%s", size_class(stock.it_kw),
                           stock.it_kw >= 500.0 ? "; reports are due from 500 kW"
                                                : "; no report is due"))},
        {"type", "Type of data centre", "", none, stock.facility, "facility of the first hall"},
        {"S_DC", "Floor area of the data centre", "m2",
         site_fact_value(s, keys_find("site", "floor_m2")), NULL, "site.floor_m2"},
        {"S_CR", "Floor area of the computer rooms", "m2", stock.room_m2, NULL,
         "room_m2, or 2.6 m2 for each rack"},
        {"E_DC", "Total energy consumption", "kWh", m->data_centre_kwh_year, NULL,
         "before the transfer switch; a utility's heat pump excluded"},
        {"E_DC-BG", "Of it, from backup generators", "kWh", stock.test_kwh_year, NULL,
         "test runs at full power, into a load bank; not in E_DC here"},
        {"E_IT", "Energy consumption of IT equipment", "kWh", m->it_ups_kwh_year, NULL,
         "at the outlets of the UPS (category 1)"},
        {"grid_functions", "Functions offered to the grid", "", none, "none",
         "none are planned for the UPS"},
        {"C_BtG", "Battery capacity offered to the grid", "kW", 0.0, NULL,
         sure(arena_format(arena, "the UPS holds %.0f kWh, generators %.0f kW", stock.battery_kwh,
                           stock.generator_kw))},
        {"W_IN", "Total water input", "m3", m->data_centre_water_m3_year, NULL,
         "make-up with blow-down and drift"},
        {"W_IN-POT", "Of it, potable", "m3", m->data_centre_water_m3_year, NULL,
         "all of it: one supply"},
        {"E_REUSE", "Reused heat", "kWh", m->reused_kwh_year, NULL,
         "at the hand-off, less what is dumped behind it"},
        {"T_WH", "Average temperature of waste heat", "degC", stock.coolant_c / stock.it_kw, NULL,
         "coolant that leaves the computer rooms"},
        {"T_IN", "Average set-point of intake air", "degC", stock.inlet_c / stock.it_kw, NULL,
         "inlet_c"},
        {"refrigerants", "Types of refrigerants", "", none, NULL, not_here},
        {"CDD", "Cooling degree days above 21 degC", "K d",
         cooling_degree_dayk(accounts->plan->hours), NULL, "daily means of the year's weather"},
        {"E_RES-TOT", "Renewable energy", "kWh", m->renewable_kwh_year, NULL,
         "own power used, and the declared share of the grid's"},
        {"E_RES-GOO", "Of it, by guarantees of origin", "kWh",
         m->renewable_kwh_year - m->renewable_own_kwh_year, NULL,
         "the declared share of grid power; split it by contract"},
        {"E_RES-PPA", "Of it, by power purchase agreements", "kWh", none, NULL, not_here},
        {"E_RES-OS", "Of it, made on site", "kWh", m->renewable_own_kwh_year, NULL,
         "what was used behind the meter"},
        {"C_SERV", "ICT capacity for servers", "", none, NULL, not_here},
        {"C_STOR", "ICT capacity for storage", "", none, NULL, not_here},
        {"B_IN, B_OUT", "Incoming and outgoing traffic", "", none, NULL, not_here},
        {"PUE", "E_DC / E_IT", "1", m->pue_ups_ratio, NULL, "annex III"},
        {"WUE", "W_IN / E_IT", "m3/MWh",
         m->it_ups_kwh_year > 0.0 ? m->data_centre_water_m3_year / (m->it_ups_kwh_year / mega_ratio)
                                  : none,
         NULL, "annex III"},
        {"ERF", "E_REUSE / E_DC", "1", m->erf_ratio, NULL, "annex III"},
        {"REF", "E_RES-TOT / E_DC", "1", m->ref_ratio, NULL, "annex III"},
    };
    for (int k = 0; k < COUNT(table); k++) {
        ret[k] = table[k];
    }
    return COUNT(table);
}
