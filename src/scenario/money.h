/* Money of other years and currencies: a dated table of annual exchange rates and price levels,
   each with its source. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_MONEY_H
#define SCENARIO_MONEY_H

#include <stdbool.h>

/* Factor from one unit of (currency, year) to (currency, year): price level of the source currency
   between the years, then the exchange rate of the target year. False when the table lacks one of
   them. */
bool money_factor(const char *from_currency, int from_year, const char *to_currency, int to_year,
                  double *ret_ratio);
bool money_currency_known(const char *currency);
const char *money_currencies(void); /* "DKK EUR GBP USD ..." */
const char *money_source(void);

#endif
