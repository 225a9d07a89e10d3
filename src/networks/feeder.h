/* The electric feeder: buses joined by lines and transformers, read from tables, solved for one
   state of its loads. Powers are three-phase, taken at a bus; branches are in per unit of base_kva
   and the voltage of their ends; a branch is a pi with its tap at the from end:

       from --- tap e^(j shift) : 1 --- r + jx --- to        jb/2 at each side of r + jx

   Balanced and of one frequency: what unbalance, harmonics and protection need is not here. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_FEEDER_H
#define NETWORKS_FEEDER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"

enum feeder_kind {
    FEEDER_LOAD,  /* power given */
    FEEDER_HELD,  /* a generator holds its voltage within least_kvar..most_kvar */
    FEEDER_SOURCE /* the grid: voltage given */
};

enum { FEEDER_BUSES_MAX = 20000, FEEDER_BRANCHES_MAX = 40000 };

struct feeder_bus {
    const char *name;
    struct place place;
    enum feeder_kind kind;
    double nominal_kv;                  /* 0: not given, as some tables in per unit have it */
    double load_kw, load_kvar;          /* taken */
    double made_kw, made_kvar;          /* generated */
    double least_kvar, most_kvar;       /* of the generator that holds the voltage */
    double shunt_kw, shunt_kvar;        /* at 1 pu: taken; given (a capacitor is positive) */
    double set_pu, set_rad;             /* of a held bus or the source */
    double lowest_pu, highest_pu;       /* allowed */
    double longitude_deg, latitude_deg; /* NaN: not given */
};

struct feeder_branch {
    const char *name;
    struct place place;
    int from, to;
    bool closed, transformer;
    double r_pu, x_pu, b_pu;
    double tap_ratio, shift_rad;
    double rating_kva; /* infinite: not given */
    double length_m;   /* NaN: not given */
};

struct feeder {
    const char *file;
    double base_kva;
    int buses_count, branches_count, source; /* source: a bus */
    struct feeder_bus *bus;
    struct feeder_branch *branch;
};

/* Reads a feeder: one MATPOWER case (.m), one GeoJSON collection, or CSV tables of buses and
   branches, told apart by their headers (docs/networks/feeder.md). All mistakes are collected. */
enum status feeder_read(struct arena *arena, struct diag *diag, const char *const *paths, int count,
                        struct feeder *ret) MUST_CHECK;
/* One text that is already in memory; name ends in .m, .geojson, .json or .csv. */
enum status feeder_parse(struct arena *arena, struct diag *diag, const char *name, const char *text,
                         size_t size, struct feeder *ret) MUST_CHECK;
/* What every reader ends with: one source, numbers in their ranges, no island that has a load. */
enum status feeder_check(struct arena *arena, struct diag *diag, struct feeder *feeder) MUST_CHECK;

int feeder_bus_find(const struct feeder *feeder, const char *name); /* -1 when unknown */
const char *feeder_branch_name(struct arena *arena, const struct feeder *feeder, int branch);

/* ---- one state ---------------------------------------------------------------------------- */
enum feeder_method { FEEDER_SWEEP, FEEDER_NEWTON };
enum feeder_outcome {
    FEEDER_SOLVED,
    FEEDER_DIVERGED, /* no state was found: the load is beyond what the lines can carry */
    FEEDER_ISLANDED  /* a bus with load has no way to the source */
};

struct feeder_state {
    enum feeder_outcome outcome;
    enum feeder_method method;
    int iterations_count, lowest_bus, highest_bus, loaded_branch;
    double *v_pu, *v_rad;                          /* by bus; NaN where nothing is connected */
    double *from_kw, *from_kvar, *to_kw, *to_kvar; /* into the branch at its ends, by branch */
    double
        *load_ratio;   /* by branch: larger current of its ends / rated current; 0 without rating */
    double *made_kvar; /* by bus: of the generator that holds the voltage */
    double source_kw, source_kvar, loss_kw, loss_kvar, lowest_pu, highest_pu, loading_ratio;
    double mismatch_kw; /* largest power that a bus's balance misses, from the branches */
};

struct feeder_work; /* topology, order of elimination, arrays: made once per set of switches */

/* NULL when memory is out. Reads the switches; loads may change between solves. */
struct feeder_work *feeder_work_new(struct arena *arena, const struct feeder *feeder);
bool feeder_work_radial(const struct feeder_work *work);
/* How many buses have no way to the source; the first of them in ret_bus. */
int feeder_work_cut(const struct feeder *feeder, const struct feeder_work *work, int *ret_bus);
bool feeder_work_reaches(const struct feeder_work *work, int bus);

struct feeder_state *feeder_state_new(struct arena *arena, const struct feeder *feeder);

/* load_ratio multiplies every load (not generators); extra_kw and extra_kvar are taken at bus
   extra_bus besides (-1: none). Radial without held voltages by the sweep, else, or when the sweep
   does not settle, by Newton. Takes no memory. */
struct feeder_ask {
    double load_ratio;
    int extra_bus;
    double extra_kw, extra_kvar;
};
void feeder_solve(const struct feeder *feeder, struct feeder_work *work,
                  const struct feeder_ask *ask, struct feeder_state *state);
/* The same by one method; the sweep only where the feeder is radial. */
void feeder_solve_by(const struct feeder *feeder, struct feeder_work *work,
                     const struct feeder_ask *ask, enum feeder_method method,
                     struct feeder_state *state);
/* For a load that has no state: the largest share of it that has one, to 1e-4, and its state. */
double feeder_nearest_ratio(const struct feeder *feeder, struct feeder_work *work,
                            const struct feeder_ask *ask, struct feeder_state *state);

/* ---- limits ------------------------------------------------------------------------------- */
enum feeder_limit { FEEDER_NO_LIMIT, FEEDER_LOW, FEEDER_HIGH, FEEDER_LOADED, FEEDER_COLLAPSE };
struct feeder_binding {
    enum feeder_limit limit;
    int at; /* bus, or branch for FEEDER_LOADED; -1 */
};
/* The limit that the state exceeds most (relative to its room), FEEDER_NO_LIMIT when none is. */
struct feeder_binding feeder_violation(const struct feeder *feeder,
                                       const struct feeder_state *state);
const char *feeder_limit_words(struct arena *arena, const struct feeder *feeder,
                               struct feeder_binding binding);

#endif
