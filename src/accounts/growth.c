/* Prices that grow over the years, beside inflation: what they add to each year's payments of the books. The optimum weighs the
   prices of its year; books add up and never decide.

   added in year y = payment of the typical year x ((1 + growth)^y - 1)

   Growth acts in year 1 already, as REopt has it. What is sold grows with what it costs whoever makes it: no party gains by
   growth alone but those who own what does not grow. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/life.h"

static const double apart_year = 1e-6;

static const struct {
    const char *kind, *key;
} grows[] = {
    {"electricity_energy", "power_frac_year"},
    {"electricity_demand", "power_frac_year"},
    {"electricity_minimum", "power_frac_year"},
    {"ppa_credit", "power_frac_year"},
    {"ppa_sold", "power_frac_year"},
    {"power_resold", "power_frac_year"},
    {"power_fed_in", "power_frac_year"},
    {"power_generated", "power_frac_year"},
    {"fuel", "fuel_frac_year"},
    {"fuel_extracted", "fuel_frac_year"},
    {"heat_sold", "heat_frac_year"},
    {"cold_sold", "heat_frac_year"},
    {"source_heat", "heat_frac_year"},
    {"existing_heat_sold", "heat_frac_year"},
    {"existing_cold_sold", "heat_frac_year"},
    {"plant_fixed", "upkeep_frac_year"},
    {"plant_running", "upkeep_frac_year"},
    {"carbon_paid", "carbon_frac_year"},
    {"water", "water_frac_year"},
    {"water_supplied", "water_frac_year"},
};

static double growth_frac_year(const struct scenario *s, const struct life_line *line) {
    if (strcmp(line->kind, "sales_tax") == 0 && line->instance >= 0) { /* on what is taxed */
        bool grid = plan_is_grid(s->instances[line->instance].kind);
        return growth_value(s, grid ? "power_frac_year" : "fuel_frac_year");
    }
    if (strcmp(line->kind, "plant_made") == 0) { /* of upkeep: plant itself is paid once */
        return growth_value(s, "upkeep_frac_year");
    }
    for (int k = 0; k < COUNT(grows); k++) {
        if (strcmp(grows[k].kind, line->kind) == 0) {
            return growth_value(s, grows[k].key);
        }
    }
    return 0.0;
}

/* Is it a payment of the typical year, or of the last part of one? */
static bool is_yearly(const struct scenario *s, const struct life_line *line) {
    bool capital = strcmp(line->kind, "plant_built") == 0 ||
                   strcmp(line->kind, "plant_replaced") == 0 ||
                   strcmp(line->kind, "plant_left") == 0;
    bool once = line->first_year == line->last_year && line->first_year < s->life_year;
    bool made = strcmp(line->kind, "plant_made") == 0 &&
                strcmp(line->formula, "what the plant sold costs") == 0;
    return line->planned && !capital && !made && !(once && line->first_year != 1.0);
}

void life_add_growth(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    int lines = s->growth_given ? accounts->life->lines_count[kind] : 0;
    for (int n = 0; n < lines; n++) {
        struct life_line line = accounts->life->lines[kind][n];
        double growth_frac = growth_frac_year(s, &line), money = line.money;
        double first_year = line.first_year;
        int years = 1 + (int)floor(line.last_year - first_year + apart_year);
        if (growth_frac == 0.0 || !is_yearly(s, &line)) {
            continue;
        }
        line.planned = false;
        line.grown = true;
        line.formula = "growth of its price since the plan";
        line.quantity_kwh = (double)NAN;
        for (int y = 0; y < years; y++) {
            struct life_line added = line;
            added.first_year = added.last_year = first_year + y;
            added.money = money * (pow(1.0 + growth_frac, first_year + y) - 1.0);
            life_add(accounts, kind, added);
        }
    }
}
