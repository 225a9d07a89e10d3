/* The two zones of physics/storage.h at a port's temperatures. A chilled store is the mirror image: what it keeps lies as
   far below its surroundings as a hot one's above. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/water_store.h"

#include "physics/storage.h"

void store_levels(double start_frac, double end_frac, struct coefficients *ret) {
    ret->start_frac = start_frac;
    ret->end_frac = end_frac;
}

void store_check_levels(double start_frac, double end_frac, double level_min_frac,
                        struct diag *diag, struct place place) {
    if (start_frac < level_min_frac) {
        diag_error(diag, place, "start_frac is below level_min_frac");
        diag_remedy(diag, "let it start fuller, or leave start_frac out: it is cyclic then");
    }
    if (end_frac > 0.0 && isnan(start_frac)) {
        diag_error(diag, place, "end_frac stands without start_frac: the store ends as it begins");
        diag_remedy(diag, "add  start_frac: 0.5,  or remove end_frac");
    }
}

double water_store_volume_m3(const struct water_store *store, double size_kwh) {
    return size_kwh /
           storage_tank_kwh(1.0, store->design_cold_c + store->design_dt_dk, store->design_cold_c);
}

static void zones_at(const struct water_store *store, const struct port_temperatures *port, int t,
                     double *ret_hot_c, double *ret_cold_c) {
    bool own = store->chilled; /* chilled water has no temperatures of its bus */
    *ret_cold_c = port->return_c && !own ? port->return_c[t] : store->design_cold_c;
    *ret_hot_c = port->supply_c && !own ? port->supply_c[t] : *ret_cold_c + store->design_dt_dk;
    *ret_hot_c = fmax(*ret_hot_c, *ret_cold_c + 3.0);
}

/* Share of the capacity that the port's temperatures use, on average over the horizon. */
static double used_frac(const struct water_store *store, const struct hours *hours, int port) {
    double sum_dk = 0.0, steps_ratio = 0.0;
    for (int t = 0; t < hours->horizon_count; t++) {
        double hot_c = 0.0, cold_c = 0.0, weight = hours_weight_ratio(hours, t);
        zones_at(store, &hours->port[port], t, &hot_c, &cold_c);
        sum_dk += weight * (hot_c - cold_c);
        steps_ratio += weight;
    }
    return fmin(1.0, sum_dk / steps_ratio / store->design_dt_dk);
}

void water_store_coefficients(const struct water_store *store, const struct hours *hours, int port,
                              struct coefficients *ret) {
    const double pi = 3.14159265358979323846;
    double size_kwh = fmax(1.0, hours->size), volume_m3 = water_store_volume_m3(store, size_kwh);
    double diameter_m = cbrt(volume_m3 / (pi / 4.0 * store->height_ratio));
    double used = used_frac(store, hours, port);
    ret->charge_per_h_ratio = ret->discharge_per_h_ratio = used / store->full_h;
    ret->level_max_frac = used;
    ret->level_min_frac = used * store->level_min_frac;
    for (int t = 0; t < hours->count; t++) {
        double hot_c = 0.0, cold_c = 0.0, content_per_h = 0.0, capacity_per_h = 0.0, ends_kw = 0.0;
        zones_at(store, &hours->port[port], t, &hot_c, &cold_c);
        double whole_kwh = storage_tank_kwh(volume_m3, hot_c, cold_c);
        if (store->chilled) {
            double mirrored_c = 2.0 * store->around_c - cold_c;
            cold_c = 2.0 * store->around_c - hot_c;
            hot_c = mirrored_c;
        }
        storage_tank_losses(diameter_m, store->loss_kw_m2k, hot_c, cold_c, store->around_c,
                            &content_per_h, &capacity_per_h, &ends_kw);
        ret->kept_frac[t] = fmax(0.0, 1.0 - content_per_h * hours->step_h);
        ret->standing_kw_kwh[t] = fmax(0.0, (capacity_per_h * whole_kwh + ends_kw) / size_kwh);
    }
}
