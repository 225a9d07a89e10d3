/* Every kind of YAML node at every place of a scenario, and every allocation that fails once: the
   reader answers with messages, each with its place and remedy, and never with a crash. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/text.h"
#include "reader.h"
#include "scenario/document.h"
#include "scenario/reading.h"

/* The same year each time: kept, or these tests would take minutes. */
enum status __real_climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                                   const char *name, int year, double warming_dk,
                                   struct climate *ret);
enum status __wrap_climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                                   const char *name, int year, double warming_dk,
                                   struct climate *ret);
static struct climate kept;
static struct arena *kept_arena;
static bool keep = true;
enum status __wrap_climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                                   const char *name, int year, double warming_dk,
                                   struct climate *ret) {
    if (!keep || year != 2024 || warming_dk != 0.0 || strcmp(name, "seattle") != 0) {
        return __real_climate_builtin(arena, diag, place, name, year, warming_dk, ret);
    }
    if (!kept_arena) {
        kept_arena = arena_new(0);
        TRY(__real_climate_builtin(kept_arena, diag, place, name, year, warming_dk, &kept));
    }
    *ret = kept;
    return STATUS_OK;
}

static const char whole[] =
    "hearth: 1\n"
    "name: small\n"
    "place: {climate: seattle, ground_c: 11, warming_dk: 0, name: here}\n"
    "horizon: {from: 2024-01-08, days: 1}\n"
    "step_h: 1\n"
    "money: {currency: USD, year: 2024, discount_frac: 0.05, carbon_price: {paid_money_kg: 0.01}}\n"
    "fuel: {gas_money_kwh: 0.04}\n"
    "water: {price_money_m3: 2}\n"
    "electricity:\n"
    "  data_centre: {energy_money_kwh: 0.08, limit_kw: 9000, party: operator}\n"
    "  campus: {energy_money_kwh: 0.1}\n"
    "  carbon: {average_kgco2_kwh: 0.1, renewable_frac: 0.2}\n"
    "data_centre:\n"
    "  - name: hall\n"
    "    it_kw: 1000\n"
    "    load: flat\n"
    "    cooling: {kind: chilled_water_economiser, fan_kw_kw: 0.1}\n"
    "    heat_recovery: {from: condenser_water, temperature_c: 20, dt_dk: 6, max_kw: 900}\n"
    "town:\n"
    "  - {name: homes, kind: building, floor_m2: 20000, emitter: low_temperature, hot_water: "
    "local_electric, heated_by: gas_boiler}\n"
    "  - {name: works, floor_m2: 2000, emitter: low_temperature, hot_water: local_electric, "
    "existing_heat: [{name: old, capacity_kw: 500, marginal_money_kwh: 0.03, must_run: false}]}\n"
    "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200}\n"
    "plant:\n"
    "  heat_pump: {capacity_kw: choose, owner: heat_utility, meter: campus, in: [together], ports: "
    "{heat_out: network}, at: here}\n"
    "  peak: {kind: gas_boiler, capacity_kw: {choose: {min: 1, max: 900}}, fuel: gas, title: "
    "Peak}\n"
    "  tank: {capacity_kwh: 500, existing: false, integration: true}\n"
    "heat_contract: {model: fixed_price, share_frac: 0.5, price_money_kwh: 0.05, term_year: 20}\n"
    "require: {energy_reuse_factor: 0.01}\n"
    "rules: [us-wa]\n"
    "objective: {view: parties, parties: [operator, heat_utility, heat_customers]}\n"
    "reference: as_today\n"
    "firm: required\n"
    "home_kwh_year: 10000\n";

static const char *const kinds[] = {"~",
                                    "\"\"",
                                    "7",
                                    "-7",
                                    "0.5",
                                    "1e300",
                                    "text",
                                    "choose",
                                    "\"a\\\"\\\\\\u0041\\u2028\"",
                                    "true",
                                    "[]",
                                    "[[]]",
                                    "[a, 1]",
                                    "{}",
                                    "{a: 1}",
                                    "{choose: 5}",
                                    "{file: none.csv, column: a, unit: money_kwh}"};

/* The tree as YAML on one line, the node number wanted replaced. */
static void write_node(struct text_buffer *out, const struct node *node, int *number, int wanted,
                       const char *instead) {
    if ((*number)++ == wanted) {
        text_add(out, instead);
    } else if (node->kind == NODE_LIST) {
        for (int k = 0; k < node->count; k++) {
            text_add(out, k ? ", " : "[");
            write_node(out, node->children[k], number, wanted, instead);
        }
        text_add(out, node->count ? "]" : "[]");
    } else if (node->kind == NODE_MAP) {
        for (int k = 0; k < node->count; k++) {
            text_add(out, k ? ",\n " : "{");
            write_quoted(out, node->keys[k]);
            text_add(out, ": ");
            write_node(out, node->children[k], number, wanted, instead);
        }
        text_add(out, node->count ? "}" : "{}");
    } else {
        text_add(out, node->text);
    }
}

static void check_answer(struct arena *arena, const char *text, const char *what) {
    struct diag *diag = diag_new(arena);
    struct scenario *scenario = NULL;
    enum status status = scenario_parse(arena, diag, "s.yaml", text, strlen(text), &scenario);
    bool good = status == STATUS_OK && diag_errors(diag) == 0;
    bool bad = (status == STATUS_BAD_SCENARIO || status == STATUS_NO_FILE) && diag_errors(diag) > 0;
    for (int k = 0; k < diag_count(diag); k++) {
        const struct diag_message *message = diag_at(diag, k);
        bad = bad && message->place.file && message->place.line > 0 && message->place.column > 0 &&
              message->text[0] && message->remedy && message->remedy[0];
    }
    if (!good && !bad) {
        reader_tell(arena, diag);
        fail_msg("status %d for %s:\n%s", (int)status, what, text);
    }
    if (good) {
        const char *written = NULL, *again = NULL;
        size_t size = 0, again_size = 0;
        assert_int_equal(scenario_write(scenario, arena, &written, &size), STATUS_OK);
        struct scenario *back = reader_good(arena, written);
        assert_int_equal(scenario_write(back, arena, &again, &again_size), STATUS_OK);
        assert_string_equal(written, again);
    }
}

static void every_kind_of_node_at_every_place(void **state) {
    struct diag *diag = diag_new(*state);
    struct node *root = NULL;
    struct text_buffer same;
    int places = 0;
    (void)reader_good(*state, whole);
    assert_int_equal(document_parse(*state, diag, "s.yaml", whole, strlen(whole), &root),
                     STATUS_OK);
    text_buffer_init(&same, *state);
    write_node(&same, root, &places, -1, "");
    (void)reader_good(*state, same.data);
    assert_true(places > 100);
    for (int wanted = 0; wanted < places; wanted++) {
        for (int k = 0; k < COUNT(kinds); k++) {
            struct arena *arena = arena_new(0);
            struct text_buffer out;
            int number = 0;
            text_buffer_init(&out, arena);
            write_node(&out, root, &number, wanted, kinds[k]);
            check_answer(arena, out.data, kinds[k]);
            arena_free(arena);
        }
    }
}

static char *example_text(struct arena *arena, size_t *ret_size) {
    char *text = NULL;
    struct place nowhere = {0};
    assert_int_equal(file_read(arena, diag_new(arena), nowhere, "examples/seattle/scenario.yaml",
                               1 << 20, &text, ret_size),
                     STATUS_OK);
    return text;
}

/* Blocks of memory are refused one after the other until none is refused any more. */
static void every_refused_block_is_an_answer(void **state) {
    size_t size = 0;
    const char *text = example_text(*state, &size);
    bool ended = false;
    long refused = 0;
    keep = false;
    for (long n = 1; !ended && n < 10000; n++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct scenario *scenario = NULL;
        arena_fail_after(n);
        enum status status = scenario_parse(arena, diag, "s.yaml", text, size, &scenario);
        ended = !arena_failed(arena);
        arena_fail_after(0);
        assert_int_equal(status, ended ? STATUS_OK : STATUS_NO_MEMORY);
        assert_true(ended == (scenario != NULL));
        refused += !ended;
        arena_free(arena);
    }
    keep = true;
    assert_true(ended && refused > 3);
    print_message("%ld blocks refused\n", refused);
}

/* The same by the limit of the arena, which any piece may be the first to meet. */
static void every_limit_is_an_answer(void **state) {
    size_t size = 0, needed = 0;
    const char *text = example_text(*state, &size);
    struct arena *whole_arena = arena_new(0);
    struct scenario *scenario = NULL;
    assert_int_equal(
        scenario_parse(whole_arena, diag_new(whole_arena), "s.yaml", text, size, &scenario),
        STATUS_OK);
    needed = arena_bytes(whole_arena);
    arena_free(whole_arena);
    enum { LIMITS = 400 };
    for (size_t k = 1; k < LIMITS; k++) {
        struct arena *arena = arena_new(needed * k / LIMITS + 64 * (k % 7));
        struct diag *diag = diag_new(arena);
        if (diag) {
            scenario = NULL;
            enum status status = scenario_parse(arena, diag, "s.yaml", text, size, &scenario);
            assert_int_equal(status, arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
        }
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(every_kind_of_node_at_every_place),
        READER_TEST(every_refused_block_is_an_answer),
        READER_TEST(every_limit_is_an_answer),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(kept_arena);
    return failed;
}
