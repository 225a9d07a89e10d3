/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "slp.h"

static const double endless = 1e30;

struct spec {
    long series;
    double value;
};

struct term {
    long row, index, lag;
    struct spec value;
};

struct reader {
    const char *data, *end;
    struct arena *arena;
    bool failed;
    long steps, columns, rows, designs, sums, series, periods;
    long terms[5]; /* step, design, period, sum on steps, sum on designs */
    struct spec *cost, *upper, *side;
    char *sense, *sum_sense;
    double *design_cost, *design_upper, *sum_side;
    struct term *term[5];
    const int *month;
    const double **serie;
};

/* The next word of the text; an empty one where it ends. */
static const char *word(struct reader *reader, size_t *ret_size) {
    while (reader->data < reader->end && (*reader->data == ' ' || *reader->data == '\n')) {
        reader->data++;
    }
    const char *begin = reader->data;
    while (reader->data < reader->end && *reader->data != ' ' && *reader->data != '\n') {
        reader->data++;
    }
    *ret_size = (size_t)(reader->data - begin);
    return begin;
}

static double number(struct reader *reader) {
    double value = 0.0;
    size_t size;
    const char *text = word(reader, &size);
    reader->failed = reader->failed || !text_number(text, size, &value);
    return value;
}

/* An integer in [least, below). */
static long integer(struct reader *reader, long least, long below) {
    long value = 0;
    size_t size;
    const char *text = word(reader, &size);
    reader->failed =
        reader->failed || !text_integer(text, size, &value) || value < least || value >= below;
    return reader->failed ? least : value;
}

static char letter(struct reader *reader) {
    size_t size;
    const char *text = word(reader, &size);
    reader->failed = reader->failed || size != 1 || !strchr("LEG", text[0]);
    return reader->failed ? 'L' : text[0];
}

static void skip_name(struct reader *reader) {
    size_t size;
    (void)word(reader, &size);
    reader->failed = reader->failed || size == 0;
}

static struct spec take_spec(struct reader *reader) {
    long series = integer(reader, -1, reader->series);
    return (struct spec){series, number(reader)};
}

static void read_head(struct reader *reader) {
    const long most = INT_MAX / 64;
    size_t size;
    const char *head = word(reader, &size);
    reader->failed = size != 3 || memcmp(head, "SLP", 3) != 0;
    reader->steps = integer(reader, 1, most);
    reader->columns = integer(reader, 0, most);
    reader->rows = integer(reader, 0, most);
    reader->designs = integer(reader, 0, most);
    reader->sums = integer(reader, 0, most);
    reader->series = integer(reader, 0, most);
    reader->periods = integer(reader, 1, most);
    for (int k = 0; k < 5; k++) {
        reader->terms[k] = integer(reader, 0, most);
    }
}

static void read_lists(struct reader *reader) {
    for (long c = 0; c < reader->columns; c++) {
        skip_name(reader);
        reader->cost[c] = take_spec(reader);
        reader->upper[c] = take_spec(reader);
    }
    for (long r = 0; r < reader->rows; r++) {
        skip_name(reader);
        reader->sense[r] = letter(reader);
        reader->side[r] = take_spec(reader);
    }
    for (long d = 0; d < reader->designs; d++) {
        skip_name(reader);
        reader->design_cost[d] = number(reader);
        reader->design_upper[d] = number(reader);
    }
    for (long k = 0; k < reader->sums; k++) {
        skip_name(reader);
        reader->sum_sense[k] = letter(reader);
        reader->sum_side[k] = number(reader);
    }
}

static void read_terms(struct reader *reader) {
    for (int kind = 0; kind < 5; kind++) {
        bool sum = kind >= 3, design = kind == 1 || kind == 2 || kind == 4;
        for (long i = 0; i < reader->terms[kind]; i++) {
            struct term *term = &reader->term[kind][i];
            term->row = integer(reader, 0, sum ? reader->sums : reader->rows);
            term->index = integer(reader, 0, design ? reader->designs : reader->columns);
            term->lag = kind == 0 ? integer(reader, 0, 2) : 0;
            term->value = kind == 4 ? (struct spec){-1, number(reader)} : take_spec(reader);
        }
    }
}

/* The numbers behind the line DATA, copied: they need not be aligned in the file. */
static void read_data(struct reader *reader) {
    size_t size, steps = (size_t)reader->steps;
    const char *head = word(reader, &size);
    size_t bytes = steps * sizeof(int) + (size_t)reader->series * steps * sizeof(double);
    if (size != 4 || memcmp(head, "DATA", 4) != 0 || reader->data >= reader->end ||
        (size_t)(reader->end - reader->data - 1) != bytes) {
        reader->failed = true;
        return;
    }
    const char *at = reader->data + 1;
    int *month = ARENA_TAKE(reader->arena, int, reader->steps);
    double *all = ARENA_TAKE(reader->arena, double, reader->series * reader->steps);
    if (!month || !all) {
        reader->failed = true;
        return;
    }
    memcpy(month, at, steps * sizeof(int));
    memcpy(all, at + steps * sizeof(int), bytes - steps * sizeof(int));
    reader->month = month;
    for (long s = 0; s < reader->series; s++) {
        reader->serie[s] = all + s * reader->steps;
    }
}

static struct numbers numbers_of(struct reader *reader, struct programme_builder *builder,
                                 struct spec spec) {
    if (spec.series >= 0) {
        return numbers_by_step(reader->serie[spec.series]);
    }
    return programme_constant(builder, spec.value >= endless ? HUGE_VAL : spec.value);
}

/* Where a column of the file stands in the programme. */
struct homes {
    bool *state;
    int *index;  /* of a column or a state */
    int *design; /* design column, or period family */
    bool *in_family;
};

static void find_homes(struct reader *reader, struct homes *homes) {
    int states = 0, columns = 0, designs = 0, families = 0;
    for (long i = 0; i < reader->terms[0]; i++) {
        const struct term *term = &reader->term[0][i];
        homes->state[term->index] |= term->lag == 1;
    }
    for (long c = 0; c < reader->columns; c++) {
        homes->index[c] = homes->state[c] ? states++ : columns++;
    }
    for (long i = 0; i < reader->terms[2]; i++) {
        long base = reader->term[2][i].index;
        for (long p = base; p < base + reader->periods && p < reader->designs; p++) {
            homes->in_family[p] = true;
        }
    }
    for (long d = 0; d < reader->designs; d++) {
        if (!homes->in_family[d]) {
            homes->design[d] = designs++;
            continue;
        }
        for (long p = 0; p < reader->periods && d + p < reader->designs; p++) {
            homes->design[d + p] = families;
        }
        families++;
        d += reader->periods - 1;
    }
}

static void add_columns(struct reader *reader, struct programme_builder *b,
                        const struct homes *homes) {
    struct numbers zero = programme_constant(b, 0.0);
    for (long c = 0; c < reader->columns; c++) {
        struct programme_column column = {arena_format(reader->arena, "x%ld", c),
                                          numbers_of(reader, b, reader->cost[c]),
                                          zero,
                                          numbers_of(reader, b, reader->upper[c]),
                                          0,
                                          0.0};
        (void)(homes->state[c] ? programme_add_state(b, 0, column)
                               : programme_add_column(b, 0, column));
    }
    struct numbers open = programme_constant(b, -HUGE_VAL), top = programme_constant(b, HUGE_VAL);
    for (long r = 0; r < reader->rows; r++) {
        struct numbers side = numbers_of(reader, b, reader->side[r]);
        struct programme_row row = {arena_format(reader->arena, "r%ld", r),
                                    reader->sense[r] == 'L' ? open : side,
                                    reader->sense[r] == 'G' ? top : side, 0, false};
        (void)programme_add_row(b, 0, row);
    }
    for (long d = 0; d < reader->designs; d++) {
        const char *name = arena_format(reader->arena, "d%ld", d);
        if (!homes->in_family[d]) {
            double upper = reader->design_upper[d] >= endless ? HUGE_VAL : reader->design_upper[d];
            (void)programme_add_design(
                b, (struct programme_design){name, reader->design_cost[d], 0.0, upper});
        } else {
            for (long p = d; p < d + reader->periods && p < reader->designs; p++) {
                reader->design_upper[p] =
                    reader->design_upper[p] >= endless ? HUGE_VAL : reader->design_upper[p];
            }
            struct programme_column family = {name, numbers_by_step(reader->design_cost + d),
                                              zero, numbers_by_step(reader->design_upper + d),
                                              0,    0.0};
            (void)programme_add_period(b, 0, family);
            d += reader->periods - 1;
        }
    }
}

static void add_sums(struct reader *reader, struct programme_builder *b) {
    for (long k = 0; k < reader->sums; k++) {
        char sense = reader->sum_sense[k];
        double side = reader->sum_side[k];
        struct programme_row row = {arena_format(reader->arena, "k%ld", k),
                                    programme_constant(b, sense == 'L' ? -HUGE_VAL : side),
                                    programme_constant(b, sense == 'G' ? HUGE_VAL : side), 1, true};
        (void)programme_add_sum(b, 0, row);
    }
}

static void add_terms(struct reader *reader, struct programme_builder *b,
                      const struct homes *homes) {
    for (int kind = 0; kind < 5; kind++) {
        for (long i = 0; i < reader->terms[kind]; i++) {
            const struct term *term = &reader->term[kind][i];
            struct numbers value = numbers_of(reader, b, term->value);
            bool steps = kind == 0 || kind == 3;
            int index = steps ? homes->index[term->index] : homes->design[term->index];
            enum programme_where where = kind == 2                    ? IN_PERIOD
                                         : !steps                     ? IN_DESIGN
                                         : !homes->state[term->index] ? IN_STEP
                                         : term->lag == 1             ? IN_BEGIN
                                                                      : IN_END;
            if (kind < 3) {
                programme_add_entry(b, 0, (int)term->row, where, index, value);
            } else {
                programme_add_sum_entry(b, 0, (int)term->row, where, index, value);
            }
        }
    }
}

static bool take_room(struct reader *reader, struct homes *homes) {
    struct arena *arena = reader->arena;
    reader->cost = ARENA_TAKE(arena, struct spec, reader->columns);
    reader->upper = ARENA_TAKE(arena, struct spec, reader->columns);
    reader->side = ARENA_TAKE(arena, struct spec, reader->rows);
    reader->sense = ARENA_TAKE(arena, char, reader->rows);
    reader->sum_sense = ARENA_TAKE(arena, char, reader->sums);
    reader->design_cost = ARENA_TAKE(arena, double, reader->designs);
    reader->design_upper = ARENA_TAKE(arena, double, reader->designs);
    reader->sum_side = ARENA_TAKE(arena, double, reader->sums);
    reader->serie = ARENA_TAKE(arena, const double *, reader->series);
    for (int k = 0; k < 5; k++) {
        reader->term[k] = ARENA_TAKE(arena, struct term, reader->terms[k]);
    }
    *homes = (struct homes){
        ARENA_TAKE(arena, bool, reader->columns), ARENA_TAKE(arena, int, reader->columns),
        ARENA_TAKE(arena, int, reader->designs), ARENA_TAKE(arena, bool, reader->designs)};
    return !arena_failed(arena);
}

const char *slp_read(const char *data, size_t size, struct arena *arena, struct programme **ret) {
    struct reader reader = {.data = data, .end = data + size, .arena = arena};
    struct homes homes;
    struct programme_builder *b = programme_builder_new(arena, "slp");
    int *follows = ARENA_TAKE(arena, int, 1);
    read_head(&reader);
    if (reader.failed || !take_room(&reader, &homes) || !follows) {
        return "no slp file, or memory is out";
    }
    int *whole = ARENA_TAKE(arena, int, reader.steps);
    read_lists(&reader);
    read_terms(&reader);
    read_data(&reader);
    if (reader.failed || !whole) {
        return "a number is missing or out of range";
    }
    find_homes(&reader, &homes);
    (void)programme_add_block(b, 1, (int)reader.steps, 1.0, NULL, follows);
    (void)programme_add_map(b, 0, (struct programme_map){(int)reader.periods, reader.month});
    (void)programme_add_map(b, 0, (struct programme_map){1, whole});
    add_columns(&reader, b, &homes);
    add_sums(&reader, b);
    add_terms(&reader, b, &homes);
    *ret = programme_finish(b);
    return *ret ? programme_mistake(*ret, arena) : "memory is out";
}
