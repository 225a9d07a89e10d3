/* What the readers of feeders share: the columns of buses and branches in the units in which tables
   give them, and the way from there to per unit. Private to src/networks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_FEEDER_READER_H
#define NETWORKS_FEEDER_READER_H

#include <stddef.h>

#include "networks/feeder.h"

struct feeder_column {
    const char *name;
    size_t member;      /* where its number goes */
    double times_ratio; /* of what is written to what is kept: 1000 for MW */
    double min, max;    /* as written */
};

/* A branch as tables give it; NaN: not given. */
struct feeder_raw {
    double r_ohm, x_ohm, r_km_ohm, x_km_ohm; /* whole, or per kilometre */
    double c_value, c_km_value;              /* nF, or nF per kilometre */
    double length_m, rating_a, rating_kva;
    double rated_kva, impedance_frac, resistance_frac; /* a transformer: all three */
    double tap_ratio, shift_deg;
};

extern const struct feeder_column feeder_bus_columns[], feeder_branch_columns[];
extern const int feeder_bus_columns_count, feeder_branch_columns_count;

struct feeder_reader {
    struct arena *arena;
    struct diag *diag;
    struct feeder *feeder;
    int buses_room, branches_room;
    int *slot, slots_count; /* bus + 1 by the hash of its name; made by feeder_reader_index */
};

/* Puts a number into bus or raw by column, told when it is out of range. */
void feeder_reader_set(struct feeder_reader *reader, const struct feeder_column *column, void *into,
                       double value, struct place place);
struct feeder_bus *feeder_reader_bus(struct feeder_reader *reader, const char *name,
                                     struct place place); /* NULL: no memory, or too many */
/* load, held, source; told when it is none of them. */
void feeder_reader_kind(struct feeder_reader *reader, struct feeder_bus *bus, const char *text,
                        struct place place);
/* true, yes, 1, closed; false, no, 0, open. */
void feeder_reader_closed(struct feeder_reader *reader, bool *ret, const char *text,
                          struct place place);
/* All buses stand: names can be looked up, and doubles are told. */
enum status feeder_reader_index(struct feeder_reader *reader);
int feeder_reader_find(const struct feeder_reader *reader, const char *name);
struct feeder_raw feeder_raw_empty(void);
/* A branch in per unit; told when its ends or its impedance are missing. */
enum status feeder_reader_branch(struct feeder_reader *reader, const char *from, const char *to,
                                 const struct feeder_raw *raw, bool closed, const char *name,
                                 struct place place);

enum status feeder_read_matpower(struct feeder_reader *reader, const char *text, size_t size);
enum status feeder_read_geojson(struct feeder_reader *reader, const char *file, const char *text,
                                size_t size);
enum status feeder_read_csv(struct feeder_reader *reader, const char *file, const char *text,
                            size_t size, bool branches);
bool feeder_csv_has_branches(const char *text, size_t size); /* its header names from and to */

#endif
