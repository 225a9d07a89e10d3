/* Where the sun stands and what falls on a plane. Angles in degrees, irradiance in kW/m2. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_SUN_H
#define PHYSICS_SUN_H

struct sun_position {
    double elevation_deg,
        azimuth_deg;               /* azimuth from north, clockwise; elevation without refraction */
    double extraterrestrial_kw_m2; /* on a plane normal to the rays */
};

/* day_of_year 0..365; hour_h of local standard time (the middle of the step); utc_offset_h east
   positive. The year is a mean one of the leap cycle: within 0.2 degrees of the true position in
   2000..2050. */
struct sun_position sun_at(int day_of_year, double hour_h, double latitude_deg,
                           double longitude_deg, double utc_offset_h);
/* Cosine of the angle between the rays and the normal of a plane; below 0 behind it. */
double sun_incidence_ratio(double elevation_deg, double sun_azimuth_deg, double tilt_deg,
                           double azimuth_deg);
/* Erbs, Klein, Duffie 1982: diffuse share of global by the clearness index (held within 0..1). */
double sun_diffuse_frac(double clearness_ratio);
/* Global to direct normal and diffuse by Erbs; below 3 degrees of elevation all is diffuse. */
void sun_split(const struct sun_position *sun, double global_kw_m2, double *ret_direct_normal_kw_m2,
               double *ret_diffuse_kw_m2);
/* Haurwitz 1945: global horizontal irradiance of a clear sky. */
double sun_clear_kw_m2(double elevation_deg);
/* Sky diffuse on a plane. Isotropic; Hay and Davies: the share that comes with the beam stays at
   the sun. */
double sun_sky_isotropic_kw_m2(double diffuse_kw_m2, double tilt_deg);
double sun_sky_kw_m2(const struct sun_position *sun, double direct_normal_kw_m2,
                     double diffuse_kw_m2, double tilt_deg, double azimuth_deg);
/* Where a horizontal tracker turns its modules: about an axis towards axis_azimuth_deg, rotation positive to the right
   of it (an axis to the south: positive in the afternoon), at most limit_deg. cover_frac is the width of the modules over the distance of the rows:
   where a row would shade the next it turns back; 0: it does not. Flat while the sun is down. */
double sun_tracker_deg(const struct sun_position *sun, double axis_azimuth_deg, double limit_deg,
                       double cover_frac);
/* Plane of array: beam + Hay-Davies sky + ground. tilt from horizontal, azimuth of the plane from
   north. */
double sun_on_plane_kw_m2(const struct sun_position *sun, double global_kw_m2,
                          double direct_normal_kw_m2, double diffuse_kw_m2, double tilt_deg,
                          double azimuth_deg, double albedo_frac);

#endif
