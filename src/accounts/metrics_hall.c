/* What happens inside the halls of one case: IT energy at three meters, what warmth adds to it, what reaches the chips,
   the work that is done, the heat that leaves.

   Category of PUE by the meter of IT energy, ISO/IEC 30134-2: 1 outlet of the UPS, 2 outlet of the PDU, 3 plug of the
   IT (recalled but for 1). pPUE of a part = (E_part + E_IT)/E_IT. CER = heat that leaves the halls / power of cooling.
   TUE = E_DC / energy that reaches the chips, behind the servers' power supplies and fans. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "base/units.h"
#include "components/data_hall.h"

struct hall_sums {
    struct sum it, warm, work, pdu, ups, busy, input;
};

static void add_step(struct hall_sums *sums, const struct hall_power *power, double weight_ratio) {
    sum_add(&sums->it, weight_ratio * power->it_kw_kw);
    sum_add(&sums->warm, weight_ratio * power->warm_kw_kw);
    sum_add(&sums->work, weight_ratio * power->work_kw_kw);
    sum_add(&sums->pdu, weight_ratio * power->pdu_kw_kw);
    sum_add(&sums->ups, weight_ratio * power->ups_kw_kw);
    sum_add(&sums->busy, weight_ratio * power->busy_frac);
    sum_add(&sums->input, weight_ratio * power->input_kw_kw);
}

void account_hall(struct accounts *accounts, enum plan_case kind, const struct hall *hall) {
    const struct plan *plan = accounts->plan;
    const struct instance *instance = &plan->scenario->instances[hall->instance];
    const struct flow *flow = &plan->cases[kind].flow[hall->instance];
    struct metrics *m = &accounts->metrics[kind];
    struct hall_sums sums = {{0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}, {0, 0}};
    struct hall_facts facts;
    if (!flow->included) {
        return;
    }
    data_hall_facts(instance->self, &facts);
    data_hall_power(instance->self, plan->hours, accounts->chain);
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        add_step(&sums, &accounts->chain[t], plan_weight_ratio(plan, t));
    }
    double to_kwh_year =
        units_energy_kwh(flow->capacity, plan->hours->step_h, 1.0) / plan->scenario->year_frac;
    double servers_kwh_year = sum_value(&sums.busy) * facts.it_kw / flow->capacity * to_kwh_year;
    m->it_kwh_year += sum_value(&sums.it) * to_kwh_year;
    m->it_warm_kwh_year += sum_value(&sums.warm) * to_kwh_year;
    m->it_chip_kwh_year += sum_value(&sums.work) * to_kwh_year;
    m->it_pdu_kwh_year += sum_value(&sums.pdu) * to_kwh_year;
    m->it_ups_kwh_year += sum_value(&sums.ups) * to_kwh_year;
    m->power_chain_kwh_year += (sum_value(&sums.input) - sum_value(&sums.it)) * to_kwh_year;
    m->service_kwh_year += servers_kwh_year * facts.work_ratio;
    m->heat_removed_kwh_year +=
        account_named_port_year(plan, kind, hall->instance, "heat_out") +
        account_named_port_year(plan, kind, hall->instance, "room_heat_out");
    /* all servers busy all the time, so far: account_hall_ratios makes the share of it */
    m->utilisation_frac +=
        facts.it_kw * plan->hours->step_h * plan_calendar(plan).steps / plan->scenario->year_frac;
    m->servers_kwh_year += servers_kwh_year;
}

static double over_ratio(double value, double under_value) {
    return under_value > 0.0 ? value / under_value : (double)NAN;
}

void account_hall_ratios(struct metrics *m) {
    double all_kwh = m->data_centre_kwh_year, it_kwh = m->it_kwh_year;
    m->pue_ups_ratio = over_ratio(all_kwh, m->it_ups_kwh_year);
    m->pue_pdu_ratio = over_ratio(all_kwh, m->it_pdu_kwh_year);
    m->pue_cool_ratio = over_ratio(all_kwh, it_kwh - m->it_warm_kwh_year);
    m->tue_ratio = over_ratio(all_kwh, m->it_chip_kwh_year);
    m->ppue_cooling_ratio = over_ratio(m->cooling_kwh_year + it_kwh, it_kwh);
    m->ppue_power_ratio = over_ratio(m->power_chain_kwh_year + it_kwh, it_kwh);
    m->cooling_frac = over_ratio(m->cooling_kwh_year, all_kwh);
    m->cer_ratio = over_ratio(m->heat_removed_kwh_year, m->cooling_kwh_year);
    m->utilisation_frac = over_ratio(m->servers_kwh_year, m->utilisation_frac);
}
