/* Data hall: its computers, their power chain, the room around them, and the heat that all of it leaves.

   it(t)      = servers that stand * level of the profile (or what was measured) * warm ratio * it_load_ratio, per kW
                of installed IT; level (1 + a cos(2 pi (h - peak)/24))/(1 + a) * weekend * season
   warm ratio = 1 at 23 degC of supply air and cool chips; the rise counts inside IT, as every meter would count it
   ups_out    = it (1 + wiring) (1 + distribution);  UPS loss by its curve at the module's load L
   power_in   = (ups_out + UPS loss + lighting) (1 + transformer)
   heat       = power_in less the transformer's loss, which stays outside the hall; plus what the envelope lets in, less
                what it lets out, (ua + rho c V)(outdoor - hall air)
   capture_frac of the heat leaves with the coolant (heat_out), the rest with the room's air (room_heat_out), with
   which the envelope's heat goes; where all of it leaves with the coolant, so does the envelope's. A room that loses
   more than it is given is let to cool. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/data_hall_parts.h"

#include "physics/air.h"

enum { POWER_IN, HEAT_OUT, ROOM_HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(data_hall, it_kw, REQUIRED, 0.1, 5e6, "user", "Installed IT power."),
    PARAM_OF(data_hall, facility, FACILITY_UNSPECIFIED, "user",
             "What kind of place it is, which sets profile, racks and power chain where they are "
             "not given.",
             "unspecified", "edge", "hospital", "factory", "airport", "public", "enterprise",
             "colocation", "hyperscale", "ai"),
    PARAM(data_hall, it_load_ratio, 1.0, 0.1, 20.0,
          "what-if; a conversion to AI multiplies the load by five (Danfoss 2024)",
          "What-if: times the installed IT."),
    PARAM(data_hall, occupancy_frac, 0.90, 0.05, 1.0,
          "assumed: a full hall, .85-.95; the US fleet uses about .50 of what is connected, LBNL "
          "2024 [quoted]",
          "Share of the installed power in use at the peak of the profile."),
    PARAM_OF(data_hall, load, LOAD_COLOCATION, "user", "Profile over day and week.", "colocation",
             "cloud", "enterprise", "ai_training", "ai_inference", "edge", "flat"),
    PARAM(data_hall, day_amp_frac, NOT_GIVEN, 0.0, 0.9, "by load",
          "Amplitude over the day in place of the profile's."),
    PARAM(data_hall, day_peak_h, NOT_GIVEN, 0.0, 24.0, "by load",
          "Hour of the day's peak in place of the profile's."),
    PARAM(data_hall, weekend_frac, NOT_GIVEN, 0.05, 1.0, "by load",
          "Level at the weekend in place of the profile's."),
    PARAM(data_hall, season_amp_frac, 0.0, 0.0, 0.9,
          "none: no published load has a season of its own", "Amplitude over the year."),
    PARAM(data_hall, season_peak_day, 349.0, 0.0, 366.0, "assumed: mid December, shops online",
          "Day of the year's peak."),
    PARAM_IN(data_hall, measured_frac, NOT_GIVEN, 0.0, 1.0, "user",
             "Measured share of the installed power in place of the profile."),
    PARAM_OF(data_hall, measured_is, MEASURED_POWER, "user",
             "Whether the measured share is of power or of the servers' work.", "power",
             "utilisation"),
    PARAM_IN(data_hall, measured_kw, NOT_GIVEN, 0.0, 5e6, "user",
             "Measured power of the IT in place of the profile."),
    PARAM(data_hall, idle_frac, 0.285, 0.05, 0.9,
          "mean of six SPECpower rows of 2021-23, .18-.39; .32-.52 in 2009-11 [read LEI25]",
          "Power of idle servers over full power."),
    PARAM_OF(data_hall, rack_class, RACK_BY_KW, "user", "Class of racks, which sets rack_kw.",
             "by_kw", "legacy", "cloud", "ai", "ai_liquid"),
    PARAM(data_hall, rack_kw, 8.0, 1.0, 300.0, "modal 4-5, mean about 9 [quoted UPTIME]",
          "Power of a rack."),
    PARAM(data_hall, inlet_c, 23.0, 10.0, 45.0, "where the law of warm servers starts",
          "Air that enters the servers."),
    PARAM(data_hall, inlet_frac_k, 0.0042, 0.0, 0.01,
          ".0035-.005 from 23 to 30 degC, arXiv 2509.26163, abstract",
          "Rise of server power per kelvin of inlet air."),
    PARAM(data_hall, liquid_frac, 0.0, 0.0, 1.0, "air-cooled servers",
          "Share of the IT power cooled at the chip."),
    PARAM(data_hall, chip_frac_k, 0.004, 0.0, 0.01, ".003-.005, recalled, unverified",
          "Rise of chip power per kelvin of coolant."),
    PARAM(data_hall, chip_reference_c, 30.0, 10.0, 60.0, "assumed",
          "Coolant supply at which chips draw what they are rated."),
    PARAM(data_hall, server_fan_frac, 0.035, 0.0, 0.2, ".02-.05 modern, recalled, unverified",
          "Fans inside the servers, of server power."),
    PARAM(data_hall, fan_removed_frac, 0.7, 0.0, 1.0,
          "cold plates .6-.8, immersion all, recalled, unverified",
          "Share of those fans that liquid cooling takes away."),
    PARAM(data_hall, psu_eff, 0.94, 0.7, 1.0, "80 Plus Titanium .91-.96, recalled, unverified",
          "Efficiency of the servers' power supplies."),
    PARAM(data_hall, operating_year, NOT_GIVEN, 0.0, 60.0, "user",
          "Years since the hall was opened; not given: it is full."),
    PARAM(data_hall, ramp_start_frac, 0.3, 0.0, 1.0, "assumed", "Share let on the first day."),
    PARAM(data_hall, ramp_year, 4.0, 0.0, 30.0, "assumed", "Years until it is full."),
    PARAM(data_hall, refresh_year, 5.0, 1.0, 15.0,
          "recalled, unverified; 3-5 in the Danfoss report, 1-8 scanned [read LEI25]",
          "After how many years servers are replaced."),
    PARAM(data_hall, growth_frac_year, 0.2, 0.0, 0.5,
          "assumed; doubling in 2.7 years would be .29, recalled, unverified",
          "Growth of work per kWh of new servers."),
    PARAM_OF(
        data_hall, refresh, HALL_REFRESH_NONE, "user",
        "Whether a roadmap decides when servers are bought: for the same work with fewer kW, or "
        "for more work with the same power.",
        "none", "work", "power"),
    PARAM(data_hall, servers_capex_money_kw, NOT_GIVEN, 0.0, 200000.0,
          "user; wanted where servers are refreshed", "Price of servers per kW of IT."),
    PARAM(data_hall, servers_fom_frac_year, 0.0, 0.0, 0.5, "user: support within its first term",
          "Upkeep of servers per year, of their price."),
    PARAM(data_hall, servers_late_frac_year, NOT_GIVEN, 0.0, 0.5, "as servers_fom_frac_year",
          "The same once they are older than refresh_year."),
    PARAM(
        data_hall, servers_keep_year, NOT_GIVEN, 1.0, 30.0, "refresh_year: none is kept longer",
        "How old servers may get; between refresh_year, when they are paid, and this they stay as "
        "long as it pays."),
    PARAM(data_hall, servers_from_year, NOT_GIVEN, 1990.0, 2150.0,
          "user; not given: all are bought in the first stage",
          "Year in which the servers were bought that stand at the begin of a roadmap."),
    PARAM(data_hall, servers_work_money_kw_year, 0.0, 0.0, 1e6, "user; nothing: as few as will do",
          "With refresh: power, what a year's work of a kW of the first servers is worth."),
    PARAM_OF(data_hall, redundancy, POWER_N_PLUS_1, "assumed", "Redundancy of the power chain.",
             "n", "n_plus_1", "2n"),
    PARAM(data_hall, needed_count, 4.0, 1.0, 100.0, "assumed",
          "Modules of the power chain that carry the load."),
    PARAM_OF(data_hall, ups, POWER_UPS_DC_PRO_225, "DC Pro of 2013 [quoted DCPRO]", "Kind of UPS.",
             "dc_pro_225", "dc_pro_50", "dc_pro_1000", "delta", "modern", "eco", "none"),
    PARAM(data_hall, ups_scale_ratio, 1.0, 0.0, 2.0, "as the curve of ups says",
          "Loss of the UPS over that of its curve."),
    PARAM(data_hall, distribution_loss_frac, 0.02, 0.0, 0.1, "DC Pro [quoted]",
          "Loss from UPS to PDU outlet, of what leaves."),
    PARAM(data_hall, wiring_loss_frac, 0.0, 0.0, 0.05, "inside distribution_loss_frac",
          "Loss from PDU outlet to the plug, of IT."),
    PARAM(data_hall, lighting_frac, 0.001, 0.0, 0.05, "DC Pro [quoted]", "Lighting, of IT."),
    PARAM(data_hall, transformer_frac, 0.008, 0.0, 0.05,
          ".0015 no-load + .0075 L^2, recalled, unverified",
          "Loss of the transformer, of what passes."),
    PARAM(data_hall, transformer_noload_frac, NOT_GIVEN, 0.0, 0.02,
          ".001-.002, recalled, unverified", "Its loss without load, of its rating."),
    PARAM(data_hall, transformer_full_load_frac, NOT_GIVEN, 0.0, 0.05,
          ".005-.010, recalled, unverified",
          "Its load loss at full load, of its rating; with the one above in place of "
          "transformer_frac."),
    PARAM(data_hall, battery_h, 0.083, 0.0, 24.0, "five minutes, assumed",
          "How long the UPS's battery carries full load."),
    PARAM(data_hall, generator_kw_kw, 1.5, 0.0, 5.0, "assumed: IT, cooling and losses",
          "Power of the generators per kW of IT."),
    PARAM(data_hall, generator_test_h, 12.0, 0.0, 500.0, "assumed: an hour a month",
          "Hours a year that generators run on test."),
    PARAM(data_hall, power_capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "user; not given: not counted",
          "Investment in the power chain per kW of IT at N."),
    PARAM(data_hall, battery_capex_money_kwh, NOT_GIVEN, 0.0, 5000.0,
          "user; not given: not counted", "Investment in the UPS's battery per kWh."),
    PARAM(data_hall, generator_capex_money_kw, NOT_GIVEN, 0.0, 5000.0,
          "user; not given: not counted", "Investment in generators per kW at N."),
    PARAM(data_hall, fom_frac_year, 0.03, 0.0, 0.2, "assumed",
          "Fixed upkeep per year, of that investment."),
    PARAM(data_hall, life_year, 15.0, 5.0, 40.0, "recalled, unverified", "Technical life of it."),
    PARAM(data_hall, capture_frac, 1.0, 0.0, 1.0, "air-cooled: all of it reaches the chilled water",
          "Share of the heat that leaves with the coolant."),
    PARAM(data_hall, coolant_c, 24.0, 12.0, 70.0,
          "chilled-water return 18-28 degC with economiser, recalled, unverified",
          "Warm side of the coolant."),
    PARAM(data_hall, coolant_dt_dk, 8.0, 2.0, 25.0, "5-10 K [read LEI22]",
          "Warm less cold side of the coolant."),
    PARAM(data_hall, supply_c, NOT_GIVEN, 5.0, 60.0, "coolant_c less coolant_dt_dk",
          "Cold side of the coolant, what the racks are given; in place of coolant_c."),
    PARAM(data_hall, room_c, 24.0, 12.0, 45.0, "as the chilled water",
          "Warm side of what cools the room."),
    PARAM(data_hall, room_dt_dk, 8.0, 2.0, 25.0, "5-10 K [read LEI22]",
          "Warm less cold side of it."),
    PARAM(data_hall, room_m2, NOT_GIVEN, 1.0, 1e7, "2.6 m2 a rack, recalled, unverified",
          "Floor of the computer room."),
    PARAM(data_hall, ua_kw_k, 0.0, 0.0, 1e4, "left out: small against dense racks",
          "Conductance of the envelope, outside to hall air."),
    PARAM(data_hall, infiltration_m3_s, 0.0, 0.0, 1e5, "left out: halls are kept at overpressure",
          "Outdoor air that leaks in."),
    PARAM(data_hall, hall_air_c, 27.0, 10.0, 50.0, "assumed: between cold and hot aisle",
          "Mean temperature of the hall's air."),
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

static double envelope_kw_k(const struct data_hall *hall) {
    const double dry_air_kg_m3 = 1.2;
    return hall->ua_kw_k + dry_air_kg_m3 * air_heat_kj_kgk(0.0) * hall->infiltration_m3_s;
}

/* The split of one step's heat between coolant and room. */
static void split_heat(const struct data_hall *hall, double inside_kw_kw, double gained_kw_kw,
                       double *ret_coolant_kw_kw, double *ret_room_kw_kw) {
    bool all = hall->capture_frac >= 1.0;
    double coolant = hall->capture_frac * inside_kw_kw, room = inside_kw_kw - coolant;
    *ret_coolant_kw_kw = all ? fmax(0.0, inside_kw_kw + gained_kw_kw) : coolant;
    *ret_room_kw_kw = all ? 0.0 : fmax(0.0, room + gained_kw_kw);
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct data_hall *hall = self;
    double through_kw_k = envelope_kw_k(hall) / hours->size;
    double *const *port = ret->mode[0].port;
    for (int t = 0; t < hours->count; t++) {
        struct hall_power power = data_hall_power_at(hall, hours, t);
        port[POWER_IN][t] = power.input_kw_kw;
        split_heat(hall, power.inside_kw_kw,
                   through_kw_k * (hours->outdoor_c[t] - hall->hall_air_c), &port[HEAT_OUT][t],
                   &port[ROOM_HEAT_OUT][t]);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct data_hall *hall = self;
    bool room = port == ROOM_HEAT_OUT;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = room ? hall->room_c : data_hall_warm_c(hall);
        ret_return_c[t] = ret_supply_c[t] - (room ? hall->room_dt_dk : hall->coolant_dt_dk);
    }
}

/* Power chain, battery and generators as far as their prices are given; more of them with redundancy. */
static double capex_money(const void *self, double size) {
    const struct data_hall *hall = self;
    double installed_ratio =
        power_installed_ratio((enum power_redundancy)hall->redundancy, hall->needed_count);
    double per_kw_money = 0.0;
    per_kw_money += isnan(hall->power_capex_money_kw) ? 0.0 : hall->power_capex_money_kw;
    per_kw_money += isnan(hall->battery_capex_money_kwh)
                        ? 0.0
                        : hall->battery_capex_money_kwh * hall->battery_h;
    per_kw_money += isnan(hall->generator_capex_money_kw)
                        ? 0.0
                        : hall->generator_capex_money_kw * hall->generator_kw_kw;
    return per_kw_money * installed_ratio * hall->it_load_ratio * size;
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct data_hall *hall = self;
    bool frac = hall->measured_frac.by_step || !isnan(hall->measured_frac.value);
    bool kw = hall->measured_kw.by_step || !isnan(hall->measured_kw.value);
    if (frac && kw) {
        diag_error(diag, place, "measured_frac stands beside measured_kw: one profile is enough");
        diag_remedy(diag, "remove one of them");
    }
    if (hall->refresh != HALL_REFRESH_NONE && isnan(hall->servers_capex_money_kw)) {
        diag_error(diag, place, "refresh: servers_capex_money_kw is missing");
        diag_remedy(diag, "give what a kW of servers costs: between old and new ones their price "
                          "decides");
    }
    if (hall->servers_keep_year < hall->refresh_year) {
        diag_error(diag, place,
                   "servers_keep_year: servers go before they are paid (refresh_year)");
        diag_remedy(diag, "raise servers_keep_year, or lower refresh_year");
    }
    if (isnan(hall->transformer_noload_frac) != isnan(hall->transformer_full_load_frac)) {
        diag_error(diag, place,
                   "transformer_noload_frac and transformer_full_load_frac go together");
        diag_remedy(diag, "give both, or neither and transformer_frac");
    }
}

const struct component component_data_hall = {
    .name = "data_hall",
    .title = "Data hall",
    .summary = "Computers, their power chain, the room around them and their heat.",
    .shape = SHAPE_LOAD,
    .reference_port = POWER_IN,
    .size = sizeof(struct data_hall),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "it_kw",
    .tried = "supply_c",
    .maturity = 9,
    .validity = "Hourly means; swings of a training run are shorter.",
    .references = "LEI25, LBNL24, DCPRO",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
    .capex_money = capex_money,
};
