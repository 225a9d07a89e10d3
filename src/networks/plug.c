/* The pipe's water lies in cells of equal mass that are pushed on whole, so that fronts stay sharp.
   Between two pushes water and wall come nearer by the film's heat transfer (exact for the two
   bodies), and the wall (without one, the water) cools to its surroundings. A pipe flushed many times
   within one step stands at its steady state for the rest of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/plug.h"

#include <math.h>

#include "networks/fluid.h"
#include "physics/pipe.h"

static const double pi = 3.14159265358979323846, steel_kg_m3 = 7850.0, steel_kj_kgk = 0.49;
enum { FLUSHES_MAX = 6 };

enum status plug_init(struct plug *plug, struct arena *arena, const struct network_link *link,
                      const struct network_settings *settings, int cells, bool steel,
                      double start_c) {
    double area_m2 = pi / 4.0 * link->inner_m * link->inner_m;
    *plug = (struct plug){.cells = cells, .length_m = link->length_m / cells};
    plug->water_c = ARENA_TAKE(arena, double, cells);
    plug->wall_c = ARENA_TAKE(arena, double, cells);
    if (!plug->water_c || !plug->wall_c) {
        return STATUS_NO_MEMORY;
    }
    plug->cell_kg = area_m2 * plug->length_m * fluid_density_kg_m3(settings, start_c);
    plug->water_kj_k = plug->cell_kg * fluid_heat_kj_kgk(settings, start_c);
    if (steel && link->outer_m > link->inner_m) {
        double ring_m2 = pi / 4.0 * link->outer_m * link->outer_m - area_m2;
        plug->wall_kj_k = ring_m2 * plug->length_m * steel_kg_m3 * steel_kj_kgk;
    }
    for (int k = 0; k < cells; k++) {
        plug->water_c[k] = plug->wall_c[k] = start_c;
    }
    return STATUS_OK;
}

/* What one stretch of time does to every cell. */
struct decay {
    double nearer_frac, cooler_frac;
};

static struct decay decay_of(const struct plug *p, double film_kw_k, double loss_kw_k,
                             double dt_s) {
    struct decay d = {1.0, 1.0};
    if (p->wall_kj_k > 0.0) {
        d.nearer_frac = exp(-film_kw_k * (1.0 / p->water_kj_k + 1.0 / p->wall_kj_k) * dt_s);
        d.cooler_frac = exp(-loss_kw_k / p->wall_kj_k * dt_s);
    } else {
        d.cooler_frac = exp(-loss_kw_k / p->water_kj_k * dt_s);
    }
    return d;
}

static double wait_kj(struct plug *p, struct decay d, double around_c) {
    double lost_kj = 0.0, both = p->water_kj_k + p->wall_kj_k;
    for (int k = 0; k < p->cells; k++) {
        double *cools = &p->water_c[k], capacity_kj_k = p->water_kj_k;
        if (p->wall_kj_k > 0.0) {
            double mean_c = (p->water_kj_k * p->water_c[k] + p->wall_kj_k * p->wall_c[k]) / both;
            double apart_dk = (p->water_c[k] - p->wall_c[k]) * d.nearer_frac;
            p->water_c[k] = mean_c + apart_dk * p->wall_kj_k / both;
            p->wall_c[k] = mean_c - apart_dk * p->water_kj_k / both;
            cools = &p->wall_c[k];
            capacity_kj_k = p->wall_kj_k;
        }
        double change_dk = (*cools - around_c) * (1.0 - d.cooler_frac);
        *cools -= change_dk;
        lost_kj += capacity_kj_k * change_dk;
    }
    return lost_kj;
}

static double push_c(struct plug *p, double in_c) {
    double out_c = p->backwards ? p->water_c[0] : p->water_c[p->cells - 1];
    for (int k = p->cells - 1; k > 0 && !p->backwards; k--) {
        p->water_c[k] = p->water_c[k - 1];
    }
    for (int k = 0; k < p->cells - 1 && p->backwards; k++) {
        p->water_c[k] = p->water_c[k + 1];
    }
    p->water_c[p->backwards ? p->cells - 1 : 0] = in_c;
    return out_c;
}

double plug_step(struct plug *plug, const struct network_link *link,
                 const struct network_settings *settings, double flow_kg_s, double in_c,
                 double loss_kw_mk, double around_c, double dt_s, double *ret_loss_kw) {
    struct plug *p = plug;
    double size_kg_s = fabs(flow_kg_s), left_s = dt_s, lost_kj = 0.0, sum_c = 0.0;
    double at_c = fmin(FLUID_MAX_C, fmax(FLUID_MIN_C, isnan(in_c) ? p->water_c[0] : in_c));
    double film_kw_k =
        pi * link->inner_m * p->length_m *
        pipe_film_kw_m2k(size_kg_s, link->inner_m, fluid_heat_kj_kgk(settings, at_c),
                         fluid_viscosity_kpas(settings, at_c), water_conductivity_kw_mk(at_c));
    double loss_kw_k = loss_kw_mk * p->length_m,
           whole_s = size_kg_s > 0.0 ? p->cell_kg / size_kg_s : HUGE_VAL;
    int pushes = 0;
    if (size_kg_s > 0.0 && p->backwards != (flow_kg_s < 0.0)) {
        p->backwards = flow_kg_s < 0.0;
        p->inside_kg = p->cell_kg - p->inside_kg; /* what had come in goes out again */
    }
    struct decay whole = decay_of(p, film_kw_k, loss_kw_k, size_kg_s > 0.0 ? whole_s : dt_s);
    while (left_s > 0.0 && pushes < FLUSHES_MAX * p->cells) {
        double until_s = size_kg_s > 0.0 ? (p->cell_kg - p->inside_kg) / size_kg_s : HUGE_VAL;
        double part_s = fmin(left_s, fmax(0.0, until_s));
        lost_kj += wait_kj(p, part_s == whole_s ? whole : decay_of(p, film_kw_k, loss_kw_k, part_s),
                           around_c);
        p->inside_kg += size_kg_s * part_s;
        left_s -= part_s;
        if (until_s <= part_s) {
            sum_c += push_c(p, in_c);
            pushes++;
            p->inside_kg = 0.0;
        }
    }
    double exit_c = p->backwards ? p->water_c[0] : p->water_c[p->cells - 1];
    double rest = left_s > 0.0 ? left_s / whole_s : 0.0;
    *ret_loss_kw = lost_kj / (dt_s - left_s);
    return pushes + rest > 0.0 ? (sum_c + rest * exit_c) / (pushes + rest) : exit_c;
}
