/* The builder, the order of columns and rows, names, flattening and mistakes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "programmes.h"

static struct arena *arena_for_test(void) {
    struct arena *arena = arena_new(0);
    assert_non_null(arena);
    return arena;
}

/* Column `column` of the flat matrix holds value in row `row`; zero where it has no entry. */
static double cell(const struct programme_flat *flat, long row, long column) {
    for (long k = flat->start[column]; k < flat->start[column + 1]; k++) {
        if (flat->row[k] == row) {
            return flat->value[k];
        }
    }
    return 0.0;
}

static void order_of_two_blocks(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    struct programme *p = programmes_two_blocks(arena);
    assert_non_null(p);
    assert_null(programme_mistake(p, arena));
    /* 2 design; block 0: 2 columns and 1 state of 6 steps, 1 family of 2 periods; block 1: 1, 1 of
       3 steps, 1 of 1 */
    assert_int_equal(programme_columns(p), 2 + 6 * 3 + 2 + 3 * 2 + 1);
    assert_int_equal(programme_rows(p), 1 + 6 * 3 + 2 + 3);
    assert_int_equal(programme_at_design(p, 1), 1);
    assert_int_equal(programme_at_column(p, 0, 0, 0), 2);
    assert_int_equal(programme_at_column(p, 0, 1, 5), 2 + 11);
    assert_int_equal(programme_at_state(p, 0, 0, 2), 2 + 12 + 2);
    assert_int_equal(programme_at_period(p, 0, 0, 1), 2 + 18 + 1);
    assert_int_equal(programme_at_column(p, 1, 0, 0), 22);
    assert_int_equal(programme_at_state(p, 1, 0, 2), 27);
    assert_int_equal(programme_at_period(p, 1, 0, 0), 28);
    assert_int_equal(programme_at_border(p, 0), 0);
    assert_int_equal(programme_at_row(p, 0, 2, 3), 1 + 12 + 3);
    assert_int_equal(programme_at_sum(p, 0, 0, 1), 1 + 18 + 1);
    assert_int_equal(programme_at_row(p, 1, 0, 2), 23);
    assert_int_equal(programme_steps(&p->blocks[0]), 6);
    arena_free(arena);
}

static void begin_levels(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct programme *p = programmes_two_blocks(arena);
    static const int before[] = {3, 0, 1, 2, 5, 4};
    for (int t = 0; t < 6; t++) {
        assert_int_equal(programme_before(&p->blocks[0], t), before[t]);
    }
    assert_int_equal(programme_before(&p->blocks[1], 0), PROGRAMME_FIXED);
    assert_int_equal(programme_before(&p->blocks[1], 2), 1);
    arena_free(arena);
}

static void names(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct programme *p = programmes_two_blocks(arena);
    assert_string_equal(programme_column_name(p, arena, 1), "spare");
    assert_string_equal(programme_column_name(p, arena, 2), "make[block=0,t=0]");
    assert_string_equal(programme_column_name(p, arena, 19), "tank[block=0,t=5]");
    assert_string_equal(programme_column_name(p, arena, 21), "peak[block=0,p=1]");
    assert_string_equal(programme_column_name(p, arena, 24), "buy[block=1,t=2]");
    assert_string_equal(programme_column_name(p, arena, 28), "most[block=1,p=0]");
    assert_null(programme_column_name(p, arena, 29));
    assert_null(programme_column_name(p, arena, -1));
    assert_string_equal(programme_row_name(p, arena, 0), "limit");
    assert_string_equal(programme_row_name(p, arena, 16), "top[block=0,t=3]");
    assert_string_equal(programme_row_name(p, arena, 20), "budget[block=0,p=1]");
    assert_string_equal(programme_row_name(p, arena, 23), "level[block=1,t=2]");
    assert_null(programme_row_name(p, arena, 24));
    assert_null(programme_row_name(p, arena, -1));
    struct programme *plant = programmes_plant(arena, 2, 24, 1);
    assert_string_equal(programme_column_name(plant, arena, programme_at_column(plant, 0, 0, 17)),
                        "grid.import[t=17]");
    assert_string_equal(programme_row_name(plant, arena, programme_at_sum(plant, 0, 0, 0)),
                        "renewable[p=0]");
    arena_free(arena);
}

static void flat_of_two_blocks(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct programme *p = programmes_two_blocks(arena);
    struct programme_flat f;
    assert_int_equal(programme_flatten(p, arena, &f), STATUS_OK);
    assert_int_equal(f.columns, 29);
    assert_int_equal(f.rows, 24);
    assert_true(f.objective_constant == 100.0);
    /* border */
    assert_true(cell(&f, 0, 0) == 1.5 && cell(&f, 0, 21) == 2.5 && cell(&f, 0, 28) == -3.5);
    assert_true(f.row_upper[0] == 50.0 && f.row_lower[0] == -HUGE_VAL);
    /* the begin level of step 0 is the end level of segment 1, of step 4 that of step 5 */
    assert_true(cell(&f, 1, 14 + 3) == 0.9 && cell(&f, 1, 14) == -1.0);
    assert_true(cell(&f, 1 + 1, 14) == 0.9 && cell(&f, 1 + 4, 14 + 5) == 0.9 &&
                cell(&f, 1 + 4, 14 + 4) == -1.0);
    assert_true(cell(&f, 1 + 2, 2 + 2) == 1.0 && cell(&f, 1 + 2, 8 + 2) == -1.0);
    assert_true(f.row_lower[1 + 3] == 4.0 && f.row_upper[1 + 3] == 4.0);
    /* design in step rows; period columns only where the map has a period */
    assert_true(cell(&f, 7 + 4, 0) == -1.0);
    assert_true(cell(&f, 13 + 1, 20) == 1.0 && cell(&f, 13 + 2, 21) == 1.0);
    assert_true(cell(&f, 13 + 4, 20) == 0.0 && cell(&f, 13 + 4, 21) == 0.0 &&
                cell(&f, 13 + 4, 2 + 4) == -1.0);
    /* sum rows: steps of the period, its period column, the design column */
    assert_true(cell(&f, 19, 2) == 2.0 && cell(&f, 19, 3) == 2.0 && cell(&f, 19, 4) == 0.0 &&
                cell(&f, 20, 4) == 2.0);
    assert_true(cell(&f, 19, 20) == 3.0 && cell(&f, 19, 21) == 0.0 && cell(&f, 20, 21) == 3.0 &&
                cell(&f, 20, 1) == 4.0);
    assert_true(cell(&f, 19, 6) == 0.0 && cell(&f, 20, 6) == 0.0);
    /* the fixed begin level of block 1: 0.5 * 4 moves to the sides of its first row */
    assert_true(f.row_lower[21] == -1.0 && f.row_upper[21] == -1.0 && f.row_lower[22] == 1.0);
    assert_true(cell(&f, 22, 25) == 0.25 && cell(&f, 23, 26) == 0.125 && cell(&f, 21, 25) == -1.0);
    assert_true(f.cost[0] == 7.0 && f.cost[20] == 10.0 && f.cost[21] == 20.0 && f.cost[24] == 2.0);
    assert_true(f.lower[1] == -1.0 && f.upper[1] == HUGE_VAL && f.upper[8] == 9.0 &&
                f.upper[14] == 8.0);
    assert_int_equal(f.nonzeros, programme_nonzeros(p));
    for (long j = 0; j < f.columns; j++) {
        for (long k = f.start[j] + 1; k < f.start[j + 1]; k++) {
            assert_true(f.row[k - 1] < f.row[k]);
        }
    }
    arena_free(arena);
}

/* A segment of one step that follows itself: begin and end are one column. Entries at one place add
   up. */
static void duplicates_are_summed(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    static const int self[] = {0};
    static const double cancels[] = {0.0};
    struct programme_builder *b = programme_builder_new(arena, "one step");
    struct numbers zero = programme_constant(b, 0.0), one = programme_constant(b, 1.0);
    int k = programme_add_block(b, 1, 1, 1.0, NULL, self);
    (void)programme_add_state(b, k, (struct programme_column){"level", one, zero, one, 0, 0.0});
    (void)programme_add_column(b, k, (struct programme_column){"flow", one, zero, one, 0, 0.0});
    (void)programme_add_row(b, k, (struct programme_row){"row", zero, one, 0, false});
    programme_add_entry(b, k, 0, IN_BEGIN, 0, programme_constant(b, -0.75));
    programme_add_entry(b, k, 0, IN_END, 0, one);
    programme_add_entry(b, k, 0, IN_STEP, 0, one);
    programme_add_entry(b, k, 0, IN_STEP, 0, programme_constant(b, -1.0));
    programme_add_entry(b, k, 0, IN_STEP, 0, numbers_by_step(cancels));
    const struct programme *p = programme_finish(b);
    struct programme_flat f;
    assert_int_equal(programme_flatten(p, arena, &f), STATUS_OK);
    assert_int_equal(f.nonzeros, 1);
    assert_true(cell(&f, 0, 1) == 0.25);
    assert_true(cell(&f, 0, 0) == 0.0);
    assert_int_equal(programme_nonzeros(p), 4);
    arena_free(arena);
}

static void empty_programmes(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    const struct programme *p = programme_finish(programme_builder_new(arena, "nothing"));
    struct programme_flat f;
    assert_null(programme_mistake(p, arena));
    assert_int_equal(programme_flatten(p, arena, &f), STATUS_OK);
    assert_int_equal(f.columns + f.rows + f.nonzeros, 0);
    arena_free(arena);
}

static void lists_grow(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    struct programme_builder *b = programme_builder_new(arena, "many");
    for (int d = 0; d < 1000; d++) {
        struct programme_design design = {"size", d, 0.0, 1.0};
        assert_int_equal(programme_add_design(b, design), d);
    }
    const struct programme *p = programme_finish(b);
    for (int d = 0; d < 1000; d++) {
        assert_true(p->designs[d].cost == d);
    }
    arena_free(arena);
}

static void wrong_block_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    struct programme_builder *b = programme_builder_new(arena, "none");
    assert_int_equal(programme_add_row(b, 0, (struct programme_row){0}), -1);
    assert_int_equal(programme_add_design(b, (struct programme_design){0}), -1);
    assert_null(programme_finish(b));
    assert_null(programme_finish(NULL));
    assert_int_equal(programme_add_block(NULL, 1, 1, 1.0, NULL, NULL), -1);
    arena_free(arena);
}

/* Each case spoils one thing of a good programme. */
enum spoil {
    NO_NAME,
    BAD_CONSTANT,
    NO_STEPS,
    NO_LENGTH,
    BAD_FOLLOWS,
    BAD_WEIGHT,
    BAD_PERIOD,
    NAN_COST,
    LOWER_ABOVE,
    WRONG_INFINITY,
    NO_NUMBERS,
    BAD_STRIDE,
    BAD_MAP,
    BAD_START,
    ROW_RANGE,
    COLUMN_RANGE,
    STATE_IN_SUM,
    OTHER_MAP,
    INFINITE_ENTRY,
    BORDER_ROW,
    BORDER_WHERE,
    BORDER_BLOCK,
    BORDER_FAMILY,
    BORDER_PERIOD,
    BORDER_VALUE,
    DESIGN_BOUNDS,
    DESIGN_NAME,
    BORDER_BOUNDS,
    BORDER_NAME,
    SPOILS
};

static double spoilt_number = NAN;
static double large_number = 1e9;
static int spoilt_integers[] = {5, 0, 2, 7, 0, 0};

static void spoil_block(struct programme_block *b, enum spoil what) {
    struct numbers bad = {&spoilt_number, 0};
    switch ((int)what) {
    case NO_STEPS:
        b->segments = 0;
        break;
    case NO_LENGTH:
        b->step_h = 0.0;
        break;
    case BAD_FOLLOWS:
        b->follows = spoilt_integers;
        break;
    case BAD_WEIGHT:
        b->segment_weight = &spoilt_number;
        b->segments = 1;
        b->segment_steps = 6;
        break;
    case BAD_PERIOD:
        b->maps[0].period_of_step = spoilt_integers;
        break;
    case NAN_COST:
        b->columns[0].cost = bad;
        break;
    case LOWER_ABOVE:
        b->columns[1].lower = (struct numbers){&large_number, 0};
        break;
    case WRONG_INFINITY:
        b->states[0].lower = b->columns[0].upper;
        break;
    case NO_NUMBERS:
        b->rows[0].lower.value = NULL;
        break;
    case BAD_STRIDE:
        b->rows[0].lower.stride = 2;
        break;
    case BAD_MAP:
        b->periods[0].map = 1;
        break;
    case BAD_START:
        b->states[0].start_level_ratio = HUGE_VAL;
        break;
    case ROW_RANGE:
        b->entries[0].row = 3;
        break;
    case COLUMN_RANGE:
        b->entries[2].index = 1;
        break;
    case STATE_IN_SUM:
        b->sum_entries[0].where = IN_END;
        break;
    case OTHER_MAP:
        b->maps_count = 1;
        b->sums[0].map = 1;
        break;
    case INFINITE_ENTRY:
        b->entries[0].value = b->columns[0].upper;
        break;
    default:
        break;
    }
}

static void spoil(struct programme *p, enum spoil what) {
    struct programme_border_entry *entry = &p->border_entries[1];
    switch ((int)what) {
    case NO_NAME:
        p->name = NULL;
        break;
    case BAD_CONSTANT:
        p->objective_constant = NAN;
        break;
    case BORDER_ROW:
        entry->row = 1;
        break;
    case BORDER_WHERE:
        entry->where = IN_STEP;
        break;
    case BORDER_BLOCK:
        entry->block = 2;
        break;
    case BORDER_FAMILY:
        entry->index = 1;
        break;
    case BORDER_PERIOD:
        entry->period = 2;
        break;
    case BORDER_VALUE:
        entry->value = NAN;
        break;
    case DESIGN_BOUNDS:
        p->designs[0].lower = 101.0;
        break;
    case DESIGN_NAME:
        p->designs[0].name = NULL;
        break;
    case BORDER_BOUNDS:
        p->border_rows[0].upper = -HUGE_VAL;
        break;
    case BORDER_NAME:
        p->border_rows[0].name = NULL;
        break;
    default:
        spoil_block(&p->blocks[0], what);
        break;
    }
}

static void mistakes_are_named(void **state) {
    (void)state;
    for (int what = 0; what < SPOILS; what++) {
        struct arena *arena = arena_for_test();
        struct programme *p = programmes_two_blocks(arena);
        struct programme_flat flat;
        spoil(p, (enum spoil)what);
        const char *mistake = programme_mistake(p, arena);
        if (!mistake) {
            fail_msg("spoil %d was not noticed", what);
        }
        assert_true(strlen(mistake) > 10);
        assert_int_equal(programme_flatten(p, arena, &flat), STATUS_INTERNAL);
        arena_free(arena);
    }
}

static void too_large_is_refused(void **state) {
    (void)state;
    struct arena *arena = arena_for_test();
    struct programme_builder *b = programme_builder_new(arena, "large");
    static const int follows[] = {0};
    struct numbers zero = programme_constant(b, 0.0);
    int k = programme_add_block(b, 1, 1000 * 1000 * 1000, 1.0, NULL, follows);
    for (int c = 0; c < 3; c++) {
        (void)programme_add_column(b, k,
                                   (struct programme_column){"flow", zero, zero, zero, 0, 0.0});
    }
    const char *mistake = programme_mistake(programme_finish(b), arena);
    assert_non_null(mistake);
    assert_non_null(strstr(mistake, "too large"));
    arena_free(arena);
}

/* Each block asked from the system fails once: no crash, no leak, a clean answer. */
static void torture(void **state) {
    (void)state;
    bool done = false;
    for (long n = 1; !done; n++) {
        arena_fail_after(n);
        struct arena *arena = arena_new(0);
        struct programme_flat flat = {0};
        enum status status = STATUS_NO_MEMORY;
        if (arena) {
            struct programme_builder *b = programme_builder_new(arena, "torture");
            for (int d = 0; d < 2000; d++) {
                (void)programme_add_design(b, (struct programme_design){"size", 1.0, 0.0, 1.0});
                (void)programme_constant(b, 1.0);
            }
            const struct programme *p = programme_finish(b);
            status = p ? programme_flatten(p, arena, &flat) : STATUS_NO_MEMORY;
        }
        arena_fail_after(0);
        done = status == STATUS_OK;
        assert_true(done || status == STATUS_NO_MEMORY);
        assert_true(done || flat.start == NULL);
        arena_free(arena);
        assert_true(n < 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_two_blocks),
        cmocka_unit_test(begin_levels),
        cmocka_unit_test(names),
        cmocka_unit_test(flat_of_two_blocks),
        cmocka_unit_test(duplicates_are_summed),
        cmocka_unit_test(empty_programmes),
        cmocka_unit_test(lists_grow),
        cmocka_unit_test(wrong_block_is_refused),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(too_large_is_refused),
        cmocka_unit_test(torture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
