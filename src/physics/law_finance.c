/* The laws of money by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/finance.h"
#include "physics/law_table.h"

static const char reopt[] = "REopt.jl, utils.jl and proforma";

static bool annuity(const double *a, double *ret) {
    ret[0] = finance_annuity_frac_year(a[0], a[1]);
    ret[1] = a[2] * ret[0];
    return true;
}

static bool growing(const double *a, double *ret) {
    ret[0] = finance_growing_ratio(a[0], a[1], a[2]);
    return true;
}

static bool real(const double *a, double *ret) {
    ret[0] = finance_real_frac(a[0], a[1]);
    return true;
}

static bool growth(const double *a, double *ret) {
    ret[0] = finance_growth_frac(a[0], a[1], a[2]);
    if (fabs(ret[0]) <= 1e-12) { /* what does not grow never doubles */
        return false;
    }
    ret[1] = finance_doubling_year(ret[0]);
    return true;
}

static bool levelised(const double *a, double *ret) {
    ret[0] = finance_levelised_money_kwh(a[0], a[1], a[2], a[3], a[4], a[5]);
    return true;
}

static bool after_tax(const double *a, double *ret) {
    ret[0] = finance_after_tax_ratio(a[0], a[1], a[2], a[3]);
    return true;
}

#define RATE(name)                                                                                 \
    { name, LAW_REQUIRED, -0.1, 0.5, NULL }
#define YEARS(name)                                                                                \
    { name, LAW_REQUIRED, 1.0, 60.0, NULL }

static const struct law laws[] = {
    {"finance_annuity_frac_year", "Yearly payment that pays an investment with its interest back",
     "VDI 2067 part 1",
     LAW_GIVEN(RATE("discount_frac"), YEARS("life_year"), {"invest_money", 1.0, 0.0, 1e12, NULL}),
     LAW_GIVES("annuity_frac_year", "payment_money_year"), annuity},
    {"finance_growing_ratio", "Present value of a yearly payment that grows", reopt,
     LAW_GIVEN(RATE("growth_frac"), RATE("discount_frac"), YEARS("life_year")),
     LAW_GIVES("present_ratio"), growing},
    {"finance_real_frac", "Real rate behind a nominal one", "Fisher 1930",
     LAW_GIVEN(RATE("nominal_frac"), RATE("inflation_frac")), LAW_GIVES("real_frac"), real},
    {"finance_growth_frac", "Growth a year between two values, and in how many years it doubles",
     "compound interest",
     LAW_GIVEN({"first_ratio", LAW_REQUIRED, 1e-3, 1e6, NULL},
               {"last_ratio", LAW_REQUIRED, 1e-3, 1e6, NULL}, YEARS("span_year")),
     LAW_GIVES("growth_frac", "doubling_year"), growth},
    {"finance_levelised_money_kwh", "Levelised cost of power or heat", "annuity over full hours",
     LAW_GIVEN({"capex_money_kw", LAW_REQUIRED, 0.0, 1e7, NULL},
               {"fom_frac_year", 0.0, 0.0, 1.0, NULL},
               {"running_money_kwh", 0.0, -10.0, 10.0, NULL},
               {"full_hours_h", LAW_REQUIRED, 1.0, 8784.0, NULL}, RATE("discount_frac"),
               YEARS("life_year")),
     LAW_GIVES("cost_money_kwh"), levelised},
    {"finance_after_tax_ratio", "What is left to pay behind tax credit and depreciation", reopt,
     LAW_GIVEN({"credit_frac", 0.0, 0.0, 1.0, NULL}, {"bonus_frac", 0.0, 0.0, 1.0, NULL},
               {"tax_frac", LAW_REQUIRED, 0.0, 1.0, NULL}, RATE("discount_frac")),
     LAW_GIVES("cost_ratio"), after_tax},
};
LAW_TABLE(finance);
