/* Part load: F(P) = F_0 + s P through full and half load (REOPT's CHP model). Gas turbine: power falls with the mass of
   air, which follows pressure, and by power_frac_k per kelvin above 15 degC. Extraction: dP/dQ = eta (1 - T_c/T_h), the
   exergy of the heat. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/cogeneration.h"

#include <math.h>

#include "physics/carnot.h"

double cogeneration_part_eff(double load_frac, double full_eff, double half_eff) {
    double slope = (1.0 / full_eff - 0.5 / half_eff) / 0.5;
    double fuel = 1.0 / full_eff - slope * (1.0 - load_frac);
    return load_frac / fuel;
}

double cogeneration_bank_eff(double load_frac, int units_count, double full_eff, double half_eff) {
    double units = load_frac * units_count;
    double full = fmin(floor(units), units_count), last = units - full;
    double fuel = full / full_eff;
    if (last > 1e-9) {
        fuel += last / cogeneration_part_eff(last, full_eff, half_eff);
    }
    return units / fuel;
}

double cogeneration_turbine_frac(double inlet_c, double pressure_kpa, double power_frac_k) {
    return pressure_kpa / 101.325 * (1.0 - power_frac_k * (inlet_c - 15.0));
}

double cogeneration_extraction_kw_kw(double heat_c, double condenser_c, double turbine_eff) {
    return turbine_eff * fmax(0.0, carnot_engine_eff(heat_c, condenser_c));
}
