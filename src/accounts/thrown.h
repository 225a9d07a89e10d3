/* What heat was thrown away while other plant made heat for the town, or while somebody was cold, and why. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_THROWN_H
#define ACCOUNTS_THROWN_H

#include "accounts/accounts.h"

enum thrown_why {
    THROWN_NO_PLANT,    /* nothing was built that could bring it */
    THROWN_NOT_JOINED,  /* who needed heat is not on the network */
    THROWN_TEMPERATURE, /* no plant on recovered heat may run between these temperatures */
    THROWN_HAND_OFF_FULL,
    THROWN_PLANT_FULL,
    THROWN_PIPE_FULL, /* the network, or the house's own station */
    THROWN_DEARER,    /* all could have given more, at a higher cost than what ran */
    THROWN_WHYS
};
/* Of a year. In each step the heat of its coolant that the data centre sends to the sky is held against what other plant makes out of fuel or
   power and what users go without; the smaller of the two is the heat thrown away. */
struct thrown {
    double hours_year, kwh_year, why_kwh_year[THROWN_WHYS];
    double missed_hours_year, missed_kwh_year; /* heat that users went without */
    double missed_while_hours_year;            /* hours of it in which heat went to the sky */
};

struct thrown account_thrown(const struct accounts *accounts);
const char *thrown_why_name(enum thrown_why why);  /* "plant_full" */
const char *thrown_why_words(enum thrown_why why); /* "the heat plant was full" */

#endif
