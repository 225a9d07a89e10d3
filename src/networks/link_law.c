/* Pipe: dp = L mu^2 Hg(Re) / (rho d^3) + zeta rho v^2 / 2, Hg = f Re^2 / 2.
   Hazen-Williams (SI, EPANET 2.2): h = 10.6668295 C^-1.852 d^-4.871 L q^1.852.
   Power (DHNx): f = .07 Re^-.13 d^-.14, so dp goes with the flow to the power 1.87.
   Pump: lift s^2 - slope s^(2-n) q^n (affinity laws). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/link_law.h"

#include <math.h>

#include "physics/pipe.h"

static const double pi = 3.14159265358979323846, gravity_m_s2 = 9.80665;
static const double least_slope = 1e-7;

enum link_law_kind { LAW_COLEBROOK, LAW_EXPLICIT, LAW_POWER, LAW_PUMP, LAW_FITTING };

/* What powers of the water's density and viscosity are in it. */
static void set_power(struct link_law *law, const struct network *network,
                      const struct network_link *link, double density_kg_m3) {
    double d = link->inner_m;
    if (law->kind == LAW_PUMP) {
        double s = link->speed_ratio, n = link->lift_power_ratio;
        law->power_kpa =
            s > 0.0 ? link->lift_slope_ratio * pow(s, 2.0 - n) * pow(1.0 / density_kg_m3, n) : 0.0;
    } else if (network->settings.friction == FRICTION_HAZEN) {
        law->power_kpa = density_kg_m3 * gravity_m_s2 / 1000.0 * 10.6668295 *
                         pow(link->hazen_ratio, -1.852) * pow(d, -4.871) * link->length_m *
                         pow(1.0 / density_kg_m3, 1.852);
    } else {
        double area_m2 = pi * d * d / 4.0;
        law->power_kpa = 0.07 * pow(law->reynolds_ratio, -0.13) * pow(d, -0.14) * link->length_m /
                         d / (2.0 * density_kg_m3 * area_m2 * area_m2) / 1000.0;
    }
}

static void set_pipe(struct link_law *law, const struct network *network,
                     const struct network_link *link) {
    double d = link->inner_m;
    law->inner_m = d;
    law->reynolds_unit_ratio = 4.0 / (pi * d * 1000.0);
    switch ((enum network_friction)network->settings.friction) {
    case FRICTION_HAZEN:
        law->kind = LAW_POWER;
        law->power_ratio = 1.852;
        return;
    case FRICTION_POWER:
        law->kind = LAW_POWER;
        law->power_ratio = 1.87;
        return;
    case FRICTION_COLEBROOK:
    case FRICTION_SWAMEE_JAIN:
        law->kind = network->settings.friction == FRICTION_COLEBROOK ? LAW_COLEBROOK : LAW_EXPLICIT;
        law->relative_ratio = fmin(link->roughness_m / d, 0.1);
        law->hagen_unit_ratio = link->length_m * 1000.0 / (d * d * d);
        return;
    }
}

static bool works_here(const struct network_link *link, bool in_return) {
    return link->line == LINE_BOTH || (link->line == LINE_RETURN) == in_return;
}

void link_law_water(struct link_law *law, const struct network *network,
                    const struct network_link *link, double density_kg_m3, double viscosity_kpas) {
    double per_density = 1.0 / density_kg_m3;
    law->reynolds_ratio = law->reynolds_unit_ratio / viscosity_kpas;
    law->hagen_kpa = law->hagen_unit_ratio * viscosity_kpas * viscosity_kpas * per_density;
    law->square_kpa = law->square_unit_ratio * per_density;
    if (law->kind == LAW_POWER || law->kind == LAW_PUMP) {
        set_power(law, network, link, density_kg_m3);
    }
}

void link_law_set(struct link_law *law, const struct network *network,
                  const struct network_link *link, bool in_return, double density_kg_m3,
                  double viscosity_kpas, double column_kg_m3) {
    const struct network_node *from = &network->nodes[link->from], *to = &network->nodes[link->to];
    *law = (struct link_law){.kind = LAW_FITTING, .root_ratio = law->root_ratio};
    law->rise_kpa = column_kg_m3 * gravity_m_s2 / 1000.0 * (in_return ? -1.0 : 1.0) *
                    (to->elevation_m - from->elevation_m);
    double zeta = in_return ? link->return_zeta_ratio : link->zeta_ratio;
    if (link->kind == LINK_PIPE) {
        set_pipe(law, network, link);
    } else if (link->kind == LINK_PUMP && works_here(link, in_return)) {
        law->kind = LAW_PUMP;
        law->lift_kpa = link->lift_kpa * link->speed_ratio * link->speed_ratio;
        law->power_ratio = link->lift_power_ratio;
    } else if (!works_here(link, in_return)) {
        zeta = 0.0;
    }
    if (zeta > 0.0 && !isnan(link->inner_m)) {
        double area_m2 = pi * link->inner_m * link->inner_m / 4.0;
        law->square_unit_ratio = zeta / (2.0 * area_m2 * area_m2) / 1000.0;
    }
    link_law_water(law, network, link, density_kg_m3, viscosity_kpas);
}

/* a q^n, odd in q, with a straight line through nothing where it is flatter than the least slope. */
static double odd_power_kpa(double a, double power_ratio, double flow_kg_s, double *ret_slope) {
    double size = fabs(flow_kg_s), raised = a * pow(size, power_ratio - 1.0);
    *ret_slope = power_ratio * raised;
    if (*ret_slope < least_slope) {
        *ret_slope = least_slope;
        return least_slope * flow_kg_s / power_ratio;
    }
    return raised * flow_kg_s;
}

double link_law_kpa(struct link_law *law, double flow_kg_s, double *ret_slope) {
    double size = fabs(flow_kg_s), sign = flow_kg_s < 0.0 ? -1.0 : 1.0;
    double slope = 0.0, kpa = 0.0, reynolds = size * law->reynolds_ratio;
    switch ((enum link_law_kind)law->kind) {
    case LAW_COLEBROOK:
        kpa = sign * law->hagen_kpa *
              pipe_hagen_near_ratio(reynolds, law->relative_ratio, &law->root_ratio, &slope);
        slope *= law->hagen_kpa * law->reynolds_ratio;
        break;
    case LAW_EXPLICIT:
        kpa = sign * law->hagen_kpa *
              pipe_hagen_explicit_ratio(reynolds, law->relative_ratio, &slope);
        slope *= law->hagen_kpa * law->reynolds_ratio;
        break;
    case LAW_POWER:
        kpa = odd_power_kpa(law->power_kpa, law->power_ratio, flow_kg_s, &slope);
        break;
    case LAW_PUMP:
        kpa = odd_power_kpa(law->power_kpa, law->power_ratio, flow_kg_s, &slope) - law->lift_kpa;
        break;
    case LAW_FITTING:
        break;
    }
    kpa += law->square_kpa * flow_kg_s * size;
    slope += 2.0 * law->square_kpa * size;
    if (slope < least_slope) {
        kpa += (least_slope - slope) * flow_kg_s;
        slope = least_slope;
    }
    *ret_slope = slope;
    return kpa;
}
