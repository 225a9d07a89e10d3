/* Shared by several kinds of user. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/user.h"

void user_check(const struct curve *supply_c, const struct curve *return_c, double least_c,
                const char *least, struct diag *diag, struct place place) {
    for (int outdoor_c = -40; outdoor_c <= 45; outdoor_c++) {
        double supply = curve_at(supply_c, outdoor_c), back = curve_at(return_c, outdoor_c);
        if (supply - back < 1.0) {
            diag_error(diag, place,
                       "supply_c stands less than 1 K above return_c at %d degC outdoors",
                       outdoor_c);
            diag_remedy(diag, "raise supply_c or lower return_c");
            return;
        }
        if (back < least_c) {
            diag_error(diag, place, "return_c is below %s at %d degC outdoors: no heat would pass",
                       least, outdoor_c);
            diag_remedy(diag, "raise return_c, and supply_c with it");
            return;
        }
    }
}

bool user_open(double hour_h, double open_h, double close_h) {
    if (close_h > open_h) {
        return hour_h >= open_h && hour_h < close_h;
    }
    return close_h == open_h || hour_h >= open_h || hour_h < close_h;
}

double user_open_hours_h(double open_h, double close_h) {
    double hours_h = close_h - open_h;
    return hours_h > 0.0 ? hours_h : hours_h + 24.0;
}
