/* Contracts of power in the books: agreements with generators elsewhere, certificates of origin, a connection that may be
   curtailed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_AGREEMENT_H
#define ACCOUNTS_AGREEMENT_H

#include "accounts/accounts.h"

/* Power bought by contract in a year. As produced: what is made, used, and what each earns; for difference: all of it is
   sold. */
struct agreement {
    bool for_difference;
    double made_kwh_year, used_kwh_year, made_money_year, credit_money_year, sold_money_year;
};
struct agreement account_agreement(const struct accounts *accounts, enum plan_case kind,
                                   int instance);
/* What the import of a grid pays for certificates of origin, over the horizon. */
double account_certified_money(const struct accounts *accounts, enum plan_case kind, int grid);
/* What contracts that keep their certificates make for a grid's meter. */
double account_kept_kwh_year(const struct accounts *accounts, enum plan_case kind, int grid);
/* Share of a grid's import of the year that has certificates, bought, held or of contracts: of it nothing is emitted by
   market. */
double account_certified_frac(const struct accounts *accounts, enum plan_case kind, int grid);
/* What contracts that keep their certificates make for a meter in a step, at most its import. */
double account_contracted_kw(const struct accounts *accounts, enum plan_case kind, int grid, int t);
/* What one kW more that may not be called would be worth to the plan in a year: by the price of power at the meter in the
   steps that are called. */
double account_firm_money_kw_year(const struct accounts *accounts, enum plan_case kind, int grid);

#endif
