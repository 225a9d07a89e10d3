/* Cogeneration: see the header. Efficiencies between two catalogue sizes by the logarithm of the size. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cogeneration.h"

#include "components/plant.h"
#include "physics/cogeneration.h"

/* Higher over lower heating value of natural gas: kg CO2 per kWh of each, DESNZ 2024. */
static const double gas_hhv_ratio = 0.20268 / 0.18293;

const struct port cogeneration_ports[COGENERATION_PORTS] = {
    [COGENERATION_FUEL] = {.name = "fuel_in",
                           .carrier = CARRIER_FUEL,
                           .direction = FLOWS_IN,
                           .side = SIDE_FUEL,
                           .meaning = "fuel burnt"},
    [COGENERATION_POWER] = {.name = "power_out",
                            .carrier = CARRIER_ELECTRICITY,
                            .direction = FLOWS_OUT,
                            .side = SIDE_METER,
                            .meaning = "power generated"},
    [COGENERATION_HEAT] = {.name = "heat_out",
                           .carrier = CARRIER_HEAT,
                           .direction = FLOWS_OUT,
                           .side = SIDE_PLANT,
                           .optional = true,
                           .lifts_preheated = true,
                           .meaning = "heat delivered"},
};

static struct cogeneration_size size_at(const struct cogeneration_size *sizes, int count,
                                        double size_kw) {
    int k = 0;
    while (k < count - 1 && sizes[k + 1].size_kw <= size_kw) {
        k++;
    }
    if (size_kw <= sizes[0].size_kw || k == count - 1) {
        return sizes[k];
    }
    double share = log(size_kw / sizes[k].size_kw) / log(sizes[k + 1].size_kw / sizes[k].size_kw);
    struct cogeneration_size between = {
        size_kw,
        sizes[k].electric_hhv_eff +
            share * (sizes[k + 1].electric_hhv_eff - sizes[k].electric_hhv_eff),
        sizes[k].heat_hhv_eff + share * (sizes[k + 1].heat_hhv_eff - sizes[k].heat_hhv_eff)};
    return between;
}

void cogeneration_coefficients(const struct cogeneration *machine,
                               const struct cogeneration_size *sizes, int sizes_count, bool inlet,
                               const struct hours *hours, struct coefficients *ret) {
    struct cogeneration_size catalogue = size_at(sizes, sizes_count, hours->size);
    double electric_eff = isnan(machine->electric_eff) ? gas_hhv_ratio * catalogue.electric_hhv_eff
                                                       : machine->electric_eff;
    double heat_eff =
        isnan(machine->heat_eff) ? gas_hhv_ratio * catalogue.heat_hhv_eff : machine->heat_eff;
    double loaded_eff =
        cogeneration_part_eff(machine->load_frac, electric_eff, machine->half_ratio * electric_eff);
    const double *supply_c = hours->port[COGENERATION_HEAT].supply_c;
    for (int m = 0; m < 2; m++) {
        plant_cost(ret, m, machine->vom_money_kwh);
        for (int t = 0; t < hours->count; t++) {
            ret->mode[m].port[COGENERATION_POWER][t] = 1.0;
            ret->mode[m].port[COGENERATION_FUEL][t] = 1.0 / loaded_eff;
            ret->mode[m].port[COGENERATION_HEAT][t] = m == 0 ? heat_eff / loaded_eff : 0.0;
            ret->mode[m].may_run[t] =
                m == 0 ? !supply_c || supply_c[t] <= machine->heat_max_c : machine->radiator;
        }
    }
    plant_lifts(COGENERATION_HEAT, ret);
    for (int t = 0; t < hours->count; t++) {
        double power_frac =
            inlet ? cogeneration_turbine_frac(hours->outdoor_c[t], hours->pressure_kpa[t],
                                              machine->power_frac_k)
                  : 1.0;
        ret->availability_frac[t] = machine->available_frac * fmin(1.0, fmax(0.0, power_frac));
    }
}

void cogeneration_check(const void *self, struct diag *diag, struct place place) {
    const double most_eff = 1.08; /* of the lower heating value, with condensing */
    const struct cogeneration *machine = self;
    double sum_eff = (isnan(machine->electric_eff) ? 0.45 : machine->electric_eff) +
                     (isnan(machine->heat_eff) ? 0.58 : machine->heat_eff);
    if (sum_eff > most_eff) {
        diag_error(diag, place, "electric_eff and heat_eff together are more than the fuel has");
        diag_remedy(diag, "lower one of them: together at most 1.08 of the lower heating value");
    }
}
