/* A reduced programme while it is written: what typical.c, typical_periods.c and typical_visits.c share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_TYPICAL_INTERNAL_H
#define OPTIMISE_TYPICAL_INTERNAL_H

#include "optimise/typical.h"

/* Visits of one typical week that follow each other. */
struct visit_run {
    int week, typical; /* the first, of the year; index among the typical weeks */
    int count;
    int first_design, last_design; /* levels at the begin of the first and the last visit */
};

/* A state whose level goes on from week to week. */
struct visited {
    int state;
    double *kept_ratio;     /* by reduced step: of the level at its week's begin */
    double part_kept_ratio; /* over the last week, where that is shorter */
    int added, highest, lowest,
        part_added; /* period families; part_added -1: all weeks are whole */
    struct visit_run *runs;
    int runs_count;
};

/* Periods of a map that the year's steps like one typical step lie in. */
struct period_map {
    bool simple; /* one period at most: the map stands as it is */
    int *count;  /* by reduced step, of a simple map: steps like it in its period */
    int *table;  /* by reduced step and period: how often */
    /* else: steps by the periods they lie in, and by how often they do; by class, one row of the table */
    int any_map, any_count, share_map, share_count;
    int *any_of_step, *share_of_step, **any, **share;
};

struct typical_programme {
    const struct programme *whole;
    const struct programme_block *block;
    struct typical typical;
    struct arena *arena;
    struct programme_builder *builder;
    struct programme *reduced;
    int year_steps; /* of the programme, or of what it stands for */
    int steps, horizon_steps, week_steps,
        typical_count; /* reduced steps; of the typical weeks among them */
    int *typical_week; /* by typical week: which week of the year */
    int *reduced_step; /* by step of the year: where it does as */
    int *whole_step;   /* by reduced step */
    int *weight;       /* by reduced step: steps of the year that do as it */
    struct period_map *maps;
    int *sum_at; /* by sum family: its index; or -1: border rows from sum_border on */
    int *sum_border;
    int week_map, part_map; /* steps by typical week; of the shorter last week's begin */
    struct visited *visited;
    int visited_count;
};

/* An array by reduced step, in the arena; NULL (and the arena has failed) when memory is out. */
double *typical_take(struct typical_programme *t);
/* A family of free columns, one for each period of a map; its number. */
int typical_add_free(struct typical_programme *t, const char *name, int map);
/* Numbers of the year's steps at the reduced ones. */
struct numbers typical_numbers(struct typical_programme *t, struct numbers whole);

/* typical_periods.c: maps, families of period columns, entries of rows on them, sums. */
void typical_maps(struct typical_programme *t);
void typical_families(struct typical_programme *t);
void typical_period_entries(struct typical_programme *t);
void typical_sums(struct typical_programme *t);

/* typical_visits.c: false: rows that visits cannot stand in. */
bool typical_visits_begin(struct typical_programme *t);
bool typical_visits(struct typical_programme *t);
const struct visited *typical_visited(const struct typical_programme *t,
                                      int state); /* NULL: none */
void typical_visits_expand(const struct typical_programme *t, const double *x, double *ret_x);

#endif
