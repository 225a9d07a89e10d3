/* Contracts of power that a table of one kind cannot check: who signs, how much is at most bought, what may be called. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "scenario/reading.h"

/* A power purchase agreement belongs to who pays the meter's bill, on which it is a credit. */
static void check_agreement(struct reading *r, const struct instance *it) {
    for (int m = 0; m < r->s->meters_count; m++) {
        const struct meter *meter = &r->s->meters[m];
        if (meter->bus == it->port_bus[it->kind->reference_port] && meter->party != it->owner) {
            diag_error(r->diag, it->place, "%s: its owner is %s, but the bill of %s is that of %s",
                       it->name, party_name(it->owner), meter->name, party_name(meter->party));
            diag_remedy(r->diag, "add  owner: %s  or name another meter", party_name(meter->party));
        }
    }
    if (it->capacity.chosen && !isfinite(it->capacity.max)) {
        diag_error(r->diag, it->place, "%s: capacity_kw: choose  would have no end at a good price",
                   it->name);
        diag_remedy(r->diag, "say how much is for sale:  capacity_kw: {choose: {max: 10000}}");
    }
}

/* What may be curtailed is a share of a limit that stands. */
static void check_connection(struct reading *r, const struct meter *meter) {
    const struct instance *grid = &r->s->instances[meter->grid];
    bool held = !isnan(component_number(grid->kind, grid->self, "firm_frac", (double)NAN));
    if (held && !isfinite(grid->capacity.fixed)) {
        diag_error(r->diag, grid->place, "%s: firm_frac needs a limit_kw to be a share of",
                   meter->name);
        diag_remedy(r->diag, "add  limit_kw: the power of the connection, as a number");
    }
}

void check_contracts(struct reading *r) {
    for (int i = 0; i < r->s->instances_count; i++) {
        if (r->s->instances[i].kind->contract) {
            check_agreement(r, &r->s->instances[i]);
        }
    }
    for (int m = 0; m < r->s->meters_count; m++) {
        check_connection(r, &r->s->meters[m]);
    }
}
