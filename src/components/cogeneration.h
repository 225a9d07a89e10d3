/* What machines share that burn fuel for power and give heat beside it: gas engine, gas turbine, fuel cell.

   fuel = power / eta_e(load),  heat = power eta_h / eta_e;  mode power: the heat goes to the air */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_COGENERATION_H
#define COMPONENTS_COGENERATION_H

#include "components/component.h"

struct cogeneration {
    double capacity_kw, electric_eff, half_ratio, heat_eff, load_frac, available_frac, heat_max_c,
        power_frac_k, capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
    bool radiator;
};
enum { COGENERATION_FUEL, COGENERATION_POWER, COGENERATION_HEAT, COGENERATION_PORTS };

/* Efficiencies over the size of one machine, as REOPT has them: of the higher heating value. */
struct cogeneration_size {
    double size_kw, electric_hhv_eff, heat_hhv_eff;
};

extern const struct port cogeneration_ports[COGENERATION_PORTS];

/* Modes: 0 heat_and_power, 1 power (with a radiator, or where no heat is wired). inlet: power follows the air that
   enters. */
void cogeneration_coefficients(const struct cogeneration *machine,
                               const struct cogeneration_size *sizes, int sizes_count, bool inlet,
                               const struct hours *hours, struct coefficients *ret);
void cogeneration_check(const void *self, struct diag *diag, struct place place);

#endif
