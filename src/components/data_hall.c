/* Data hall: its computers, their power chain, and the heat that both leave.

   it(t)      = occupancy * (1 + a cos(2 pi (h - peak)/24))/(1 + a) * weekend
                per kW of installed IT
   power_in   = it (1 + UPS + distribution + lighting); UPS loss a + b L + c L^2 of the
   rating at the module's load L
   heat       = power_in less the transformer's loss, which stays outside the hall
   capture_frac of the heat leaves with the coolant
   (heat_out), the rest with the room's air (room_heat_out) */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/data_hall.h"

#include "physics/cooling.h"

enum { COLOCATION, CLOUD, ENTERPRISE, AI_TRAINING, AI_INFERENCE, EDGE, FLAT };
enum { REDUNDANCY_N, REDUNDANCY_N_PLUS_1, REDUNDANCY_2N };

struct data_hall {
    double it_kw, occupancy_frac, rack_kw, distribution_loss_frac, lighting_frac, transformer_frac,
        ups_scale_ratio, capture_frac, coolant_c, coolant_dt_dk, room_c, room_dt_dk;
    int load, redundancy;
};
enum { POWER_IN, HEAT_OUT, ROOM_HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(data_hall, it_kw, REQUIRED, 0.1, 5e6, "user", "Installed IT power."),
    PARAM(data_hall, occupancy_frac, 0.90, 0.05, 1.0,
          "assumed: a full hall, .85-.95; the US fleet uses about .50 of what is connected, LBNL "
          "2024 [quoted]",
          "Share of the installed power in use at the peak of the profile."),
    PARAM_OF(data_hall, load, COLOCATION, "user", "Profile over day and week.", "colocation",
             "cloud", "enterprise", "ai_training", "ai_inference", "edge", "flat"),
    PARAM(data_hall, rack_kw, 8.0, 1.0, 300.0, "modal 4-5, mean about 9 [quoted UPTIME]",
          "Power of a rack."),
    PARAM_OF(data_hall, redundancy, REDUNDANCY_N_PLUS_1, "assumed",
             "Redundancy of the power chain.", "n", "n_plus_1", "2n"),
    PARAM(data_hall, ups_scale_ratio, 1.0, 0.0, 2.0,
          "DC Pro 225 kVA double conversion of 2013 [quoted]; modern 0.67 [recalled]",
          "Loss of the UPS over that of the reference machine."),
    PARAM(data_hall, distribution_loss_frac, 0.02, 0.0, 0.1, "DC Pro [quoted]",
          "Loss of distribution, of IT."),
    PARAM(data_hall, lighting_frac, 0.001, 0.0, 0.05, "DC Pro [quoted]", "Lighting, of IT."),
    PARAM(data_hall, transformer_frac, 0.008, 0.0, 0.05,
          ".0015 no-load + .0075 L^2, recalled, unverified",
          "Loss of the transformer, of what passes."),
    PARAM(data_hall, capture_frac, 1.0, 0.0, 1.0, "air-cooled: all of it reaches the chilled water",
          "Share of the heat that leaves with the coolant."),
    PARAM(data_hall, coolant_c, 24.0, 12.0, 70.0,
          "chilled-water return 18-28 degC with economiser, recalled, unverified",
          "Warm side of the coolant."),
    PARAM(data_hall, coolant_dt_dk, 8.0, 2.0, 25.0, "5-10 K [read LEI22]",
          "Warm less cold side of the coolant."),
    PARAM(data_hall, room_c, 24.0, 12.0, 45.0, "as the chilled water",
          "Warm side of what cools the room."),
    PARAM(data_hall, room_dt_dk, 8.0, 2.0, 25.0, "5-10 K [read LEI22]",
          "Warm less cold side of it."),
};
static const struct port ports[PORTS] = {
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "IT and its power chain"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_HALL,
                  .sets_temperature = true,
                  .meaning = "heat in the coolant"},
    [ROOM_HEAT_OUT] = {.name = "room_heat_out",
                       .carrier = CARRIER_HEAT,
                       .direction = FLOWS_OUT,
                       .side = SIDE_HALL,
                       .optional = true,
                       .sets_temperature = true,
                       .meaning = "heat in the room's air"},
};

/* Amplitude over the day, hour of the peak, level at the weekend. Cloud, enterprise and inference
   after data-centre notes section 1; colocation (many tenants, each small) and edge are assumed; all
   recalled, none measured. Training is flat: its .85-.95 of job power is what occupancy_frac says.
 */
static const struct profile {
    double amplitude_frac, peak_h, weekend_frac;
} profiles[] = {
    [COLOCATION] = {0.03, 15.0, 0.98},
    [CLOUD] = {0.085, 15.0, 0.93},
    [ENTERPRISE] = {0.085, 15.0, 0.93},
    [AI_TRAINING] = {0.0, 0.0, 1.0},
    [AI_INFERENCE] = {0.25, 15.0, 0.90},
    [EDGE] = {0.03, 19.0, 1.0},
    [FLAT] = {0.0, 0.0, 1.0},
};

void data_hall_it_frac(const void *self, const struct hours *hours, double *ret_it_frac) {
    const struct data_hall *hall = self;
    const struct profile *profile = &profiles[hall->load];
    const double pi = 3.14159265358979323846, a_frac = profile->amplitude_frac;
    for (int t = 0; t < hours->count; t++) {
        double hour_h = hours->hour_h[t] + 0.5 * hours->step_h;
        double day_frac =
            (1.0 + a_frac * cos(2.0 * pi * (hour_h - profile->peak_h) / 24.0)) / (1.0 + a_frac);
        double week_frac = hours->weekday[t] >= 5 ? profile->weekend_frac : 1.0;
        ret_it_frac[t] = hall->occupancy_frac * day_frac * week_frac;
    }
}

static double module_load_frac(const struct data_hall *hall, double it_frac) {
    switch (hall->redundancy) {
    case REDUNDANCY_2N:
        return 0.5 * it_frac;
    case REDUNDANCY_N_PLUS_1:
        return it_frac * 4.0 / 5.0; /* five modules for four */
    default:
        return it_frac;
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct data_hall *hall = self;
    double *it_frac = ret->mode[0].port[POWER_IN];
    data_hall_it_frac(self, hours, it_frac);
    for (int t = 0; t < hours->count; t++) {
        double it = it_frac[t], load_frac = fmax(0.15, module_load_frac(hall, it));
        double behind = it * (1.0 + hall->distribution_loss_frac);
        double ups = behind * hall->ups_scale_ratio * cooling_ups_loss_frac(load_frac) / load_frac;
        double inside = behind + ups + hall->lighting_frac * it;
        ret->mode[0].port[HEAT_OUT][t] = hall->capture_frac * inside;
        ret->mode[0].port[ROOM_HEAT_OUT][t] = (1.0 - hall->capture_frac) * inside;
        ret->mode[0].port[POWER_IN][t] = inside * (1.0 + hall->transformer_frac);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct data_hall *hall = self;
    bool room = port == ROOM_HEAT_OUT;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = room ? hall->room_c : hall->coolant_c;
        ret_return_c[t] = ret_supply_c[t] - (room ? hall->room_dt_dk : hall->coolant_dt_dk);
    }
}

const struct component component_data_hall = {
    .name = "data_hall",
    .title = "Data hall",
    .summary = "Computers, their power chain and their heat.",
    .shape = SHAPE_LOAD,
    .reference_port = POWER_IN,
    .size = sizeof(struct data_hall),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "it_kw",
    .maturity = 9,
    .validity = "Hourly means; swings of a training run are shorter.",
    .references = "LEI25, LBNL24, DCPRO",
    .coefficients = coefficients,
    .temperatures = temperatures,
};
