/* Halls whose heat leaves in a liquid. Facility water is colder than the racks' coolant by exchanger_dk on both sides;
   pumps' and fans' work is heat of the loop. Classes: ASHRAE TC 9.9, Water-cooled servers, 2021, p. 8 [quoted]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_liquid.h"

void cooling_liquid_hour(const struct cooling *cooling, const struct cooling_liquid *liquid,
                         const struct cooling_loop *loop, const struct hours *hours, int t,
                         double leaves_max_c, struct cooling_hour *ret) {
    static const double class_c[] = {HUGE_VAL, 17.0, 27.0, 32.0, 40.0, 45.0, HUGE_VAL};
    double warm_c = cooling_warm_c(cooling, hours, t), cold_c = cooling_cold_c(cooling, hours, t);
    double allowed_c =
        fmin(leaves_max_c - (warm_c - cold_c), class_c[liquid->water_class] + liquid->exchanger_dk);
    if (cold_c > allowed_c + 1e-9) {
        ret->stop = COOLING_CLASS;
        ret->supplied_c = allowed_c;
        return;
    }
    double heat_kw_kw = 1.0 + liquid->rack_pump_kw_kw + liquid->hall_fan_kw_kw;
    ret->fan_kw_kw += liquid->hall_fan_kw_kw;
    ret->pump_kw_kw += liquid->rack_pump_kw_kw;
    cooling_loop_reject(loop, hours, t, heat_kw_kw, cold_c - liquid->exchanger_dk,
                        warm_c - liquid->exchanger_dk, ret);
    ret->supplied_c += liquid->exchanger_dk;
    ret->return_c = warm_c; /* an exchanger of the heat network may stand in the racks' loop */
}
