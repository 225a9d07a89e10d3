/* Reads what replay_write.c writes, from anyone: the checksum is compared first, then each line is
   checked as it is read, against limits that keep a short file from asking for a long day. The
   first mistake ends the reading. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <string.h>

#include "base/hash.h"
#include "optimise/export.h"
#include "optimise/replay_token.h"

enum { STEPS_LIMIT = 1 << 24, COLUMNS_LIMIT = 40 * 1000 * 1000, TERMS_LIMIT = 400 * 1000 * 1000 };

/* The programme as it stands; only after the line "programme". */
static const struct programme *built(const struct replay_reader *reader) {
    return programme_finish(reader->builder);
}

static const struct programme_block *last_block(const struct replay_reader *reader) {
    const struct programme *programme = built(reader);
    return programme && programme->blocks_count > 0
               ? &programme->blocks[programme->blocks_count - 1]
               : NULL;
}

static bool within(struct replay_reader *reader, long *total, double more, int limit,
                   const char *what) {
    struct replay_token token = replay_here(reader);
    if ((double)*total + more > limit) {
        return replay_fail(reader, &token, "more than %d %s", limit, what);
    }
    *total += (long)more;
    return true;
}

static bool read_array(struct replay_reader *reader) {
    int number = 0, count = 0;
    if (!replay_take_integer(reader, "array", false, reader->arrays_count, reader->arrays_count,
                             &number) ||
        !replay_take_integer(reader, "count of values", false, 1, INT_MAX, &count)) {
        return false;
    }
    if (reader->arrays_count == reader->arrays_room) {
        struct replay_array *larger =
            ARENA_TAKE(reader->arena, struct replay_array, 2L * reader->arrays_room + 16);
        if (!larger) {
            return false;
        }
        if (reader->arrays_count) {
            memcpy(larger, reader->arrays, (size_t)reader->arrays_count * sizeof *larger);
        }
        reader->arrays = larger;
        reader->arrays_room = 2 * reader->arrays_room + 16;
    }
    const double *value = replay_take_values(reader, "array", count);
    reader->arrays[reader->arrays_count++] = (struct replay_array){value, count};
    return value != NULL;
}

static bool read_constant(struct replay_reader *reader) {
    /* the builder's programme is ours: nobody else has seen it */
    struct programme *programme = programme_finish(reader->builder);
    return programme && replay_take_number(reader, "constant", &programme->objective_constant);
}

static bool read_design(struct replay_reader *reader) {
    struct programme_design design = {NULL, 0.0, 0.0, 0.0};
    return replay_take_number(reader, "cost", &design.cost) &&
           replay_take_number(reader, "lower bound", &design.lower) &&
           replay_take_number(reader, "upper bound", &design.upper) &&
           replay_take_name(reader, &design.name) &&
           within(reader, &reader->columns, 1.0, COLUMNS_LIMIT, "columns") &&
           programme_add_design(reader->builder, design) >= 0;
}

static bool take_flag(struct replay_reader *reader, bool *ret) {
    int flag = 0;
    bool good = replay_take_integer(reader, "elastic", false, 0, 1, &flag);
    *ret = flag != 0;
    return good;
}

static bool read_border(struct replay_reader *reader) {
    struct programme_border_row row = {NULL, 0.0, 0.0, false};
    return replay_take_number(reader, "lower bound", &row.lower) &&
           replay_take_number(reader, "upper bound", &row.upper) &&
           take_flag(reader, &row.elastic) && replay_take_name(reader, &row.name) &&
           within(reader, &reader->rows, 1.0, COLUMNS_LIMIT, "rows") &&
           programme_add_border_row(reader->builder, row) >= 0;
}

static bool take_word(struct replay_reader *reader, const char *word) {
    struct replay_token token = replay_next(reader, true);
    if (token.size != strlen(word) || memcmp(token.text, word, token.size) != 0) {
        return replay_fail(reader, &token, "found '%s', expected '%s'",
                           replay_shown(reader, &token), word);
    }
    return true;
}

static bool read_block(struct replay_reader *reader) {
    int segments = 0, steps = 0;
    double step_h = 0.0;
    if (!replay_take_integer(reader, "segments", false, 1, STEPS_LIMIT, &segments) ||
        !replay_take_integer(reader, "steps of a segment", false, 1, STEPS_LIMIT / segments,
                             &steps) ||
        !replay_take_number(reader, "length of a step", &step_h) ||
        !replay_take_end_of_line(reader) || !take_word(reader, "follows")) {
        return false;
    }
    const int *follows =
        replay_take_integers(reader, "follows", segments, PROGRAMME_FIXED, segments - 1);
    if (!follows || !replay_take_end_of_line(reader) || !take_word(reader, "weights")) {
        return false;
    }
    size_t before = reader->at;
    struct replay_token token = replay_next(reader, false);
    const double *weights = NULL;
    if (token.size != 4 || memcmp(token.text, "none", 4) != 0) {
        reader->at = before;
        weights = replay_take_values(reader, "weight", segments);
        if (!weights) {
            return false;
        }
    }
    return programme_add_block(reader->builder, segments, steps, step_h, weights, follows) >= 0;
}

/* Most lines belong to the last block. */
static const struct programme_block *need_block(struct replay_reader *reader) {
    const struct programme_block *block = last_block(reader);
    if (!block) {
        struct replay_token token = replay_here(reader);
        replay_fail(reader, &token, "no block was begun");
    }
    return block;
}

static int last_index(const struct replay_reader *reader) {
    return built(reader)->blocks_count - 1;
}

static bool read_map(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    struct programme_map map = {0, NULL};
    if (!block || !replay_take_integer(reader, "periods", false, 1, STEPS_LIMIT, &map.periods)) {
        return false;
    }
    map.period_of_step = replay_take_integers(reader, "period", programme_steps(block),
                                              PROGRAMME_NO_PERIOD, map.periods - 1);
    return map.period_of_step && programme_add_map(reader->builder, last_index(reader), map) >= 0;
}

/* The family's map, which must exist; its number of periods. */
static bool take_map(struct replay_reader *reader, const struct programme_block *block,
                     int *ret_map, int *ret_periods) {
    if (!replay_take_integer(reader, "map", false, 0, block->maps_count - 1, ret_map)) {
        return false;
    }
    *ret_periods = block->maps[*ret_map].periods;
    return true;
}

static bool take_column(struct replay_reader *reader, int members,
                        struct programme_column *column) {
    return replay_take_numbers(reader, "cost", members, &column->cost) &&
           replay_take_numbers(reader, "lower bound", members, &column->lower) &&
           replay_take_numbers(reader, "upper bound", members, &column->upper) &&
           within(reader, &reader->columns, members, COLUMNS_LIMIT, "columns");
}

static bool read_column(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    struct programme_column column = {0};
    return block && take_column(reader, programme_steps(block), &column) &&
           replay_take_name(reader, &column.name) &&
           programme_add_column(reader->builder, last_index(reader), column) >= 0;
}

static bool read_state(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    struct programme_column state = {0};
    return block && take_column(reader, programme_steps(block), &state) &&
           replay_take_number(reader, "start level", &state.start_level_ratio) &&
           replay_take_name(reader, &state.name) &&
           programme_add_state(reader->builder, last_index(reader), state) >= 0;
}

static bool read_period(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    struct programme_column family = {0};
    int periods = 0;
    return block && take_map(reader, block, &family.map, &periods) &&
           take_column(reader, periods, &family) && replay_take_name(reader, &family.name) &&
           programme_add_period(reader->builder, last_index(reader), family) >= 0;
}

static bool take_row(struct replay_reader *reader, int members, struct programme_row *row) {
    return replay_take_numbers(reader, "lower bound", members, &row->lower) &&
           replay_take_numbers(reader, "upper bound", members, &row->upper) &&
           take_flag(reader, &row->elastic) && replay_take_name(reader, &row->name) &&
           within(reader, &reader->rows, members, COLUMNS_LIMIT, "rows");
}

static bool read_row(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    struct programme_row row = {0};
    return block && take_row(reader, programme_steps(block), &row) &&
           programme_add_row(reader->builder, last_index(reader), row) >= 0;
}

static bool read_sum(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    struct programme_row family = {0};
    int periods = 0;
    return block && take_map(reader, block, &family.map, &periods) &&
           take_row(reader, periods, &family) &&
           programme_add_sum(reader->builder, last_index(reader), family) >= 0;
}

static bool take_where(struct replay_reader *reader, enum programme_where *ret) {
    static const char *const words[] = {[IN_STEP] = "step",
                                        [IN_BEGIN] = "begin",
                                        [IN_END] = "end",
                                        [IN_DESIGN] = "design",
                                        [IN_PERIOD] = "period"};
    struct replay_token token = replay_next(reader, false);
    for (int w = 0; w < COUNT(words); w++) {
        if (token.size == strlen(words[w]) && memcmp(token.text, words[w], token.size) == 0) {
            *ret = (enum programme_where)w;
            return true;
        }
    }
    return replay_fail(reader, &token, "found '%s', expected step, begin, end, design or period",
                       replay_shown(reader, &token));
}

static int columns_in(const struct replay_reader *reader, const struct programme_block *block,
                      enum programme_where where) {
    switch (where) {
    case IN_STEP:
        return block->columns_count;
    case IN_BEGIN:
    case IN_END:
        return block->states_count;
    case IN_PERIOD:
        return block->periods_count;
    case IN_DESIGN:
        break;
    }
    return built(reader)->designs_count;
}

static bool read_entry(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    enum programme_where where = IN_STEP;
    int row = 0, index = 0;
    struct numbers value = {NULL, 0};
    if (!block || !replay_take_integer(reader, "row", false, 0, block->rows_count - 1, &row) ||
        !take_where(reader, &where) ||
        !replay_take_integer(reader, "column", false, 0, columns_in(reader, block, where) - 1,
                             &index) ||
        !replay_take_numbers(reader, "entry", programme_steps(block), &value) ||
        !within(reader, &reader->terms, programme_steps(block), TERMS_LIMIT, "terms")) {
        return false;
    }
    programme_add_entry(reader->builder, last_index(reader), row, where, index, value);
    return true;
}

static bool read_sum_entry(struct replay_reader *reader) {
    const struct programme_block *block = need_block(reader);
    enum programme_where where = IN_STEP;
    int row = 0, index = 0;
    struct numbers value = {NULL, 0};
    if (!block || !replay_take_integer(reader, "row", false, 0, block->sums_count - 1, &row) ||
        !take_where(reader, &where) ||
        !replay_take_integer(reader, "column", false, 0, columns_in(reader, block, where) - 1,
                             &index)) {
        return false;
    }
    int members =
        where == IN_STEP ? programme_steps(block) : block->maps[block->sums[row].map].periods;
    if (!replay_take_numbers(reader, "entry", members, &value) ||
        !within(reader, &reader->terms, members, TERMS_LIMIT, "terms")) {
        return false;
    }
    programme_add_sum_entry(reader->builder, last_index(reader), row, where, index, value);
    return true;
}

static bool read_border_entry(struct replay_reader *reader) {
    const struct programme *programme = built(reader);
    struct programme_border_entry entry = {.where = IN_DESIGN};
    if (!replay_take_integer(reader, "row", false, 0, programme->border_rows_count - 1,
                             &entry.row) ||
        !take_where(reader, &entry.where)) {
        return false;
    }
    bool good = replay_take_integer(reader, "column", false, 0, INT_MAX, &entry.index);
    if (good && entry.where == IN_PERIOD) {
        good = replay_take_integer(reader, "block", false, 0, programme->blocks_count - 1,
                                   &entry.block) &&
               replay_take_integer(reader, "period", false, 0, INT_MAX, &entry.period);
    }
    if (!good || !replay_take_number(reader, "entry", &entry.value) ||
        !within(reader, &reader->terms, 1.0, TERMS_LIMIT, "terms")) {
        return false;
    }
    programme_add_border_entry(reader->builder, entry);
    return true;
}

static bool read_end(struct replay_reader *reader) {
    reader->ended = true;
    return true;
}

static const struct line {
    const char *word;
    bool (*read)(struct replay_reader *reader);
} lines[] = {
    {"array", read_array},
    {"constant", read_constant},
    {"design", read_design},
    {"border", read_border},
    {"block", read_block},
    {"map", read_map},
    {"column", read_column},
    {"state", read_state},
    {"period", read_period},
    {"row", read_row},
    {"sum", read_sum},
    {"entry", read_entry},
    {"sum_entry", read_sum_entry},
    {"border_entry", read_border_entry},
    {"end", read_end},
};

static bool read_line(struct replay_reader *reader) {
    struct replay_token token = replay_next(reader, true);
    for (int l = 0; l < COUNT(lines); l++) {
        if (token.size == strlen(lines[l].word) &&
            memcmp(token.text, lines[l].word, token.size) == 0) {
            return lines[l].read(reader) && built(reader) && replay_take_end_of_line(reader);
        }
    }
    return token.size ? replay_fail(reader, &token, "'%s' begins no line of a replay",
                                    replay_shown(reader, &token))
                      : replay_fail(reader, &token, "the file ends before its line 'end'");
}

/* The last line holds the checksum of all before it. */
static bool check_sum(struct replay_reader *reader) {
    static const char word[] = "sha256 ";
    const size_t length = sizeof word - 1 + HASH_HEX_SIZE - 1 + 1;
    struct replay_token nowhere = {reader->text, reader->text, 0, 0};
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    const char *last = reader->text + (reader->size < length ? 0 : reader->size - length);
    if (reader->size < length || memcmp(last, word, sizeof word - 1) != 0 ||
        last[length - 1] != '\n') {
        return replay_fail(reader, &nowhere,
                           "the file has no checksum at its end: it was cut off, or is no replay");
    }
    hash_init(&hash);
    hash_add(&hash, reader->text, reader->size - length);
    hash_hex(&hash, hex);
    if (memcmp(hex, last + sizeof word - 1, HASH_HEX_SIZE - 1) != 0) {
        return replay_fail(reader, &nowhere,
                           "the checksum does not fit: the file was changed after it was written");
    }
    reader->size -= length;
    return true;
}

static bool read_all(struct replay_reader *reader) {
    const char *name = NULL;
    int version = 0;
    if (!take_word(reader, "hearth_replay") ||
        !replay_take_integer(reader, "version", false, 1, 1, &version) ||
        !replay_take_end_of_line(reader) || !check_sum(reader) || !take_word(reader, "programme") ||
        !replay_take_name(reader, &name)) {
        return false;
    }
    reader->builder = programme_builder_new(reader->arena, name);
    while (reader->builder && !reader->ended) {
        if (!read_line(reader)) {
            return false;
        }
    }
    struct replay_token rest = replay_next(reader, true);
    return rest.size == 0 ||
           replay_fail(reader, &rest, "'%s' stands behind the end", replay_shown(reader, &rest));
}

enum status replay_read(const char *file, const char *text, size_t size, struct arena *arena,
                        struct diag *diag, struct programme **ret) {
    struct replay_reader reader = {
        .file = file, .text = text, .size = size, .line = 1, .arena = arena, .diag = diag};
    diag_file(diag, file, text, size);
    if (!read_all(&reader)) {
        return reader.failed && !arena_failed(arena) ? STATUS_BAD_SCENARIO : STATUS_NO_MEMORY;
    }
    struct programme *programme = programme_finish(reader.builder);
    if (!programme) {
        return STATUS_NO_MEMORY;
    }
    const char *mistake = programme_mistake(programme, arena);
    if (mistake) {
        struct replay_token end = replay_here(&reader);
        replay_fail(&reader, &end, "%s", mistake);
        return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
    }
    *ret = programme;
    return STATUS_OK;
}
