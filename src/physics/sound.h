/* Sound of plant at a distance. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_SOUND_H
#define PHYSICS_SOUND_H

/* So many equal sources together: 10 log10 n more than one. */
double sound_sources_db(double one_db, double sources_count);
/* A-weighted level at a distance from a point source of this sound power over hard ground (a hemisphere), less what air
   (db per metre) and a barrier take away. */
double sound_level_db(double power_db, double distance_m, double air_db_m, double barrier_db);
/* How far a level reaches without air: the distance at which sound_level_db is level_db. */
double sound_reach_m(double power_db, double level_db, double barrier_db);

#endif
