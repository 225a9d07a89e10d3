/* Units that files may bring: a column in money/MWh, degF or per cent becomes the key's own unit
   while it is read. Inside there is one unit per quantity (base/units.def). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_FOREIGN_UNITS_H
#define SCENARIO_FOREIGN_UNITS_H

#include "base/arena.h"

struct foreign_unit { /* own = number * factor + offset */
    const char *name, *own;
    double factor_ratio, offset_at; /* the offset is in the own unit */
};

/* How a column in the unit `name` becomes the unit of the suffix `own`; the own suffix itself is
   the identity. NULL: there is no way. */
const struct foreign_unit *foreign_unit_find(const char *name, const char *own);
/* "money_kwh, money_mwh, ...": what may be written where the own suffix is wanted. */
const char *foreign_unit_list(struct arena *arena, const char *own);

#endif
