/* A scenario with some of its numbers replaced: what sweeps and samples plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CHANGE_H
#define SCENARIO_CHANGE_H

#include "scenario/document.h"

/* path: keys apart by points; an entry of a list by its name or its number from 0: "heat_network.length_m",
   "data_centre.hall.it_kw", "plant.pv.capacity_kw.choose.max". Keys behind the first may be absent: they
   are added, and whoever reads the scenario says which it does not know. */
struct scenario_change {
    const char *path, *text; /* what stands there now, as it would be written */
    struct place place;      /* where the change is asked for: mistakes are told there */
    bool whole;              /* a map or list that stands there goes, too */
};

/* What stands at a path; NULL: nothing. */
const struct node *change_find(const struct node *root, const char *path);
/* False, with a message, where a path leads nowhere. */
bool change_document(struct arena *arena, struct diag *diag, struct node *root,
                     const struct scenario_change *changes, int count);

struct scenario;
/* As scenario_parse, with the changes made before anything is read. */
enum status scenario_parse_changed(struct arena *arena, struct diag *diag, const char *file,
                                   const char *text, size_t size,
                                   const struct scenario_change *changes, int count,
                                   struct scenario **ret) MUST_CHECK;
/* The same of the text that another was read from, without its changes. What does not differ from that one and takes time
   to make (the year's weather) is copied from it. */
enum status scenario_parse_like(struct arena *arena, struct diag *diag, const struct scenario *like,
                                const struct scenario_change *changes, int count,
                                struct scenario **ret) MUST_CHECK;

#endif
