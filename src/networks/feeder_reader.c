/* From tables to a feeder in per unit:  z_pu = z_ohm base_kva / (1000 kV^2),
   b_pu = 2 pi f c z_base,  and for a transformer  z_pu = impedance_frac base_kva / rated_kva. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/feeder_reader.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

#define FREQUENCY_PER_S 50.0
#define PI 3.14159265358979323846
#define BASE_KVA 1000.0

#define BUS(name, member, times, min, max)                                                         \
    { name, offsetof(struct feeder_bus, member), times, min, max }
#define RAW(name, member, times, min, max)                                                         \
    { name, offsetof(struct feeder_raw, member), times, min, max }

const struct feeder_column feeder_bus_columns[] = {
    BUS("vn_kv", nominal_kv, 1.0, 0.05, 1500.0),
    BUS("p_kw", load_kw, 1.0, -1e7, 1e7),
    BUS("p_mw", load_kw, 1e3, -1e4, 1e4),
    BUS("q_kvar", load_kvar, 1.0, -1e7, 1e7),
    BUS("q_mvar", load_kvar, 1e3, -1e4, 1e4),
    BUS("made_kw", made_kw, 1.0, 0.0, 1e7),
    BUS("made_kvar", made_kvar, 1.0, -1e7, 1e7),
    BUS("least_kvar", least_kvar, 1.0, -1e7, 1e7),
    BUS("most_kvar", most_kvar, 1.0, -1e7, 1e7),
    BUS("shunt_kw", shunt_kw, 1.0, -1e7, 1e7),
    BUS("shunt_kvar", shunt_kvar, 1.0, -1e7, 1e7),
    BUS("set_pu", set_pu, 1.0, 0.5, 1.5),
    BUS("lowest_pu", lowest_pu, 1.0, 0.5, 1.2),
    BUS("highest_pu", highest_pu, 1.0, 0.8, 1.5),
    BUS("longitude_deg", longitude_deg, 1.0, -180.0, 180.0),
    BUS("latitude_deg", latitude_deg, 1.0, -90.0, 90.0),
};
const int feeder_bus_columns_count = COUNT(feeder_bus_columns);

const struct feeder_column feeder_branch_columns[] = {
    RAW("r_ohm", r_ohm, 1.0, 0.0, 1e5),
    RAW("x_ohm", x_ohm, 1.0, -1e5, 1e5),
    RAW("r_ohm_km", r_km_ohm, 1.0, 0.0, 1e3),
    RAW("x_ohm_km", x_km_ohm, 1.0, -1e3, 1e3),
    RAW("c_nf", c_value, 1.0, 0.0, 1e6),
    RAW("c_nf_km", c_km_value, 1.0, 0.0, 1e5),
    RAW("length_m", length_m, 1.0, 0.0, 1e6),
    RAW("length_km", length_m, 1e3, 0.0, 1e3),
    RAW("rating_a", rating_a, 1.0, 0.0, 1e9),
    RAW("max_i_ka", rating_a, 1e3, 0.0, 1e6),
    RAW("rating_kva", rating_kva, 1.0, 0.0, 1e9),
    RAW("sn_kva", rated_kva, 1.0, 1.0, 2e6),
    RAW("sn_mva", rated_kva, 1e3, 1e-3, 2e3),
    RAW("vk_percent", impedance_frac, 0.01, 0.1, 50.0),
    RAW("vkr_percent", resistance_frac, 0.01, 0.0, 50.0),
    RAW("tap_ratio", tap_ratio, 1.0, 0.5, 1.5),
    RAW("shift_deg", shift_deg, 1.0, -180.0, 180.0),
};
const int feeder_branch_columns_count = COUNT(feeder_branch_columns);

void feeder_reader_set(struct feeder_reader *reader, const struct feeder_column *column, void *into,
                       double value, struct place place) {
    if (!(value >= column->min && value <= column->max)) {
        char found[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
        (void)text_from_number(found, value);
        (void)text_from_number(low, column->min);
        (void)text_from_number(high, column->max);
        diag_error(reader->diag, place, "%s: %s is outside %s..%s", column->name, found, low, high);
        return;
    }
    double kept = value * column->times_ratio;
    memcpy((char *)into + column->member, &kept, sizeof kept);
}

static unsigned hash_of(const char *text) {
    unsigned hash = 2166136261u;
    for (; *text; text++) {
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    }
    return hash;
}

struct feeder_bus *feeder_reader_bus(struct feeder_reader *reader, const char *name,
                                     struct place place) {
    struct feeder *feeder = reader->feeder;
    if (feeder->buses_count == FEEDER_BUSES_MAX) {
        diag_error(reader->diag, place, "more than %d buses", FEEDER_BUSES_MAX);
        return NULL;
    }
    if (feeder->buses_count == reader->buses_room) {
        int room = reader->buses_room ? 2 * reader->buses_room : 64;
        struct feeder_bus *bus = ARENA_TAKE(reader->arena, struct feeder_bus, room);
        if (!bus) {
            return NULL;
        }
        if (feeder->bus) {
            memcpy(bus, feeder->bus, sizeof *bus * (size_t)feeder->buses_count);
        }
        feeder->bus = bus;
        reader->buses_room = room;
    }
    struct feeder_bus *bus = &feeder->bus[feeder->buses_count++];
    *bus = (struct feeder_bus){.name = name,
                               .place = place,
                               .least_kvar = -(double)INFINITY,
                               .most_kvar = (double)INFINITY,
                               .set_pu = 1.0,
                               .lowest_pu = 0.95,
                               .highest_pu = 1.05,
                               .longitude_deg = (double)NAN,
                               .latitude_deg = (double)NAN};
    return bus;
}

void feeder_reader_kind(struct feeder_reader *reader, struct feeder_bus *bus, const char *text,
                        struct place place) {
    static const char *const words[] = {"load", "held", "source"};
    for (int k = 0; k < COUNT(words); k++) {
        if (strcmp(text, words[k]) == 0) {
            bus->kind = (enum feeder_kind)k;
            return;
        }
    }
    diag_error(reader->diag, place, "kind: there is no %.40s", text);
    diag_remedy(reader->diag, "it is load, held (a generator holds the voltage) or source");
}

void feeder_reader_closed(struct feeder_reader *reader, bool *ret, const char *text,
                          struct place place) {
    static const char *const yes[] = {"true", "True", "TRUE", "yes", "1", "closed"},
                             *const no[] = {"false", "False", "FALSE", "no", "0", "open"};
    for (int k = 0; k < COUNT(yes); k++) {
        if (strcmp(text, yes[k]) == 0 || strcmp(text, no[k]) == 0) {
            *ret = strcmp(text, yes[k]) == 0;
            return;
        }
    }
    diag_error(reader->diag, place, "closed: %.40s is neither true nor false", text);
}

enum status feeder_reader_index(struct feeder_reader *reader) {
    const struct feeder *feeder = reader->feeder;
    reader->slots_count = 2 * feeder->buses_count + 1;
    reader->slot = ARENA_TAKE(reader->arena, int, reader->slots_count);
    if (!reader->slot) {
        return STATUS_NO_MEMORY;
    }
    for (int b = 0; b < feeder->buses_count; b++) {
        int there = feeder_reader_find(reader, feeder->bus[b].name);
        if (there >= 0) {
            diag_error(reader->diag, feeder->bus[b].place, "bus %.60s stands twice",
                       feeder->bus[b].name);
            diag_remedy(reader->diag, "first in line %d: give each bus its own name",
                        feeder->bus[there].place.line);
            continue;
        }
        unsigned at = hash_of(feeder->bus[b].name) % (unsigned)reader->slots_count;
        while (reader->slot[at]) {
            at = (at + 1) % (unsigned)reader->slots_count;
        }
        reader->slot[at] = b + 1;
    }
    return STATUS_OK;
}

int feeder_reader_find(const struct feeder_reader *reader, const char *name) {
    unsigned at = hash_of(name) % (unsigned)reader->slots_count;
    for (; reader->slot[at]; at = (at + 1) % (unsigned)reader->slots_count) {
        if (strcmp(reader->feeder->bus[reader->slot[at] - 1].name, name) == 0) {
            return reader->slot[at] - 1;
        }
    }
    return -1;
}

struct feeder_raw feeder_raw_empty(void) {
    double none = (double)NAN;
    return (struct feeder_raw){none, none, none, none, none, none, none,
                               none, none, none, none, none, none, none};
}

/* Ends of a branch; -1 and a message where a bus is unknown. */
static int find_end(struct feeder_reader *reader, const char *what, const char *name,
                    struct place place) {
    int bus = feeder_reader_find(reader, name);
    if (bus < 0) {
        diag_error(reader->diag, place, "%s: there is no bus %.60s", what, name);
        diag_remedy(reader->diag, "name a bus of the table of buses");
    }
    return bus;
}

/* Whole values, from those per kilometre where these are given. */
static double whole_value(double value, double km_value, double length_m) {
    return isnan(value) ? km_value * length_m / 1000.0 : value;
}

static void set_line(struct feeder_reader *reader, const struct feeder_raw *raw, double kv,
                     struct feeder_branch *branch) {
    double base_ohm = 1000.0 * kv * kv / reader->feeder->base_kva;
    double c_value = whole_value(raw->c_value, raw->c_km_value, raw->length_m);
    branch->r_pu = whole_value(raw->r_ohm, raw->r_km_ohm, raw->length_m) / base_ohm;
    branch->x_pu = whole_value(raw->x_ohm, raw->x_km_ohm, raw->length_m) / base_ohm;
    branch->b_pu = isnan(c_value) ? 0.0 : 2.0 * PI * FREQUENCY_PER_S * c_value * 1e-9 * base_ohm;
}

static void set_transformer(struct feeder_reader *reader, const struct feeder_raw *raw,
                            struct feeder_branch *branch) {
    double scale = reader->feeder->base_kva / raw->rated_kva,
           resistance = isnan(raw->resistance_frac) ? 0.0 : raw->resistance_frac;
    branch->transformer = true;
    branch->r_pu = resistance * scale;
    branch->x_pu =
        sqrt(fmax(raw->impedance_frac * raw->impedance_frac - resistance * resistance, 0.0)) *
        scale;
    branch->b_pu = 0.0;
    branch->rating_kva = raw->rated_kva;
}

static struct feeder_branch *branch_room(struct feeder_reader *reader, struct place place) {
    struct feeder *feeder = reader->feeder;
    if (feeder->branches_count == FEEDER_BRANCHES_MAX) {
        diag_error(reader->diag, place, "more than %d branches", FEEDER_BRANCHES_MAX);
        return NULL;
    }
    if (feeder->branches_count == reader->branches_room) {
        int room = reader->branches_room ? 2 * reader->branches_room : 64;
        struct feeder_branch *branch = ARENA_TAKE(reader->arena, struct feeder_branch, room);
        if (!branch) {
            return NULL;
        }
        if (feeder->branch) {
            memcpy(branch, feeder->branch, sizeof *branch * (size_t)feeder->branches_count);
        }
        feeder->branch = branch;
        reader->branches_room = room;
    }
    return &feeder->branch[feeder->branches_count];
}

enum status feeder_reader_branch(struct feeder_reader *reader, const char *from, const char *to,
                                 const struct feeder_raw *raw, bool closed, const char *name,
                                 struct place place) {
    int ends[2] = {find_end(reader, "from", from, place), find_end(reader, "to", to, place)};
    if (ends[0] < 0 || ends[1] < 0) {
        return STATUS_OK; /* told; the reading goes on */
    }
    struct feeder_branch *branch = branch_room(reader, place);
    if (!branch) {
        return arena_failed(reader->arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
    }
    double kv = reader->feeder->bus[ends[0]].nominal_kv;
    *branch = (struct feeder_branch){
        .name = name,
        .place = place,
        .from = ends[0],
        .to = ends[1],
        .closed = closed,
        .tap_ratio = isnan(raw->tap_ratio) ? 1.0 : raw->tap_ratio,
        .shift_rad = isnan(raw->shift_deg) ? 0.0 : raw->shift_deg * PI / 180.0,
        .rating_kva = (double)INFINITY,
        .length_m = raw->length_m,
    };
    if (!isnan(raw->rated_kva) && !isnan(raw->impedance_frac)) {
        set_transformer(reader, raw, branch);
    } else if (kv > 0.0) {
        set_line(reader, raw, kv, branch);
    } else {
        diag_error(reader->diag, place, "branch %.60s-%.60s: bus %.60s has no vn_kv", from, to,
                   from);
        diag_remedy(reader->diag, "ohms become per unit by the voltage: give vn_kv");
        return STATUS_OK;
    }
    if (isnan(branch->r_pu) || isnan(branch->x_pu)) {
        diag_error(reader->diag, place, "branch %.60s-%.60s has no impedance", from, to);
        diag_remedy(reader->diag,
                    "give r_ohm and x_ohm, or r_ohm_km, x_ohm_km and length_m, or for "
                    "a transformer sn_kva, vk_percent and vkr_percent");
        return STATUS_OK;
    }
    if (!isnan(raw->rating_a) && kv > 0.0) {
        branch->rating_kva = fmin(branch->rating_kva, sqrt(3.0) * kv * raw->rating_a);
    }
    branch->rating_kva =
        fmin(branch->rating_kva, isnan(raw->rating_kva) ? (double)INFINITY : raw->rating_kva);
    reader->feeder->branches_count++;
    return STATUS_OK;
}

/* ---- the door of reading ---------------------------------------------------------------------- */
static enum status finish(struct feeder_reader *reader, int errors_before) {
    if (arena_failed(reader->arena)) {
        return STATUS_NO_MEMORY;
    }
    TRY(feeder_check(reader->arena, reader->diag, reader->feeder));
    return diag_errors(reader->diag) > errors_before ? STATUS_BAD_SCENARIO : STATUS_OK;
}

static enum status read_text(struct feeder_reader *reader, const char *name, const char *text,
                             size_t size, bool branches) {
    diag_file(reader->diag, name, text, size);
    if (text_ends_with(name, ".m")) {
        return feeder_read_matpower(reader, text, size);
    }
    if (text_ends_with(name, ".csv")) {
        return feeder_read_csv(reader, name, text, size, branches);
    }
    return feeder_read_geojson(reader, name, text, size);
}

static void begin(struct feeder_reader *reader, struct arena *arena, struct diag *diag,
                  const char *file, struct feeder *feeder) {
    *feeder = (struct feeder){.file = file, .base_kva = BASE_KVA, .source = -1};
    *reader = (struct feeder_reader){.arena = arena, .diag = diag, .feeder = feeder};
}

enum status feeder_parse(struct arena *arena, struct diag *diag, const char *name, const char *text,
                         size_t size, struct feeder *ret) {
    struct feeder_reader reader;
    struct feeder feeder;
    int before = diag_errors(diag);
    begin(&reader, arena, diag, name, &feeder);
    TRY(read_text(&reader, name, text, size, false));
    TRY(finish(&reader, before));
    *ret = feeder;
    return STATUS_OK;
}

enum status feeder_read(struct arena *arena, struct diag *diag, const char *const *paths, int count,
                        struct feeder *ret) {
    enum { FILES_MAX = 8, BYTES_MAX = 16 << 20 };
    struct feeder_reader reader;
    struct feeder feeder;
    char *text[FILES_MAX];
    size_t size[FILES_MAX];
    int before = diag_errors(diag);
    begin(&reader, arena, diag, count > 0 ? paths[0] : NULL, &feeder);
    if (count < 1 || count > FILES_MAX) {
        diag_error(diag, (struct place){NULL, 0, 0}, "a feeder is one to %d files", FILES_MAX);
        return STATUS_USAGE;
    }
    bool indexed = false;
    for (int k = 0; k < count; k++) {
        TRY(file_read(arena, diag, (struct place){NULL, 0, 0}, paths[k], BYTES_MAX, &text[k],
                      &size[k]));
    }
    for (int pass = 0; pass < 2; pass++) { /* buses first, whatever the order of the files */
        for (int k = 0; k < count; k++) {
            bool branches =
                text_ends_with(paths[k], ".csv") && feeder_csv_has_branches(text[k], size[k]);
            if (branches != (pass == 1)) {
                continue;
            }
            if (pass == 1 && !indexed) {
                TRY(feeder_reader_index(&reader));
                indexed = true;
            }
            TRY(read_text(&reader, paths[k], text[k], size[k], branches));
        }
    }
    TRY(finish(&reader, before));
    *ret = feeder;
    return STATUS_OK;
}
