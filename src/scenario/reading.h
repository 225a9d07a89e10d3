/* What the files that read a scenario share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_READING_H
#define SCENARIO_READING_H

#include "base/text.h"
#include "scenario/document.h"
#include "scenario/scenario.h"

enum {
    INSTANCES_MAX = 200,
    BUSES_MAX = 200,
    METERS_MAX = 20,
    HALLS_MAX = 20,
    TOWNS_MAX = 50,
    NOTES_MAX = 60,
    PIPES_BYTES_MAX = 64 * 1024 * 1024,
    PLACES_MAX = 60
};

struct reading_file {
    const char *path, *absolute; /* as it is opened; for what reads it again from elsewhere */
    const char *text;
    size_t size;
};

struct reading {
    struct arena *arena;
    struct diag *diag;
    const char *file;
    struct node *root;
    struct scenario *s;
    const struct scenario *like; /* read before, of whose weather a copy may be taken; NULL: none */
    const char **notes;
    const struct node **port_nodes; /* by instance: its `ports:` map, or NULL */
    const char **meter_names;       /* by instance: its `meter:`, or NULL */
    struct place *meter_places;
    const char
        *file_text[COUNT(((struct scenario *)0)->files)]; /* of the files read, as s->files */
    size_t file_size[COUNT(((struct scenario *)0)->files)];
    const char *place_name;         /* place: {name: ...}, or NULL */
    const char *places[PLACES_MAX]; /* places: [...] */
    int places_count;
    int *at;           /* by instance: its place, -1: none */
    int (*ends)[2];    /* by instance of links: the places it joins, -1 else */
    int files_missing; /* mistakes that are missing files */
    bool no_calendar; /* horizon or step_h was not understood: what depends on them is not judged */
};

/* reading.c. Every mistake is answered here, at the node, with a remedy. */
void reading_note(struct reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *reading_found(struct reading *r, const struct node *node); /* "a list", "\"5 MW\"" */
/* "key: a list stands where wanted belongs", "write  key: example" */
void reading_wrong_kind(struct reading *r, const struct node *node, const char *key,
                        const char *wanted, const char *example);
/* Says every key of map that is not among known; false when it is no map (NULL is one). topic is
   what `hearth explain` knows about it, or NULL. */
bool reading_check_keys(struct reading *r, const struct node *map, const char *where,
                        const char *const *known, int count);
bool reading_check_keys_of(struct reading *r, const struct node *map, const char *where,
                           const char *topic, const char *const *known, int count);
/* A section that is a list of maps; NULL, with a message, where it is no list, and one for each entry that is no map. */
const struct node *reading_list(struct reading *r, const char *key, const char *example);
/* A number in min..max; fallback where the key is absent (HUGE_VAL: it is required). */
double reading_number(struct reading *r, const struct node *map, const char *key, double fallback,
                      double min, double max);
/* The same by the table of keys.c: the keys of a section, a number, a whole number, the index of a
   word, a flag. */
bool reading_section(struct reading *r, const struct node *map, const char *section);
double reading_key_value(struct reading *r, const struct node *map, const char *section,
                         const char *key);
int reading_key_whole(struct reading *r, const struct node *map, const char *section,
                      const char *key);
int reading_key_word(struct reading *r, const struct node *map, const char *section,
                     const char *key);
bool reading_key_flag(struct reading *r, const struct node *map, const char *section,
                      const char *key);
bool reading_scalar(struct reading *r, const struct node *node, const char *key, double min,
                    double max, double *ret_value);
const char *reading_text(struct reading *r, const struct node *map, const char *key,
                         const char *fallback);
/* Index among words, or fallback. */
int reading_word(struct reading *r, const struct node *map, const char *key,
                 const char *const *words, int count, int fallback);
int reading_word_at(struct reading *r, const struct node *node, const char *key,
                    const char *const *words, int count, int fallback);
bool reading_flag(struct reading *r, const struct node *map, const char *key, bool fallback);
bool reading_party(struct reading *r, const struct node *node, const char *key,
                   enum party *ret_party);
/* A name of letters, digits, _ and -; NULL with a message when it is none. */
const char *reading_name(struct reading *r, const char *text, struct place place);
const char *reading_plain_name(struct reading *r, const struct node *node);
/* The scenario's own text comes first; then a file named by a scalar node, read once however often
   it is named. */
bool reading_scenario_file(struct reading *r, const char *text, size_t size);
bool reading_file(struct reading *r, const struct node *node, const char *role, size_t limit_bytes,
                  struct reading_file *ret);

/* reading_series.c: one value per step of the horizon from a CSV column */
bool reading_series(struct reading *r, const struct node *node, const char *key, double min,
                    double max, const double **ret_value);
/* The series as it is written again, from any folder. */
const char *reading_series_text(struct reading *r, const struct node *node);

/* write.c: double-quoted YAML of any UTF-8 text */
void write_quoted(struct text_buffer *out, const char *text);

/* instances.c */
int instance_add(struct reading *r, const char *name, const char *kind, struct place place);
/* Every parameter of the kind that map gives; other keys must be among extra or, with common, those
   of every plant (owner, meter, in, at, ports ...), which are read too. where names the thing in
   messages. False when map is no map. */
bool instance_params(struct reading *r, int instance, const struct node *map, const char *where,
                     bool common, const char *const *extra, int extra_count);
/* A number, or a series of numbers, for a PARAM_INPUT parameter; key is what the person wrote. */
void instance_input(struct reading *r, int instance, const char *param_key, const char *key,
                    const struct node *node);
void instance_set(struct reading *r, int instance, const char *key, double value); /* derived */
/* Takes over, as derived, every number and word that both kinds have by the same key. */
void instance_copy(struct reading *r, int from, int to);
void instance_choose(struct reading *r, int instance, double max);

/* halls.c: after the parameters of a data hall were read */
void hall_settle(struct reading *r, int instance);
/* What cools the hall and takes its heat off; then whether the weather lets it. */
void hall_cool(struct reading *r, struct hall *hall, const struct node *entry);
void hall_check_weather(struct reading *r, struct hours *hours);
void hall_check_cooling(struct reading *r,
                        const struct hall *hall); /* its racks against its method */

/* sections.c */
void read_electricity(struct reading *r);
void read_data_centre(struct reading *r);
void read_town(struct reading *r);
void read_network(struct reading *r);
void read_pipes(struct reading *r, const struct node *pipes);
void read_pipe_choices(struct reading *r, const struct node *pipes, const struct node *said);
void read_plant(struct reading *r);
void read_supplies(struct reading *r);

/* tariff_keys.c: the tariff of a connection, NULL where it has none of its own; tariff_write.c: as it is read again */
struct tariff;
const struct tariff *read_meter_tariff(struct reading *r, int grid, const struct node *map);
/* transformer_keys.c: the same of the transformer that feeds it */
const struct meter_transformer *read_meter_transformer(struct reading *r, const struct node *map);
void write_transformer(const struct meter_transformer *transformer, const char *indent,
                       struct text_buffer *out);
void write_tariff(const struct tariff *tariff, const char *indent, struct text_buffer *out);

/* site.c: what rules ask, and the packs of rules */
void read_site(struct reading *r);
void read_rules(struct reading *r);
void write_site(const struct scenario *s, struct text_buffer *out);

/* community.c: taxes, work, loans, grants, promises */
void read_community(struct reading *r);   /* after the instances are known */
void read_third_party(struct reading *r); /* third_party.c; the same */
void write_third_party(const struct scenario *s, struct text_buffer *out);
void write_community(const struct scenario *s, struct text_buffer *out);

/* wiring.c */
int bus_find(const struct scenario *s, const char *name);
int bus_add(struct reading *r, const char *name, enum carrier carrier);
void wire_all(struct reading *r);

/* contracts.c: once all is wired */
void check_contracts(struct reading *r);
void wire_temperatures(struct scenario *s); /* who sets supply and return of each heat bus */
void read_reference(struct reading *r);
void check_objective(struct reading *r);
void set_cases(struct reading *r);
void check_temperatures(struct reading *r);

/* places.c: names of places; what links join them; the bus of a carrier at a place: of its only meter, town entry or
   fuel, or one of the place's own. */
void read_places(struct reading *r);
void read_links(struct reading *r);
void read_at(struct reading *r, int instance, const struct node *at);
int place_bus(struct reading *r, int place, enum carrier carrier, const char *fuel,
              struct place where);
void wire_links(struct reading *r);

/* wired.c: the fully written form (plan.yaml) */
void read_wired(struct reading *r, const struct node *wired);

#endif
