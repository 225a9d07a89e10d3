/* Money over years: annuities, present value, rate of return, payback, levelised cost, tax. All rates are per year, and
   real with real money or nominal with nominal. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_FINANCE_H
#define PHYSICS_FINANCE_H

#include <stdbool.h>

/* Yearly payment over investment: r(1+r)^n / ((1+r)^n - 1); 1/n at r = 0. */
double finance_annuity_frac_year(double discount_frac, double life_year);
/* Present value of 1 in each of n years: the inverse of the annuity; 0 for no years. */
double finance_present_ratio(double discount_frac, double life_year);
/* The same of a payment that grows: sum over k = 1..n of ((1+e)/(1+d))^k; growth applies in the first year already. */
double finance_growing_ratio(double growth_frac, double discount_frac, double life_year);
double finance_real_frac(double nominal_frac, double inflation_frac);
/* Rate of growth between two values so many years apart; years in which it doubles. */
double finance_growth_frac(double first_ratio, double last_ratio, double span_year);
double finance_doubling_year(double growth_frac);

/* Payments by the time at which they fall, times ascending. */
double finance_npv_money(const double *time_year, const double *money, int count,
                         double discount_frac);
enum finance_irr { FINANCE_IRR_ONE, FINANCE_IRR_NONE, FINANCE_IRR_MULTIPLE };
/* The rate at which the present value is zero, where the payments change their sign exactly once; between -0.99 and
   10. Payments of less than nothing_money count as none. */
enum finance_irr finance_irr_frac(const double *time_year, const double *money, int count,
                                  double nothing_money, double *ret_frac);
/* When the sum of payments, discounted at discount_frac (0: simple), becomes positive for good, by interpolation within
   the year. NaN: never; 0: it always is. */
double finance_payback_year(const double *time_year, const double *money, int count,
                            double discount_frac);

/* Cost of a kWh: (annuity and upkeep over full hours) and what each kWh costs. */
double finance_levelised_money_kwh(double capex_money_kw, double fom_frac_year,
                                   double running_money_kwh, double full_hours_h,
                                   double discount_frac, double life_year);
/* What is left to pay of an investment of 1 behind a tax credit and what depreciation (MACRS, five years, half-year
   convention; bonus_frac of the basis in the first year) saves in taxes, at present value. */
double finance_after_tax_ratio(double credit_frac, double bonus_frac, double tax_frac,
                               double discount_frac);

#endif
