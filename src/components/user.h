/* What users of heat have alike: a heat port of their own circuit whose two temperatures they set, and the price at
   which heat may be missing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_USER_H
#define COMPONENTS_USER_H

#include "components/component.h"

/* The members: struct { double unserved_money_kwh; struct curve supply_c, return_c; ... }. */
#define USER_PARAMS(type, supply, supply_source, return_, return_source)                           \
    PARAM_AT(type, supply_c, supply, 10.0, 150.0, supply_source,                                   \
             "Supply it needs, over the outdoor temperature."),                                    \
        PARAM_AT(type, return_c, return_, 2.0, 140.0, return_source, "Return it leaves."),         \
        PARAM(type, unserved_money_kwh, NOT_GIVEN, 0.0, 1000.0,                                    \
              "user; not given: all heat is given",                                                \
              "What a kWh that is not given costs those who need it.")
#define USER_HEAT_PORT(meaning_)                                                                   \
    {                                                                                              \
        .name = "heat_in", .carrier = CARRIER_HEAT, .direction = FLOWS_IN, .side = SIDE_USER,      \
        .sets_temperature = true, .meaning = (meaning_)                                            \
    }

/* That supply_c stays 1 K or more above return_c, and return_c (in the coldest weather too) least_c or above; what
   least_c is goes into the message. */
void user_check(const struct curve *supply_c, const struct curve *return_c, double least_c,
                const char *least, struct diag *diag, struct place place);
/* Whether an hour of the day lies between opening and closing; closing before opening goes past midnight, equal ones
   never close. */
bool user_open(double hour_h, double open_h, double close_h);
double user_open_hours_h(double open_h, double close_h);

#endif
