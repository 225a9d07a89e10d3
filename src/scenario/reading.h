/* What the files that read a scenario share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_READING_H
#define SCENARIO_READING_H

#include "scenario/document.h"
#include "scenario/scenario.h"

enum {
    INSTANCES_MAX = 200,
    BUSES_MAX = 200,
    METERS_MAX = 20,
    HALLS_MAX = 20,
    TOWNS_MAX = 50,
    NOTES_MAX = 60
};

struct reading {
    struct arena *arena;
    struct diag *diag;
    const char *file;
    struct node *root;
    struct scenario *s;
    const char **notes;
    const struct node **port_nodes; /* by instance: its `ports:` map, or NULL */
    const char **meter_names;       /* by instance: its `meter:`, or NULL */
    struct place *meter_places;
};

/* read.c */
void reading_note(struct reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Says every key of map that is not among known. */
void reading_check_keys(struct reading *r, const struct node *map, const char *where,
                        const char *const *known, int count);
/* A number in min..max; fallback where the key is absent (HUGE_VAL: it is required). */
double reading_number(struct reading *r, const struct node *map, const char *key, double fallback,
                      double min, double max);
const char *reading_text(struct reading *r, const struct node *map, const char *key,
                         const char *fallback);
/* Index among words, or fallback. */
int reading_word(struct reading *r, const struct node *map, const char *key,
                 const char *const *words, int count, int fallback);
bool reading_flag(struct reading *r, const struct node *map, const char *key, bool fallback);
bool reading_scalar(struct reading *r, const struct node *node, const char *key, double min,
                    double max, double *ret_value);
/* A numeric series for a key, one value per step of the horizon. */
bool reading_series(struct reading *r, const struct node *node, const char *key, double min,
                    double max, const double **ret_value);
const char *reading_plain_name(struct reading *r,
                               const struct node *node); /* a name of letters, digits, _ and - */

/* instances.c */
int instance_add(struct reading *r, const char *name, const char *kind, struct place place);
/* Every parameter of the kind that map gives; other keys must be among extra. */
void instance_params(struct reading *r, int instance, const struct node *map,
                     const char *const *extra, int extra_count);
void instance_common(struct reading *r, int instance,
                     const struct node *map); /* owner, meter, in, integration, ports */
void instance_set(struct reading *r, int instance, const char *key, double value); /* derived */
void instance_choose(struct reading *r, int instance, double max);
extern const char *const instance_keys[];
extern const int instance_keys_count;

/* sections.c */
void read_electricity(struct reading *r);
void read_data_centre(struct reading *r);
void read_town(struct reading *r);
void read_network(struct reading *r);
void read_plant(struct reading *r);
void read_supplies(struct reading *r);

/* wiring.c */
int bus_find(const struct scenario *s, const char *name);
int bus_add(struct reading *r, const char *name, enum carrier carrier);
void wire_all(struct reading *r);
void wire_temperatures(struct scenario *s); /* who sets supply and return of each heat bus */
void read_reference(struct reading *r);
void check_objective(struct reading *r);
void set_cases(struct reading *r);
void check_temperatures(struct reading *r);

/* wired.c: the fully written form (plan.yaml) */
void read_wired(struct reading *r, const struct node *wired);

#endif
