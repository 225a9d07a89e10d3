/* The laws of the sun by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/law_table.h"
#include "physics/sun.h"

#define ELEVATION                                                                                  \
    { "elevation_deg", LAW_REQUIRED, -90.0, 90.0, NULL }
#define SUN_AZIMUTH                                                                                \
    { "sun_azimuth_deg", LAW_REQUIRED, 0.0, 360.0, NULL }
#define ABOVE_THE_AIR                                                                              \
    { "extraterrestrial_kw_m2", 1.361, 1.3, 1.45, NULL }
#define TILT                                                                                       \
    { "tilt_deg", LAW_REQUIRED, 0.0, 180.0, NULL }
#define PLANE                                                                                      \
    TILT, { "azimuth_deg", 180.0, 0.0, 360.0, NULL }
#define GLOBAL                                                                                     \
    { "global_kw_m2", LAW_REQUIRED, 0.0, 1.6, NULL }
#define DIRECT                                                                                     \
    { "direct_normal_kw_m2", LAW_REQUIRED, 0.0, 1.4, NULL }
#define DIFFUSE                                                                                    \
    { "diffuse_kw_m2", LAW_REQUIRED, 0.0, 1.0, NULL }

static bool at(const double *a, double *ret) {
    if (a[0] != floor(a[0])) {
        return false;
    }
    struct sun_position sun = sun_at((int)a[0], a[1], a[2], a[3], a[4]);
    ret[0] = sun.elevation_deg;
    ret[1] = sun.azimuth_deg;
    ret[2] = sun.extraterrestrial_kw_m2;
    return true;
}

static bool incidence(const double *a, double *ret) {
    ret[0] = sun_incidence_ratio(a[0], a[1], a[2], a[3]);
    return true;
}

static bool diffuse(const double *a, double *ret) {
    ret[0] = sun_diffuse_frac(a[0]);
    return true;
}

static bool split(const double *a, double *ret) {
    struct sun_position sun = {a[0], 180.0, a[1]};
    sun_split(&sun, a[2], &ret[0], &ret[1]);
    return true;
}

static bool clear(const double *a, double *ret) {
    ret[0] = sun_clear_kw_m2(a[0]);
    return true;
}

static bool isotropic(const double *a, double *ret) {
    ret[0] = sun_sky_isotropic_kw_m2(a[0], a[1]);
    return true;
}

static bool sky(const double *a, double *ret) {
    struct sun_position sun = {a[0], a[1], a[2]};
    ret[0] = sun_sky_kw_m2(&sun, a[3], a[4], a[5], a[6]);
    return true;
}

static bool on_plane(const double *a, double *ret) {
    struct sun_position sun = {a[0], a[1], a[2]};
    ret[0] = sun_on_plane_kw_m2(&sun, a[7], a[3], a[4], a[5], a[6], a[8]);
    return true;
}

static bool tracker(const double *a, double *ret) {
    struct sun_position sun = {a[0], a[1], 1.361};
    ret[0] = sun_tracker_deg(&sun, a[2], a[3], a[4]);
    return true;
}

static const char erbs[] = "Erbs, Klein and Duffie 1982, doi 10.1016/0038-092X(82)90302-4";

static const struct law laws[] = {
    {"sun_at", "Where the sun stands, without refraction",
     "Michalsky 1988, doi 10.1016/0038-092X(88)90045-X",
     LAW_GIVEN({"day_of_year", LAW_REQUIRED, 0.0, 365.0, NULL},
               {"hour_h", LAW_REQUIRED, 0.0, 24.0, NULL},
               {"latitude_deg", LAW_REQUIRED, -90.0, 90.0, NULL},
               {"longitude_deg", LAW_REQUIRED, -180.0, 180.0, NULL},
               {"utc_offset_h", LAW_REQUIRED, -12.0, 14.0, NULL}),
     LAW_GIVES("elevation_deg", "azimuth_deg", "extraterrestrial_kw_m2"), at},
    {"sun_incidence_ratio", "Cosine of the angle between the rays and a plane's normal",
     "geometry; Duffie and Beckman 2013, eq. 1.6.2", LAW_GIVEN(ELEVATION, SUN_AZIMUTH, PLANE),
     LAW_GIVES("incidence_ratio"), incidence},
    {"sun_diffuse_frac", "Diffuse share of global irradiance", erbs,
     LAW_GIVEN({"clearness_ratio", LAW_REQUIRED, 0.0, 1.5, NULL}), LAW_GIVES("diffuse_frac"),
     diffuse},
    {"sun_split", "Global to direct normal and diffuse irradiance", erbs,
     LAW_GIVEN(ELEVATION, ABOVE_THE_AIR, GLOBAL), LAW_GIVES("direct_normal_kw_m2", "diffuse_kw_m2"),
     split},
    {"sun_clear_kw_m2", "Global irradiance of a clear sky",
     "Haurwitz 1945; Reno, Hansen and Stein 2012, SAND2012-2389", LAW_GIVEN(ELEVATION),
     LAW_GIVES("clear_kw_m2"), clear},
    {"sun_sky_isotropic_kw_m2", "Diffuse irradiance of a plane, even sky",
     "Liu and Jordan 1963, doi 10.1016/0038-092X(63)90006-9", LAW_GIVEN(DIFFUSE, TILT),
     LAW_GIVES("sky_kw_m2"), isotropic},
    {"sun_sky_kw_m2", "Diffuse irradiance of a plane, part of it with the beam",
     "Hay and Davies 1980",
     LAW_GIVEN(ELEVATION, SUN_AZIMUTH, ABOVE_THE_AIR, DIRECT, DIFFUSE, PLANE),
     LAW_GIVES("sky_kw_m2"), sky},
    {"sun_on_plane_kw_m2", "Irradiance of a plane", "Hay and Davies 1980; Liu and Jordan 1963",
     LAW_GIVEN(ELEVATION, SUN_AZIMUTH, ABOVE_THE_AIR, DIRECT, DIFFUSE, PLANE, GLOBAL,
               {"albedo_frac", 0.2, 0.0, 1.0, NULL}),
     LAW_GIVES("plane_kw_m2"), on_plane},
    {"sun_tracker_deg", "How far a horizontal tracker turns, back where rows would shade",
     "Lorenzo, Narvarte and Munoz 2011, doi 10.1002/pip.1085",
     LAW_GIVEN(ELEVATION, SUN_AZIMUTH, {"axis_azimuth_deg", 180.0, 0.0, 360.0, NULL},
               {"limit_deg", 60.0, 10.0, 90.0, NULL}, {"cover_frac", 0.4, 0.0, 1.0, NULL}),
     LAW_GIVES("rotation_deg"), tracker},
};
LAW_TABLE(sun);
