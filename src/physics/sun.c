/* Position by the Astronomical Almanac's formula of low precision (Michalsky 1988, doi
   10.1016/0038-092X(88)90045-X), n days from J2000 (noon of 1 January 2000):
     L = 280.460 + 0.9856474 n, g = 357.528 + 0.9856003 n, lambda = L + 1.915 sin g + 0.020 sin 2g,
     eps = 23.439 - 4e-7 n declination = asin(sin eps sin lambda), right ascension = atan2(cos eps
     sin lambda, cos lambda) distance R = 1.00014 - 0.01671 cos g - 0.00014 cos 2g, extraterrestrial
   = 1.361 / R^2 kW/m2 1 January 0:00 UTC of the mean year of 2021..2024 is n = 7670.13, so that a
   day of the year is within half a day of the true one: errors against Meeus 1998 in 2001..2024 are
   0.07 degrees (rms of elevation), 0.2 at most. Diffuse: Erbs, Klein and Duffie 1982, doi
   10.1016/0038-092X(82)90302-4, splitting limits as pvlib 0.11. Clear sky: Haurwitz 1945 in the
   form of Reno, Hansen and Stein 2012, SAND2012-2389: 1.098 sin h exp(-0.059 / sin h). Tracker: Lorenzo,
   Narvarte and Munoz 2011, doi 10.1002/pip.1085. Sky: Hay and Davies 1980; the beam's ratio is held at sin h = 0.05 so that sunrise stays finite. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/sun.h"

#include <math.h>

static const double pi = 3.14159265358979323846;
static const double solar_constant_kw_m2 = 1.361; /* Kopp and Lean 2011, doi 10.1029/2010GL045777 */
static const double mean_year_start_day = 7670.13;

static double rad(double deg) { return deg * pi / 180.0; }
static double deg_of(double angle_rad) { return angle_rad * 180.0 / pi; }

struct sun_position sun_at(int day_of_year, double hour_h, double latitude_deg,
                           double longitude_deg, double utc_offset_h) {
    double utc_h = hour_h - utc_offset_h;
    double n = mean_year_start_day + day_of_year + utc_h / 24.0;
    double mean_longitude_deg = fmod(280.460 + 0.9856474 * n, 360.0),
           anomaly_rad = rad(357.528 + 0.9856003 * n);
    double longitude_rad =
        rad(mean_longitude_deg + 1.915 * sin(anomaly_rad) + 0.020 * sin(2.0 * anomaly_rad));
    double tilt_rad = rad(23.439 - 4e-7 * n), sine_of_longitude = sin(longitude_rad);
    double ascension_deg = deg_of(atan2(cos(tilt_rad) * sine_of_longitude, cos(longitude_rad)));
    double equation_deg = remainder(mean_longitude_deg - ascension_deg, 360.0);
    double hour_rad = rad(15.0 * (utc_h - 12.0) + longitude_deg + equation_deg),
           latitude_rad = rad(latitude_deg);
    double sine_of_declination = sin(tilt_rad) * sine_of_longitude;
    double cosine_of_declination = sqrt(1.0 - sine_of_declination * sine_of_declination);
    double sine = sin(latitude_rad) * sine_of_declination +
                  cos(latitude_rad) * cosine_of_declination * cos(hour_rad);
    double east = -cosine_of_declination * sin(hour_rad);
    double north = sine_of_declination * cos(latitude_rad) -
                   cosine_of_declination * sin(latitude_rad) * cos(hour_rad);
    double azimuth_deg = deg_of(atan2(east, north));
    double distance_ratio = 1.00014 - 0.01671 * cos(anomaly_rad) - 0.00014 * cos(2.0 * anomaly_rad);
    struct sun_position ret = {deg_of(asin(fmin(1.0, fmax(-1.0, sine)))),
                               azimuth_deg < 0.0 ? azimuth_deg + 360.0 : azimuth_deg,
                               solar_constant_kw_m2 / (distance_ratio * distance_ratio)};
    return ret;
}

double sun_incidence_ratio(double elevation_deg, double sun_azimuth_deg, double tilt_deg,
                           double azimuth_deg) {
    return sin(rad(elevation_deg)) * cos(rad(tilt_deg)) +
           cos(rad(elevation_deg)) * sin(rad(tilt_deg)) * cos(rad(sun_azimuth_deg - azimuth_deg));
}

double sun_diffuse_frac(double clearness_ratio) {
    double k = fmin(1.0, fmax(0.0, clearness_ratio));
    if (k <= 0.22) {
        return 1.0 - 0.09 * k;
    }
    if (k <= 0.80) {
        return 0.9511 - 0.1604 * k + 4.388 * k * k - 16.638 * k * k * k + 12.336 * k * k * k * k;
    }
    return 0.165;
}

void sun_split(const struct sun_position *sun, double global_kw_m2, double *ret_direct_normal_kw_m2,
               double *ret_diffuse_kw_m2) {
    double sine = sin(rad(sun->elevation_deg));
    if (sun->elevation_deg < 3.0 || !(global_kw_m2 > 0.0)) {
        *ret_direct_normal_kw_m2 = 0.0;
        *ret_diffuse_kw_m2 = fmax(0.0, global_kw_m2);
        return;
    }
    double clearness_ratio = global_kw_m2 / (sun->extraterrestrial_kw_m2 * fmax(0.065, sine));
    double diffuse_kw_m2 = sun_diffuse_frac(clearness_ratio) * global_kw_m2;
    *ret_direct_normal_kw_m2 = (global_kw_m2 - diffuse_kw_m2) / sine;
    *ret_diffuse_kw_m2 = diffuse_kw_m2;
}

double sun_clear_kw_m2(double elevation_deg) {
    if (elevation_deg <= 0.0) {
        return 0.0;
    }
    double sine = sin(rad(elevation_deg));
    return 1.098 * sine * exp(-0.059 / sine);
}

double sun_sky_isotropic_kw_m2(double diffuse_kw_m2, double tilt_deg) {
    return diffuse_kw_m2 * 0.5 * (1.0 + cos(rad(tilt_deg)));
}

double sun_sky_kw_m2(const struct sun_position *sun, double direct_normal_kw_m2,
                     double diffuse_kw_m2, double tilt_deg, double azimuth_deg) {
    double sine = sin(rad(sun->elevation_deg));
    double incidence =
        sun_incidence_ratio(sun->elevation_deg, sun->azimuth_deg, tilt_deg, azimuth_deg);
    double beam_ratio = sine > 0.0 ? fmax(0.0, incidence) / fmax(0.05, sine) : 0.0;
    double anisotropy_frac =
        fmin(1.0, fmax(0.0, direct_normal_kw_m2 / sun->extraterrestrial_kw_m2));
    return diffuse_kw_m2 * anisotropy_frac * beam_ratio +
           (1.0 - anisotropy_frac) * sun_sky_isotropic_kw_m2(diffuse_kw_m2, tilt_deg);
}

double sun_tracker_deg(const struct sun_position *sun, double axis_azimuth_deg, double limit_deg,
                       double cover_frac) {
    if (sun->elevation_deg <= 0.0) {
        return 0.0;
    }
    double across = cos(rad(sun->elevation_deg)) * sin(rad(sun->azimuth_deg - axis_azimuth_deg));
    double ideal_deg = deg_of(atan2(across, sin(rad(sun->elevation_deg))));
    double clear_ratio = cover_frac > 0.0 ? fabs(cos(rad(ideal_deg))) / cover_frac : 1.0;
    if (clear_ratio < 1.0) {
        ideal_deg -= copysign(deg_of(acos(clear_ratio)), ideal_deg);
    }
    return fmax(-limit_deg, fmin(limit_deg, ideal_deg));
}

double sun_on_plane_kw_m2(const struct sun_position *sun, double global_kw_m2,
                          double direct_normal_kw_m2, double diffuse_kw_m2, double tilt_deg,
                          double azimuth_deg, double albedo_frac) {
    double incidence =
        sun_incidence_ratio(sun->elevation_deg, sun->azimuth_deg, tilt_deg, azimuth_deg);
    double beam_kw_m2 = sun->elevation_deg > 0.0 ? direct_normal_kw_m2 * fmax(0.0, incidence) : 0.0;
    double ground_kw_m2 = global_kw_m2 * albedo_frac * 0.5 * (1.0 - cos(rad(tilt_deg)));
    return beam_kw_m2 +
           sun_sky_kw_m2(sun, direct_normal_kw_m2, diffuse_kw_m2, tilt_deg, azimuth_deg) +
           ground_kw_m2;
}
