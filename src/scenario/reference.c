/* What the plan is compared with and for whom it is made: reference: best_alone lets every town entry choose an
   air-source heat pump of its own beside the heater it has (in apart, and in together, which may do all that apart
   may); the objective's parties include everybody who owns plant or has a meter. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "scenario/reading.h"

void read_reference(struct reading *r) {
    struct scenario *s = r->s;
    for (int k = 0; s->reference_best_alone && k < s->towns_count; k++) {
        struct town_entry *town = &s->towns[k];
        if (town->heaters_count >= COUNT(town->heaters)) {
            continue;
        }
        int i = instance_add(r, arena_format(r->arena, "%s_air_heat_pump", town->name),
                             "air_heat_pump", s->instances[town->instance].place);
        if (i < 0) {
            return;
        }
        s->instances[i].owner = PARTY_HEAT_CUSTOMERS;
        s->instances[i].town = k;
        s->instances[i].port_bus[component_port(s->instances[i].kind, "heat_out")] = town->bus;
        s->instances[i].in_case[CASE_TODAY] = false;
        r->meter_names[i] = r->meter_names[town->instance];
        r->meter_places[i] = r->meter_places[town->instance];
        instance_choose(r, i, HUGE_VAL);
        town->heaters[town->heaters_count++] = i;
    }
}

static void include_party(struct reading *r, enum party party, const char *what, bool listed,
                          struct place place) {
    if (r->s->objective_party[party]) {
        return;
    }
    if (listed) {
        diag_error(r->diag, place,
                   "objective: %s has plant or a meter (%s), but is not among the parties",
                   party_name(party), what);
        diag_remedy(r->diag, "add %s to  objective: {parties: [...]}, or give %s another owner",
                    party_name(party), what);
        return;
    }
    r->s->objective_party[party] = true;
    reading_note(r, "%s has plant or a meter (%s): its costs are in the objective.",
                 party_title(party), what);
}

void check_objective(struct reading *r) {
    struct scenario *s = r->s;
    const struct node *objective = document_find(r->root, "objective");
    const struct node *parties = document_find(objective, "parties");
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *instance = &s->instances[i];
        const char *payee = instance->kind->cost_payee;
        bool supply = payee && (party_find(payee) == (int)instance->owner);
        if (!supply && instance->kind->shape != SHAPE_LOAD) {
            include_party(r, instance->owner, instance->name, parties != NULL,
                          parties ? parties->place : instance->place);
        }
    }
}
