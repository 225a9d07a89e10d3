/* Columns of an hourly file as float64, column after column, to be freed. names: apart by commas. NULL: no such column, or no
   hour. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_HOURS_H
#define APPS_SERVE_HOURS_H

#include <stddef.h>
#include <stdio.h>

void *hours_read(const char *path, const char *names, size_t *ret_steps, size_t *ret_count);
void *hours_take(FILE *file, const char *names, size_t *ret_steps, size_t *ret_count);

#endif
