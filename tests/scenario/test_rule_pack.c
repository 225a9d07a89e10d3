/* Rule packs: the built-in ones are whole, and a pack with a mistake is told where and how to mend it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "reader.h"
#include "scenario/rule_pack.h"

static struct rule_pack *built_in(struct arena *arena, const char *name) {
    struct diag *diag = diag_new(arena);
    struct rule_pack *pack = NULL;
    enum status status = rule_pack_built_in(arena, diag, name, &pack);
    reader_tell(arena, diag);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(diag_count(diag), 0);
    return pack;
}

/* Every pack reads, is named as its file, and says when it was gone over; names of rules are unique over all packs. 45
   rules and more are real: not history and not merely recalled. */
static void built_in_packs(void **state) {
    const char *const *names = NULL;
    const char *ids[200];
    int count = rule_pack_names(&names), rules = 0, real = 0;
    for (int k = 0; k < count; k++) {
        const struct rule_pack *pack = built_in(*state, names[k]);
        assert_string_equal(pack->name, names[k]);
        assert_true(pack->reviewed > 20260101 && pack->reviewed < 21000101);
        for (int n = 0; n < pack->rules_count; n++) {
            const struct rule *rule = &pack->rules[n];
            for (int other = 0; other < rules; other++) {
                assert_string_not_equal(ids[other], rule->id);
            }
            assert_true(rules < COUNT(ids));
            ids[rules++] = rule->id;
            real += !rule_is_history(rule->status) && rule->confidence != RULE_RECALLED;
            assert_true(strlen(rule->says) > 20 && strlen(rule->source) >= 8);
            assert_true(!rule->is_limit || rule->thresholds_count > 0);
        }
    }
    assert_true(count >= 28);
    assert_true(real >= 45);
}

/* The German act as data: two dated limits, scope, exemption. */
static void german_limits(void **state) {
    const struct rule_pack *pack = built_in(*state, "de");
    const struct rule *rule = &pack->rules[0];
    for (int k = 0; k < pack->rules_count; k++) {
        rule = strcmp(pack->rules[k].id, "de-pue-exist") == 0 ? &pack->rules[k] : rule;
    }
    assert_string_equal(rule->id, "de-pue-exist");
    assert_true(rule->is_limit && rule->metric.field == RULE_FIELD_PUE && !rule->metric.site);
    assert_int_equal(rule->op, RULE_AT_MOST);
    assert_int_equal(rule->thresholds_count, 2);
    assert_int_equal(rule->thresholds[1].from, 20300701);
    assert_true(rule->thresholds[1].value == 1.3);
    assert_int_equal(rule->applies->kind, RULE_ALL);
    assert_int_equal(rule->applies->count, 2);
    assert_true(rule->applies->tests[1].value == 20260701.0);
    assert_int_equal(rule->exempt->kind, RULE_ALL);
    assert_true(rule->exempt->tests[0].value == 1.0);
}

/* A limit in a unit of rule files is kept in ours: 0.4 L/kWh is 0.0004 m3/kWh. */
static void units(void **state) {
    const struct rule_pack *pack = built_in(*state, "cndcp");
    for (int k = 0; k < pack->rules_count; k++) {
        if (strcmp(pack->rules[k].id, "cndcp-wue") == 0) {
            assert_true(fabs(pack->rules[k].thresholds[0].value - 0.0004) < 1e-15);
            return;
        }
    }
    fail();
}

#define PACK "pack: town\ntitle: A town\nreviewed: 2026-01-31\nrules:\n"
#define RULE                                                                                       \
    "  - id: town-1\n    title: A rule\n    says: Something is asked.\n    jurisdiction: town\n"   \
    "    level: local\n    topic: noise\n    status: in_force\n    confidence: primary\n"          \
    "    source: the town's code\n"

static void mistakes(void **state) {
    static const struct {
        const char *text, *words;
        int line;
    } cases[] = {
        {"[]", "a rule pack: a list stands where a map belongs", 1},
        {"pack: a\ntitle: b\nreviewed: 2026-01-31\n", "rules: no list of rules", 1},
        {"pack: a\ntitle: b\nrules:\n" RULE, "reviewed is missing", 1},
        {"pack: a\ntitle: b\nreviewed: yesterday\nrules:\n" RULE, "is no day", 3},
        {PACK "  - id: town-1\n", "title is missing", 5},
        {PACK RULE "    metric: pue\n    op: <=\n    thresholds: [{value: 1}]\n",
         "\"pue\" is no figure", 14},
        {PACK RULE "    metric: pue_ratio\n    thresholds: [{value: 1}]\n", "op is missing", 5},
        {PACK RULE "    metric: pue_ratio\n    op: \"<=\"\n", "no list of dated limits", 5},
        {PACK RULE "    metric: pue_ratio\n    op: \"=<\"\n    thresholds: [{value: 1}]\n",
         "\"=<\" is none of", 15},
        {PACK RULE "    metric: pue_ratio\n    op: \"<=\"\n    thresholds: [{value: low}]\n",
         "value: \"low\" is no number", 16},
        {PACK RULE
         "    metric: pue_ratio\n    op: \"<=\"\n    thresholds: [{from: soon, value: 1}]\n",
         "from: \"soon\" is no day", 16},
        {PACK RULE "    metric: pue_ratio\n    op: \"<=\"\n    thresholds: [1.5]\n", "dated limit",
         16},
        {PACK RULE "    thresholds: [{value: 1}]\n", "thresholds without a metric", 14},
        {PACK RULE "    applies: [dc.it_kw is 5]\n", "is no comparison", 14},
        {PACK RULE "    applies: [dc.it_kw => 5]\n", "is no sign", 14},
        {PACK RULE "    applies: [dc.it_kw >= many]\n", "is no value of dc.it_kw", 14},
        {PACK RULE "    applies: [dc.it_mw >= 5]\n", "\"dc.it_mw\" is no figure", 14},
        {PACK RULE "    applies: [site.floor >= 5]\n", "\"site.floor\" is no figure", 14},
        {PACK RULE "    applies: [site.start_date >= 2026]\n", "is no value of site.start_date",
         14},
        {PACK RULE "    applies: [site.defence = perhaps]\n", "is no value of site.defence", 14},
        {PACK RULE "    applies: {some: [dc.it_kw >= 5]}\n", "unknown key \"some\"", 14},
        {PACK RULE "    applies: []\n", "a list of comparisons", 14},
        {PACK RULE "    colour: blue\n", "unknown key \"colour\"", 14},
        {PACK RULE RULE, "a second rule is called town-1", 14},
        {PACK RULE "    valid_from: 2026-13-01\n", "valid_from: \"2026-13-01\" is no day", 14},
    };
    for (int k = 0; k < COUNT(cases); k++) {
        struct diag *diag = diag_new(*state);
        struct rule_pack *pack = NULL;
        bool told = false;
        assert_int_equal(
            rule_pack_parse(*state, diag, "town.yaml", cases[k].text, strlen(cases[k].text), &pack),
            STATUS_BAD_SCENARIO);
        for (int n = 0; n < diag_count(diag); n++) {
            const struct diag_message *message = diag_at(diag, n);
            assert_non_null(message->remedy);
            told = told ||
                   (strstr(message->text, cases[k].words) && message->place.line == cases[k].line);
        }
        if (!told) {
            reader_tell(*state, diag);
            fail_msg("case %d: wanted line %d: %s", k, cases[k].line, cases[k].words);
        }
    }
}

/* What is written under site: comes back from plan.yaml. */
static void site_is_written(void **state) {
    struct town town = TOWN_DEFAULT;
    town.more = "site: {start_date: 2027-06-01, land_m2: 20000, defence: yes, met: [eu-eed-12]}\n"
                "rules: [de, en-50600]\n";
    const struct scenario *s = reader_good(*state, town_text(*state, &town));
    const char *text = NULL;
    size_t size = 0;
    assert_int_equal(s->facts_count, 3);
    assert_int_equal(scenario_write(s, *state, &text, &size), STATUS_OK);
    const struct scenario *again = reader_good(*state, text);
    assert_int_equal(again->facts_count, 3);
    for (int k = 0; k < 3; k++) {
        assert_ptr_equal(again->facts[k].key, s->facts[k].key);
        assert_true(again->facts[k].value == s->facts[k].value);
    }
    assert_int_equal(again->met_count, 1);
    assert_string_equal(again->met[0], "eu-eed-12");
    assert_int_equal(again->rules_count, 2);
    assert_string_equal(again->rules[1]->name, "en-50600");
}

static void bad_sites(void **state) {
    static const char *const cases[][2] = {
        {"site: {start_date: 2027}\n", "start_date: \"2027\" is no day"},
        {"site: {start: 2027-06-01}\n", "unknown key \"start\""},
        {"site: {land_m2: -5}\n", "land_m2: -5 is outside"},
        {"site: {defence: perhaps}\n", "defence: \"perhaps\" is none of"},
        {"site: {met: eu-eed-12}\n", "met: \"eu-eed-12\" stands where"},
        {"rules: [bavaria]\n", "there is no rule pack \"bavaria\""},
        {"rules: [de, de]\n", "the pack de is named twice"},
        {"rules: [[de]]\n", "rules: a list stands where the name"},
    };
    for (int k = 0; k < COUNT(cases); k++) {
        struct town town = TOWN_DEFAULT;
        town.more = cases[k][0];
        reader_bad(*state, town_text(*state, &town), cases[k][1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(built_in_packs), READER_TEST(german_limits),   READER_TEST(units),
        READER_TEST(mistakes),       READER_TEST(site_is_written), READER_TEST(bad_sites),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
