/* Money over years.

   annuity       a = r(1+r)^n / ((1+r)^n - 1); present value of 1 a year: 1/a
   growing       sum of x^k, k = 1..n, x = (1+e)/(1+d): x(1-x^n)/(1-x)
   real          1 + real = (1 + nominal)/(1 + inflation)
   growth        g = (B/A)^(1/n) - 1; doubling ln 2/ln(1+g)
   after tax     1 - c/(1+d) - tax * basis * (bonus/(1+d) + (1-bonus) * sum_k m_k/(1+d)^k), basis = 1 - c/2

   Sources: VDI 2067 part 1 (annuity); REopt.jl, utils.jl and proforma (growing annuity, credit, bonus, payback of the
   cumulative cash flow); IRS Publication 946, table A-1 (MACRS, five years). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/finance.h"

#include <math.h>

static const double zero_frac = 1e-12; /* below it a rate is none */

double finance_annuity_frac_year(double discount_frac, double life_year) {
    if (fabs(discount_frac) < zero_frac) {
        return 1.0 / life_year;
    }
    double growth_ratio = pow(1.0 + discount_frac, life_year);
    return discount_frac * growth_ratio / (growth_ratio - 1.0);
}

double finance_present_ratio(double discount_frac, double life_year) {
    return life_year > 0.0 ? 1.0 / finance_annuity_frac_year(discount_frac, life_year) : 0.0;
}

double finance_growing_ratio(double growth_frac, double discount_frac, double life_year) {
    double step_ratio = (1.0 + growth_frac) / (1.0 + discount_frac);
    if (fabs(step_ratio - 1.0) < zero_frac) {
        return life_year;
    }
    return step_ratio * (1.0 - pow(step_ratio, life_year)) / (1.0 - step_ratio);
}

double finance_real_frac(double nominal_frac, double inflation_frac) {
    return (1.0 + nominal_frac) / (1.0 + inflation_frac) - 1.0;
}

double finance_growth_frac(double first_ratio, double last_ratio, double span_year) {
    return pow(last_ratio / first_ratio, 1.0 / span_year) - 1.0;
}

double finance_doubling_year(double growth_frac) { return log(2.0) / log1p(growth_frac); }

double finance_npv_money(const double *time_year, const double *money, int count,
                         double discount_frac) {
    double total_money = 0.0, carry_money = 0.0;
    for (int k = 0; k < count; k++) { /* compensated, as sums of books are */
        double now_money = money[k] * pow(1.0 + discount_frac, -time_year[k]);
        double next_money = total_money + now_money;
        carry_money += fabs(total_money) >= fabs(now_money)
                           ? (total_money - next_money) + now_money
                           : (now_money - next_money) + total_money;
        total_money = next_money;
    }
    return total_money + carry_money;
}

enum finance_irr finance_irr_frac(const double *time_year, const double *money, int count,
                                  double nothing_money, double *ret_frac) {
    int changes = 0, sign = 0;
    for (int k = 0; k < count; k++) {
        int now = money[k] > nothing_money ? 1 : money[k] < -nothing_money ? -1 : 0;
        changes += now != 0 && sign != 0 && now != sign ? 1 : 0;
        sign = now != 0 ? now : sign;
    }
    if (changes != 1) {
        return changes == 0 ? FINANCE_IRR_NONE : FINANCE_IRR_MULTIPLE;
    }
    double low_frac = -0.99, high_frac = 10.0;
    double low_money = finance_npv_money(time_year, money, count, low_frac);
    if (low_money * finance_npv_money(time_year, money, count, high_frac) > 0.0) {
        return FINANCE_IRR_NONE; /* beyond any rate that somebody would believe */
    }
    for (int k = 0; k < 200 && high_frac - low_frac > 1e-14; k++) {
        double middle_frac = 0.5 * (low_frac + high_frac);
        double middle_money = finance_npv_money(time_year, money, count, middle_frac);
        bool same = middle_money * low_money > 0.0;
        *(same ? &low_frac : &high_frac) = middle_frac;
    }
    *ret_frac = 0.5 * (low_frac + high_frac);
    return FINANCE_IRR_ONE;
}

double finance_payback_year(const double *time_year, const double *money, int count,
                            double discount_frac) {
    double sum_money = 0.0, before_money = 0.0, when_year = 0.0;
    bool above = true;
    for (int k = 0; k < count; k++) {
        before_money = sum_money;
        sum_money += money[k] * pow(1.0 + discount_frac, -time_year[k]);
        if (sum_money < 0.0) {
            above = false;
        } else if (!above) {
            double from_year = k > 0 ? time_year[k - 1] : 0.0;
            when_year =
                from_year + (time_year[k] - from_year) * -before_money / (sum_money - before_money);
            above = true;
        }
    }
    return above && sum_money > 0.0 ? when_year : (double)NAN;
}

double finance_levelised_money_kwh(double capex_money_kw, double fom_frac_year,
                                   double running_money_kwh, double full_hours_h,
                                   double discount_frac, double life_year) {
    double yearly_frac = finance_annuity_frac_year(discount_frac, life_year) + fom_frac_year;
    return capex_money_kw * yearly_frac / full_hours_h + running_money_kwh;
}

double finance_after_tax_ratio(double credit_frac, double bonus_frac, double tax_frac,
                               double discount_frac) {
    static const double macrs_frac[] = {0.20, 0.32, 0.192, 0.1152, 0.1152, 0.0576};
    double step_ratio = 1.0 / (1.0 + discount_frac), at_ratio = 1.0, shares = 0.0;
    for (int k = 0; k < (int)(sizeof macrs_frac / sizeof *macrs_frac); k++) {
        at_ratio *= step_ratio;
        shares += macrs_frac[k] * at_ratio;
    }
    double basis_frac = 1.0 - 0.5 * credit_frac;
    double written_frac = bonus_frac * step_ratio + (1.0 - bonus_frac) * shares;
    return 1.0 - credit_frac * step_ratio - tax_frac * basis_frac * written_frac;
}
