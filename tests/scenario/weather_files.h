/* Weather files of several kinds as a year, and the normals of a year: for tests only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SCENARIO_WEATHER_FILES_H
#define TESTS_SCENARIO_WEATHER_FILES_H

#include "scenario/climate.h"
#include "scenario/climates.h"

/* By the end of the name: .epw; .mos (Modelica table of an EPW); .dat (German test reference year);
   .csv (NSRDB, or TMY2 in the same form); .txt (seconds and degC: the temperature alone). Fails the
   test when the file is not what it should be. */
void weather_file_read(struct arena *arena, const char *path, struct climate *ret);

/* Monthly normals and day shapes, as tools/climate_normals.py derives them, but not rounded. */
void weather_normals(const struct climate *climate, const char *name, struct climate_shape *shape,
                     struct normals *ret);

#endif
