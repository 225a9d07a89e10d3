/* Heat network as one line of pre-insulated pipe (supply and return in one trench).

   standing loss   U'(DN) L (T_s + T_r - 2 T_g), DN the smallest that carries the capacity at the
                   spread T_s - T_r of the coldest day within gradient and speed; more than DN 600
                   carries goes through several pipes of it
   limit           flow <= capacity * spread of the day / spread of the coldest day: the water's flow
                   is what the pipe limits
   pumping         flow (2 L dp/L + station drop) / efficiency; dp/L by Colebrook, the drop with the
                   square of the flow
   cost            (499.5 + 6.279 DN) EUR2023 per metre of trench
   In the programme the loss is that of the previous round's pipe, once it is built, and pumping is
   proportional to the flow; the simulation takes both from the real flow (heat_network_state) and
   sends its year's sums back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/heat_network.h"

#include "components/plant.h"
#include "physics/pipe.h"
#include "physics/water.h"

struct heat_network {
    double capacity_kw, length_m, drop_dk, gradient_kpa_m, roughness_m, station_kpa, pump_eff,
        insulation_kw_mk, soil_kw_mk, cover_m, capex_money_m, fom_frac_year, life_year;
    struct curve supply_c, return_c;
    int insulation, substation;
};
enum { PLANT, TOWN, POWER_IN, PORTS };
enum { PIPES_MAX = 10000 }; /* what the widest ranges of the parameters ask for */

static const struct param params[] = {
    PARAM(heat_network, capacity_kw, REQUIRED, 0.0, 1e6, "user",
          "Heat it carries at the temperatures of the coldest day."),
    PARAM(heat_network, length_m, REQUIRED, 1.0, 200e3, "user", "Length of the trench."),
    PARAM_AT(heat_network, supply_c, REQUIRED, 15.0, 150.0, "user",
             "Supply at the plant, over the outdoor temperature."),
    PARAM_AT(heat_network, return_c, 40.0, 5.0, 100.0,
             "4G networks 60/30 to 70/40, recalled, unverified", "Return at the plant."),
    PARAM(heat_network, drop_dk, 1.0, 0.0, 10.0, "first guess, a tree network [computed]",
          "Supply lost on the way."),
    PARAM(heat_network, gradient_kpa_m, 0.125, 0.02, 0.5, "mains .100-.150 kPa/m [read PEERS]",
          "Largest pressure gradient at full flow."),
    PARAM(heat_network, roughness_m, 0.0001, 0.000005, 0.002,
          "design value .1 mm [read DHNX, DESTEST]", "Roughness of the pipe wall."),
    PARAM(heat_network, station_kpa, 115.0, 0.0, 500.0,
          "substation 65 + plant 50 kPa, recalled, unverified",
          "Pressure drop beside the pipes at full flow."),
    PARAM(heat_network, pump_eff, 0.675, 0.3, 0.9, "recalled, unverified", "Pump and motor."),
    PARAM(heat_network, insulation_kw_mk, 2.6e-5, 1.5e-5, 6e-5,
          "reproduces the isoplus table within 1.5 % [computed]",
          "Conductivity of the insulation."),
    PARAM(heat_network, soil_kw_mk, 1.6e-3, 5e-4, 3e-3, "typical soil, recalled, unverified",
          "Conductivity of the ground."),
    PARAM(heat_network, cover_m, 0.8, 0.3, 5.0, "recalled, unverified", "Soil above the casing."),
    PARAM_OF(heat_network, insulation, 1, "EN 253 series 2, as CEA [read]",
             "Insulation series of EN 253.", "series_1", "series_2", "series_3"),
    PARAM_OF(heat_network, substation, 0, "assumed",
             "What joins each town entry to it: an exchanger, or a booster heat pump where the "
             "network is cooler than the entry needs.",
             "exchanger", "booster"),
    PARAM(heat_network, capex_money_m, NOT_GIVEN, 0.0, 50e3, "catalogue",
          "Investment per metre of trench."),
    PARAM(heat_network, fom_frac_year, 0.01, 0.0, 0.1, "1 % of the investment, assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(heat_network, life_year, 40.0, 10.0, 100.0, "DEA [read]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [PLANT] = {.name = "plant",
               .carrier = CARRIER_HEAT,
               .direction = FLOWS_IN,
               .side = SIDE_PLANT,
               .sets_temperature = true,
               .meaning = "heat that leaves the plant"},
    [TOWN] = {.name = "town",
              .carrier = CARRIER_HEAT,
              .direction = FLOWS_OUT,
              .side = SIDE_TOWN,
              .sets_temperature = true,
              .meaning = "heat that arrives"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .optional = true,
                  .meaning = "pumping"},
};

/* Pumping of a year over flow times the specific pumping of full flow: 10.4 of 18.2 MWh at a mean
   load of 37 %, the tree of heat notes section 12 [computed]. A first guess; the simulation corrects
   it. */
static const double pump_share_ratio = 0.57;

static const double least_kw = 1e-3, endless_kw = 1e9; /* within which widths are looked for */

/* Where both curves are flat: the capacity is what the pipe carries on the coldest day. */
static const double coldest_c = -60.0;

static double spread_dk(const struct heat_network *network, double outdoor_c) {
    return fmax(1.0,
                curve_at(&network->supply_c, outdoor_c) - curve_at(&network->return_c, outdoor_c));
}

/* Pipes side by side, each of one size. */
struct bore {
    const struct pipe_size *size;
    int pipes;
};

static struct bore bore_for(const struct heat_network *network, double capacity_kw) {
    double hot_c = curve_at(&network->supply_c, coldest_c);
    double flow_kg_s = capacity_kw / (water_heat_kj_kgk(hot_c) * spread_dk(network, coldest_c));
    double density_kg_m3 = water_density_kg_m3(hot_c), viscosity_kpas = water_viscosity_kpas(hot_c);
    const struct pipe_size *largest = pipe_size_at(pipe_sizes() - 1);
    struct bore bore = {largest, 1};
    while (bore.pipes < PIPES_MAX &&
           !pipe_carries(largest, flow_kg_s / bore.pipes, network->gradient_kpa_m,
                         network->roughness_m, density_kg_m3, viscosity_kpas)) {
        bore.pipes++;
    }
    bore.size = pipe_size_at(pipe_size_for(flow_kg_s / bore.pipes, network->gradient_kpa_m,
                                           network->roughness_m, density_kg_m3, viscosity_kpas));
    return bore;
}

int heat_network_nominal_mm(const void *self, double capacity_kw) {
    return bore_for(self, capacity_kw).size->nominal_mm;
}

static double loss_kw_mk(const struct heat_network *network, const struct bore *bore) {
    double casing_m = bore->size->casing_m[network->insulation];
    return bore->pipes * pipe_loss_pair_kw_mk(bore->size->outer_m, casing_m, network->cover_m,
                                              casing_m + 0.15, network->insulation_kw_mk,
                                              network->soil_kw_mk);
}

static double pump_kw(const struct heat_network *network, const struct bore *bore, double flow_kg_s,
                      double full_kg_s, double mean_c) {
    double density_kg_m3 = water_density_kg_m3(mean_c);
    double pipe_kpa =
        2.0 * network->length_m *
        pipe_gradient_kpa_m(flow_kg_s / bore->pipes, bore->size->inner_m, network->roughness_m,
                            density_kg_m3, water_viscosity_kpas(mean_c));
    double share = full_kg_s > 0.0 ? flow_kg_s / full_kg_s : 0.0;
    return flow_kg_s / density_kg_m3 * (pipe_kpa + network->station_kpa * share * share) /
           network->pump_eff;
}

void heat_network_state(const void *self, double capacity_kw, double flow_kw, double supply_c,
                        double return_c, double ground_c, double *ret_arriving_kw,
                        double *ret_pump_kw) {
    const struct heat_network *network = self;
    struct bore bore = bore_for(network, capacity_kw);
    double mean_c = 0.5 * (supply_c + return_c), heat_kj_kgk = water_heat_kj_kgk(mean_c);
    double flow_kg_s = fmax(0.0, flow_kw) / (heat_kj_kgk * fmax(1.0, supply_c - return_c));
    double full_kg_s = capacity_kw / (heat_kj_kgk * spread_dk(network, coldest_c));
    double loss = loss_kw_mk(network, &bore);
    double standing_kw = loss * network->length_m * (supply_c + return_c - 2.0 * ground_c);
    if (flow_kg_s * heat_kj_kgk * (supply_c - return_c) <= standing_kw) {
        *ret_arriving_kw = flow_kw - standing_kw; /* less than the loss flows: the pipe cools */
        *ret_pump_kw = pump_kw(network, &bore, flow_kg_s, full_kg_s, mean_c);
        return;
    }
    /* supply cools on the way out; the return arrives at the plant at return_c, having left
       warmer */
    double out_c =
        pipe_outlet_c(supply_c, ground_c, loss, network->length_m, flow_kg_s, heat_kj_kgk);
    double decay = exp(-loss * network->length_m / (flow_kg_s * heat_kj_kgk));
    double left_c = ground_c + (return_c - ground_c) / decay;
    *ret_arriving_kw = flow_kg_s * heat_kj_kgk * (out_c - left_c);
    *ret_pump_kw = pump_kw(network, &bore, flow_kg_s, full_kg_s, mean_c);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_network *network = self;
    double capacity_kw = fmax(1.0, hours->size);
    struct bore bore = bore_for(network, capacity_kw);
    double loss = loss_kw_mk(network, &bore) * network->length_m / capacity_kw;
    double design_dk = spread_dk(network, coldest_c);
    ret->modes = 1; /* heat flows from plant to town */
    for (int t = 0; t < hours->count; t++) {
        double supply_c = curve_at(&network->supply_c, hours->outdoor_day_c[t]);
        double return_c = curve_at(&network->return_c, hours->outdoor_day_c[t]);
        double mean_c = 0.5 * (supply_c + return_c);
        double full_kg_s = capacity_kw / (water_heat_kj_kgk(mean_c) * design_dk);
        ret->availability_frac[t] =
            fmin(1.0, spread_dk(network, hours->outdoor_day_c[t]) / design_dk);
        ret->standing_kw_kw[t] = fmax(0.0, loss * (supply_c + return_c - 2.0 * hours->ground_c[t]));
        ret->pump_kw_kw[t] = hours->wired[POWER_IN]
                                 ? pump_share_ratio *
                                       pump_kw(network, &bore, full_kg_s, full_kg_s, mean_c) /
                                       capacity_kw
                                 : 0.0;
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct heat_network *network = self;
    plant_supply(hours, &network->supply_c, &network->return_c, ret_supply_c, ret_return_c);
    for (int t = 0; port == TOWN && t < hours->count; t++) {
        ret_supply_c[t] -= network->drop_dk;
    }
}

static double capex_money(const void *self, double size) {
    const struct heat_network *network = self;
    if (!isnan(network->capex_money_m)) {
        return network->capex_money_m * network->length_m;
    }
    struct bore bore = bore_for(network, fmax(1.0, size));
    return bore.pipes * (499.5 + 6.279 * bore.size->nominal_mm) * network->length_m;
}

/* Pipes in their order: more side by side, or wider. */
static int bore_order(const struct heat_network *network, double capacity_kw) {
    struct bore bore = bore_for(network, capacity_kw);
    return 10000 * bore.pipes + bore.size->nominal_mm;
}

/* The most that pipes of an order carry, a little less so that no last digit asks for the next; NaN: the smallest pipe
   carries more. */
static double most_kw(const struct heat_network *network, int order) {
    double low_kw = least_kw, high_kw = least_kw;
    while (high_kw < endless_kw && bore_order(network, high_kw) <= order) {
        low_kw = high_kw;
        high_kw *= 2.0;
    }
    while (high_kw - low_kw > 1e-12 * high_kw) {
        double middle_kw = 0.5 * (low_kw + high_kw);
        *(bore_order(network, middle_kw) <= order ? &low_kw : &high_kw) = middle_kw;
    }
    return low_kw > least_kw ? low_kw * (1.0 - 1e-9) : (double)NAN;
}

static double make_capacity(const void *self, double size, int steps) {
    const struct heat_network *network = self;
    int order = bore_order(network, fmax(least_kw, size));
    double most = most_kw(network, steps < 0 ? order - 1 : order);
    for (int k = -1; k > steps && most > 0.0; k--) {
        most = most_kw(network, bore_order(network, most) - 1);
    }
    for (int k = 0; k < steps; k++) {
        most = most_kw(network, bore_order(network, most * (1.0 + 1e-6)));
    }
    return most;
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct heat_network *network = self;
    for (double outdoor_c = -40.0; outdoor_c <= 35.0; outdoor_c += 1.0) {
        double spread_dk =
            curve_at(&network->supply_c, outdoor_c) - curve_at(&network->return_c, outdoor_c);
        if (spread_dk - network->drop_dk < 3.0) {
            diag_error(
                diag, place,
                "what arrives of supply_c stands less than 3 K above return_c at %d degC outdoors",
                (int)outdoor_c);
            diag_remedy(diag, "raise supply_c, or lower return_c or drop_dk");
            return;
        }
    }
}

const struct component component_heat_network = {
    .name = "heat_network",
    .title = "Heat network",
    .summary = "Pipes from the heat plant to the town.",
    .shape = SHAPE_LINE,
    .reference_port = PLANT,
    .size = sizeof(struct heat_network),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"there"},
    .integration = true,
    .built_at_once = true,
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2023,
             {{1.0, 1.0}},
             1,
             "499.5 + 6.279 DN EUR/m, fit of the topotherm survey [computed]"},
    .validity = "DN 20 to DN 600 or several of it, 15 to 110 degC.",
    .references = "EN 253, EN 13941; PANDA; DHNX; DESTEST",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
    .capex_money = capex_money,
    .make_capacity = make_capacity,
};
