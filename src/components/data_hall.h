/* What others need to know of a data hall: the power of its IT alone, for PUE. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_DATA_HALL_H
#define COMPONENTS_DATA_HALL_H

#include "components/component.h"

/* kW of IT per kW installed, by step. self is a struct data_hall. */
void data_hall_it_frac(const void *self, const struct hours *hours, double *ret_it_frac);

#endif
