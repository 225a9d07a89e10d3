/* Outages of a plan. Each site is a load by step and what stands against it without the grid:

     data centre   what its halls and their cooling draw; PV and wind, batteries and generating plant on their meters
     heat          what the town takes and the network loses; boilers and producers that burn fuel, tanks
     both          all that draws power on any meter, on all plant that gives it: what is planned runs on, heat pumps and
                   recovery too, as one island

   The generators that are asked for stand at the data centre, and feed the island. A store begins with what the plan has
   in it at that hour. Plant that burns fuel has it as long as the outage lasts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "tell/outage.h"
#include "tell/verify.h"

enum { SITES = 3, DATA_CENTRE = 0, HEAT, ISLAND };
static const char *const keys[SITES] = {"data_centre", "heat", "island"}, *const titles[SITES] = {
                                                                              "data centre",
                                                                              "town's heat",
                                                                              "both, islanded"};

struct site {
    double *load_kw, *sun_kw, *level_kwh, mean_kw, lost_h, lost_money;
    struct outage_plant plant;
    struct outage_curve curve;
};

static bool has_fuel(const struct component *kind) {
    for (int p = 0; p < kind->ports_count; p++) {
        if (kind->ports[p].side == SIDE_FUEL && kind->ports[p].direction == FLOWS_IN) {
            return true;
        }
    }
    return strcmp(kind->name, "heat_producer") == 0;
}

static bool on_hall_meter(const struct scenario *s, int i) {
    for (int h = 0; h < s->halls_count; h++) {
        for (int p = 0; p < s->instances[i].kind->ports_count; p++) {
            if (s->halls[h].meter >= 0 && s->instances[i].port_bus[p] == s->halls[h].meter) {
                return true;
            }
        }
    }
    return false;
}

static void add_series(double *sum_kw, const double *flow_kw, double sign, int count) {
    for (int t = 0; flow_kw && t < count; t++) {
        sum_kw[t] += sign * flow_kw[t];
    }
}

/* A store joins those the site has: energies and powers add up, efficiencies are weighted by energy. */
static void add_store(struct site *site, const struct flow *flow, int count) {
    struct outage_plant *plant = &site->plant;
    const struct coefficients *c = flow->coefficients;
    double power_kw =
        isfinite(flow->capacity2) ? flow->capacity2 : c->discharge_per_h_ratio * flow->capacity;
    double all_kwh = plant->battery_kwh + flow->capacity;
    if (!(flow->capacity > 0.0)) {
        return;
    }
    double share_frac = flow->capacity / all_kwh, kept_frac = 1.0 - share_frac;
    plant->battery_in_eff = kept_frac * plant->battery_in_eff + share_frac * c->charge_eff[0];
    plant->battery_out_eff = kept_frac * plant->battery_out_eff + share_frac * c->discharge_eff[0];
    plant->battery_least_frac =
        kept_frac * plant->battery_least_frac + share_frac * c->level_min_frac;
    plant->battery_kwh = all_kwh;
    plant->battery_kw += isfinite(power_kw) ? power_kw : flow->capacity;
    for (int t = 0; t < count; t++) { /* at the begin of a step */
        site->level_kwh[t] += flow->level_kwh[t == 0 ? count - 1 : t - 1];
    }
    plant->battery_start_kwh = site->level_kwh;
}

static void add_power(const struct plan *plan, int i, int p, struct site *site, bool loads) {
    const struct instance *instance = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    int count = plan->hours->horizon_count;
    bool out = instance->kind->ports[p].direction == FLOWS_OUT;
    if (instance->kind->shape == SHAPE_STORE) {
        add_store(site, flow, count);
    } else if (instance->kind->shape == SHAPE_SOURCE && out) {
        add_series(site->sun_kw, flow->port_kw[p], 1.0, count);
        site->plant.sun_kw = site->sun_kw;
    } else if (out && isfinite(flow->capacity)) {
        site->plant.firm_kw += flow->capacity; /* a CHP, a reactor: their size is their power */
    } else if (!out && loads) {
        add_series(site->load_kw, flow->port_kw[p], 1.0, count);
    }
}

static void add_heat(const struct plan *plan, int i, struct site *site) {
    const struct instance *instance = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
    int count = plan->hours->horizon_count, in = component_port(instance->kind, "heat_in");
    switch (instance->kind->shape) {
    case SHAPE_LOAD:
        if (in >= 0 && instance->hall < 0) {
            add_series(site->load_kw, flow->port_kw[in], 1.0, count);
        }
        break;
    case SHAPE_LINE: /* what is lost on the way */
        add_series(site->load_kw, flow->port_kw[0], 1.0, count);
        add_series(site->load_kw, flow->port_kw[1], -1.0, count);
        break;
    case SHAPE_STORE:
        if (instance->kind->ports[0].carrier == CARRIER_HEAT && instance->hall < 0) {
            add_store(site, flow, count);
        }
        break;
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        if (component_port(instance->kind, "heat_out") >= 0 && has_fuel(instance->kind) &&
            isfinite(flow->capacity)) {
            site->plant.firm_kw += flow->capacity;
        }
        break;
    case SHAPE_SHIFTABLE:
    case SHAPES:
        break;
    }
}

static void fill_sites(const struct plan *plan, struct site site[SITES]) {
    const struct scenario *s = plan->scenario;
    for (int i = 0; i < s->instances_count; i++) {
        const struct component *kind = s->instances[i].kind;
        if (!plan->cases[CASE_TOGETHER].flow[i].included || plan_is_grid(kind) || kind->contract) {
            continue;
        }
        for (int p = 0; p < kind->ports_count; p++) {
            if (kind->ports[p].carrier != CARRIER_ELECTRICITY || s->instances[i].port_bus[p] < 0) {
                continue;
            }
            if (on_hall_meter(s, i)) {
                add_power(plan, i, p, &site[DATA_CENTRE], plan_in_data_centre(s, i));
            }
            add_power(plan, i, p, &site[ISLAND], true);
        }
        add_heat(plan, i, &site[HEAT]);
    }
}

static enum status begin_site(struct arena *arena, int count, int most, struct site *site) {
    site->load_kw = ARENA_TAKE(arena, double, count);
    site->sun_kw = ARENA_TAKE(arena, double, count);
    site->level_kwh = ARENA_TAKE(arena, double, count);
    site->curve.survive_frac = ARENA_TAKE(arena, double, most);
    site->curve.perfect_frac = ARENA_TAKE(arena, double, most);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* What the question says of generators and of how sure each thing is; what stands, the plan says. */
static void begin_plants(const struct tell_outage_ask *ask, struct site site[SITES]) {
    for (int k = 0; k < SITES; k++) {
        site[k].plant = ask->plant;
        site[k].plant.battery_kw = site[k].plant.battery_kwh = 0.0;
        site[k].plant.sun_kw = NULL;
    }
    site[HEAT].plant.generators_count = 0;
    site[HEAT].plant.firm_kw = 0.0;
    site[HEAT].plant.battery_availability_frac = 1.0; /* water in a tank */
}

/* ---- told ---- */

struct line {
    const char *key, *words;
    double value[SITES];
    int decimals;
};

static void add_lines(struct text_buffer *out, enum tell_format format, const struct line *line,
                      int count) {
    char number[64];
    for (int k = 0; k < count && format == TELL_TEXT; k++) {
        text_add_format(out, "%-36s", line[k].words);
        for (int n = 0; n < SITES; n++) {
            (void)text_from_number_fixed(number, sizeof number, line[k].value[n], line[k].decimals);
            text_add_format(out, " %14s", isnan(line[k].value[n]) ? "-" : number);
        }
        text_add(out, "\n");
    }
}

static void add_curves(struct text_buffer *out, const struct site site[SITES], double step_h,
                       int most) {
    static const int shown_h[] = {1, 2, 4, 8, 12, 24, 48, 72, 96, 168, 336, 720};
    char number[64];
    text_add(out, "\nshare of outages survived so many hours, failures counted\n");
    for (int k = 0; k < COUNT(shown_h); k++) {
        int n = (int)(shown_h[k] / step_h);
        if (n < 1 || n > most) {
            continue;
        }
        text_add_format(out, "%-36d", shown_h[k]);
        for (int i = 0; i < SITES; i++) {
            (void)text_from_number_fixed(number, sizeof number, site[i].curve.survive_frac[n - 1],
                                         4);
            text_add_format(out, " %14s", number);
        }
        text_add(out, "\n");
    }
}

static void add_csv(struct text_buffer *out, const struct site site[SITES], double step_h,
                    int most) {
    text_add(out, "duration_h");
    for (int i = 0; i < SITES; i++) {
        text_add_format(out, ",%s_survive_frac,%s_perfect_frac", keys[i], keys[i]);
    }
    for (int n = 1; n <= most; n++) {
        text_add(out, "\n");
        text_add_number(out, n * step_h);
        for (int i = 0; i < SITES; i++) {
            text_add(out, ",");
            text_add_number(out, site[i].curve.survive_frac[n - 1]);
            text_add(out, ",");
            text_add_number(out, site[i].curve.perfect_frac[n - 1]);
        }
    }
    text_add(out, "\n");
}

static void add_json(struct text_buffer *out, const struct line *line, int count,
                     const struct site site[SITES], double step_h, int most) {
    text_add(out, "{\n  \"hearth_outage\": 1");
    for (int i = 0; i < SITES; i++) {
        text_add_format(out, ",\n  \"%s\": {", keys[i]);
        for (int k = 0; k < count; k++) {
            text_add_format(out, k ? ",\n    \"%s\": " : "\n    \"%s\": ", line[k].key);
            if (isnan(line[k].value[i])) {
                text_add(out, "null");
            } else {
                text_add_number(out, line[k].value[i]);
            }
        }
        text_add(out, ",\n    \"curve\": [");
        for (int n = 1; n <= most; n++) {
            text_add(out, n > 1 ? ", [" : "[");
            text_add_number(out, n * step_h);
            text_add(out, ", ");
            text_add_number(out, site[i].curve.survive_frac[n - 1]);
            text_add(out, ", ");
            text_add_number(out, site[i].curve.perfect_frac[n - 1]);
            text_add(out, "]");
        }
        text_add(out, "]\n  }");
    }
    text_add(out, "\n}\n");
}

static void tell_sites(struct text_buffer *out, const struct tell_outage_ask *ask,
                       const struct plan *plan, const struct site site[SITES], int most) {
    struct line line[] = {
        {"mean_kw", "load, mean kW", {0}, 1},
        {"firm_kw", "runs without the grid, kW", {0}, 1},
        {"battery_kwh", "stores, kWh", {0}, 1},
        {"mean_h", "hours survived, mean of all starts", {0}, 2},
        {"least_h", "  the worst start, nothing failing", {0}, 2},
        {"lost_h_year", "expected hours a year without (LOLE)", {0}, 4},
        {"lost_kwh_year", "expected kWh a year not served", {0}, 1},
        {"lost_money_year", "apart from costs: its worth a year", {0}, 2},
    };
    double step_h = plan->hours->step_h;
    for (int k = 0; k < SITES; k++) {
        const double values[] = {site[k].mean_kw,
                                 site[k].plant.firm_kw,
                                 site[k].plant.battery_kwh,
                                 site[k].curve.mean_h,
                                 site[k].curve.least_h,
                                 site[k].lost_h,
                                 site[k].lost_h * site[k].mean_kw,
                                 site[k].lost_money};
        for (int n = 0; n < COUNT(line); n++) {
            line[n].value[k] = values[n];
        }
    }
    if (ask->format == TELL_CSV) {
        add_csv(out, site, step_h, most);
    } else if (ask->format == TELL_JSON) {
        add_json(out, line, COUNT(line), site, step_h, most);
    } else {
        text_add_format(out, "%d days planned together; an outage may begin in each hour\n%-36s",
                        plan->scenario->calendar.days, "");
        for (int k = 0; k < SITES; k++) {
            text_add_format(out, " %14s", titles[k]);
        }
        text_add(out, "\n");
        add_lines(out, ask->format, line, COUNT(line));
        add_curves(out, site, step_h, most);
    }
}

enum status tell_outage_plan(struct arena *arena, struct diag *diag,
                             const struct tell_outage_ask *ask, const char **ret_text) {
    struct site site[SITES];
    struct accounts *accounts = NULL;
    struct text_buffer out;
    memset(site, 0, sizeof site);
    TRY(tell_restore(arena, diag, ask->load_file, &accounts));
    const struct plan *plan = accounts->plan;
    double step_h = plan->hours->step_h;
    int count = plan->hours->horizon_count, most = (int)(ask->most_h / step_h);
    int *running = ARENA_TAKE(arena, int, most);
    begin_plants(ask, site);
    for (int k = 0; k < SITES; k++) {
        TRY(begin_site(arena, count, most, &site[k]));
    }
    fill_sites(plan, site);
    for (int k = 0; k < SITES; k++) {
        struct outage_ask outage = {site[k].load_kw, count, step_h, most};
        double worth = k == HEAT ? ask->lost_heat_money_kwh : ask->lost_load_money_kwh;
        outage_curve(&site[k].plant, &outage, running, &site[k].curve);
        site[k].mean_kw = series_sum(site[k].load_kw, count) / count;
        site[k].lost_h = outage_expected_h(site[k].curve.survive_frac, most, step_h,
                                           ask->outages_year_count, ask->mean_outage_h);
        site[k].lost_money = worth > 0.0 ? site[k].lost_h * site[k].mean_kw * worth : (double)NAN;
    }
    text_buffer_init(&out, arena);
    tell_sites(&out, ask, plan, site, most);
    *ret_text = out.data;
    return out.failed ? STATUS_NO_MEMORY : STATUS_OK;
}
