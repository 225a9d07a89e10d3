/* Rule packs: YAML into checked rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/rule_pack.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "rule_packs.h" /* made from rules/ */
#include "scenario/keys.h"
#include "scenario/reading.h"

enum { TESTS_MAX = 40, TEST_DEPTH_MAX = 8, TEST_BYTES_MAX = 200 };

static const struct {
    const char *name, *meaning;
    double unit_ratio;
} fields[RULE_FIELDS] = {
#define RULE_FIELD(id, name, unit, meaning) {name, meaning, unit},
#include "scenario/rule_fields.def"
#undef RULE_FIELD
};

static const char *const op_signs[] = {"<", "<=", "=", "!=", ">=", ">"};
static const char *const status_keys[RULE_STATUSES] = {
    "in_force", "adopted_not_effective", "standard", "condition", "policy", "voluntary",
    "proposed", "not_enacted",           "vetoed",   "repealed"};
static const char *const status_words[RULE_STATUSES] = {"in force",   "adopted, not yet in effect",
                                                        "a standard", "a condition of a round",
                                                        "a target",   "voluntary",
                                                        "a proposal", "not enacted",
                                                        "vetoed",     "repealed"};
static const char *const confidence_keys[RULE_CONFIDENCES] = {"primary", "secondary", "recalled"};
static const char *const confidence_words[RULE_CONFIDENCES] = {
    "read in the official text", "read in a summary by others", "not read, to be checked"};
static const char *const levels[] = {"local", "national", "international"};
static const char *const topics[] = {"efficiency", "waste_heat",  "renewables", "reporting",
                                     "grid",       "tariff",      "tax",        "incentive",
                                     "water",      "noise",       "siting",     "planning",
                                     "standard",   "self_supply", "carbon"};
static const char *const severities[] = {"must", "should"};

const char *rule_field_name(enum rule_field field) { return fields[field].name; }
const char *rule_field_meaning(enum rule_field field) { return fields[field].meaning; }
double rule_field_unit_ratio(enum rule_field field) { return fields[field].unit_ratio; }
const char *rule_op_sign(enum rule_op op) { return op_signs[op]; }
const char *rule_status_words(enum rule_status status) { return status_words[status]; }
const char *rule_confidence_words(enum rule_confidence confidence) {
    return confidence_words[confidence];
}
bool rule_binds(enum rule_status status) { return status <= RULE_STANDARD; }
bool rule_is_history(enum rule_status status) { return status >= RULE_NOT_ENACTED; }

bool rule_compare(double value, enum rule_op op, double limit_value) {
    double tolerance = 1e-9 * fmax(fabs(value), fabs(limit_value));
    bool equal = fabs(value - limit_value) <= tolerance;
    switch (op) {
    case RULE_BELOW:
        return value < limit_value && !equal;
    case RULE_AT_MOST:
        return value < limit_value || equal;
    case RULE_EQUAL:
        return equal;
    case RULE_UNEQUAL:
        return !equal;
    case RULE_AT_LEAST:
        return value > limit_value || equal;
    case RULE_ABOVE:
        break;
    }
    return value > limit_value && !equal;
}

/* ---- days ---- */

long rule_day(int year, int month, int day) { return year * 10000L + (month + 1) * 100L + day; }

bool rule_day_read(const char *text, long *ret_day) {
    int year = 0, month = 0, day = 0;
    if (!calendar_read_date(text, &year, &month, &day)) {
        return false;
    }
    *ret_day = rule_day(year, month, day);
    return true;
}

const char *rule_day_words(struct arena *arena, long day) {
    return arena_format(arena, "%04ld-%02ld-%02ld", day / 10000, day / 100 % 100, day % 100);
}

static long read_day(struct reading *r, const struct node *map, const char *key) {
    const struct node *node = document_find(map, key);
    long day = 0;
    if (node && (node->kind != NODE_SCALAR || !rule_day_read(node->text, &day))) {
        diag_error(r->diag, node->place, "%s: %s is no day", key, reading_found(r, node));
        diag_remedy(r->diag, "write  %s: 2026-07-01", key);
    }
    return day;
}

/* ---- what is asked ---- */

static bool find_field(const char *name, size_t size, struct rule_asked *ret) {
    for (int k = 0; k < RULE_FIELDS; k++) {
        if (strlen(fields[k].name) == size && strncmp(fields[k].name, name, size) == 0) {
            *ret = (struct rule_asked){(enum rule_field)k, NULL};
            return true;
        }
    }
    static const char site[] = "site.";
    size_t head = sizeof site - 1;
    for (int k = 0; size > head && strncmp(name, site, head) == 0 && k < keys_count(); k++) {
        const struct key *key = keys_at(k);
        if (strcmp(key->section, "site") == 0 && key->kind != KEY_WORDS &&
            strlen(key->key) == size - head && strncmp(key->key, name + head, size - head) == 0) {
            *ret = (struct rule_asked){RULE_FIELDS, key};
            return true;
        }
    }
    return false;
}

static bool read_field(struct reading *r, const char *name, size_t size, struct place place,
                       struct rule_asked *ret) {
    if (find_field(name, size, ret)) {
        return true;
    }
    const char *known[RULE_FIELDS];
    for (int k = 0; k < RULE_FIELDS; k++) {
        known[k] = fields[k].name;
    }
    const char *near = diag_nearest(arena_text_n(r->arena, name, size), known, RULE_FIELDS);
    diag_error(r->diag, place, "\"%.*s\" is no figure that a rule can ask for", (int)size, name);
    if (near) {
        diag_remedy(r->diag, "did you mean %s?", near);
    } else {
        diag_remedy(r->diag, "`hearth explain rules` lists them");
    }
    return false;
}

/* A number, a day or a word of yes and no, in the units of what is asked. */
static bool read_value(const char *text, const struct rule_asked *asked, double *ret) {
    long day = 0;
    if (asked->site && asked->site->kind == KEY_FLAG) {
        bool yes = strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
        *ret = yes;
        return yes || strcmp(text, "no") == 0 || strcmp(text, "false") == 0;
    }
    if (asked->site && asked->site->kind == KEY_TEXT) {
        bool good = rule_day_read(text, &day);
        *ret = (double)day;
        return good;
    }
    if (!text_number(text, strlen(text), ret)) {
        return false;
    }
    *ret *= asked->site ? 1.0 : fields[asked->field].unit_ratio;
    return true;
}

/* "dc.it_kw >= 500" */
static bool read_comparison(struct reading *r, const struct node *node, struct rule_test *ret) {
    const char *text = node->text;
    size_t name = strcspn(text, " <>=!"), blank = strspn(text + name, " ");
    const char *sign = text + name + blank;
    size_t sign_size = strspn(sign, "<>=!");
    const char *value = sign + sign_size + strspn(sign + sign_size, " ");
    ret->kind = RULE_COMPARE;
    if (strlen(text) > TEST_BYTES_MAX || !name || !sign_size || !*value) {
        diag_error(r->diag, node->place, "%s is no comparison", reading_found(r, node));
        diag_remedy(r->diag, "write  FIGURE SIGN VALUE, such as  dc.it_kw >= 500");
        return false;
    }
    if (!read_field(r, text, name, node->place, &ret->asked)) {
        return false;
    }
    for (int k = 0; k < COUNT(op_signs); k++) {
        if (strlen(op_signs[k]) == sign_size && strncmp(op_signs[k], sign, sign_size) == 0) {
            ret->op = (enum rule_op)k;
            if (!read_value(value, &ret->asked, &ret->value)) {
                diag_error(r->diag, node->place, "\"%s\" is no value of %.*s", value, (int)name,
                           text);
                diag_remedy(r->diag, "write a number; a day as 2026-07-01; or yes or no");
                return false;
            }
            return true;
        }
    }
    diag_error(r->diag, node->place, "\"%.*s\" is no sign", (int)sign_size, sign);
    diag_remedy(r->diag, "use  <  <=  =  !=  >=  or  >");
    return false;
}

/* A comparison, a list (all), or {all: [...]}, {any: [...]}, {not: [...]}. */
static bool read_test(struct reading *r, const struct node *node, int depth,
                      struct rule_test *ret) {
    static const char *const kinds[] = {"all", "any", "not"};
    if (node->kind == NODE_SCALAR) {
        return read_comparison(r, node, ret);
    }
    const struct node *list = node;
    ret->kind = RULE_ALL;
    if (node->kind == NODE_MAP && node->count == 1 && depth < TEST_DEPTH_MAX) {
        if (!reading_check_keys(r, node, "applies", kinds, COUNT(kinds))) {
            return false;
        }
        for (int k = 0; k < COUNT(kinds); k++) {
            ret->kind = strcmp(node->keys[0], kinds[k]) == 0 ? (enum rule_test_kind)k : ret->kind;
        }
        list = node->children[0];
    }
    if (list->kind != NODE_LIST || list->count == 0 || list->count > TESTS_MAX ||
        depth >= TEST_DEPTH_MAX) {
        diag_error(r->diag, list->place, "%s stands where a list of comparisons belongs",
                   reading_found(r, list));
        diag_remedy(r->diag, "write  [dc.it_kw >= 500, ...]  or  {any: [...]}");
        return false;
    }
    ret->count = list->count;
    ret->tests = ARENA_TAKE(r->arena, struct rule_test, list->count);
    bool good = ret->tests != NULL;
    for (int k = 0; ret->tests && k < list->count; k++) {
        good = read_test(r, list->children[k], depth + 1, &ret->tests[k]) && good;
    }
    return good;
}

static struct rule_test *read_predicate(struct reading *r, const struct node *map,
                                        const char *key) {
    const struct node *node = document_find(map, key);
    struct rule_test *test = node ? ARENA_TAKE(r->arena, struct rule_test, 1) : NULL;
    return test && read_test(r, node, 0, test) ? test : NULL;
}

/* ---- limits ---- */

/* "2027-07-01", or "start + 2y" */
static bool read_from(const char *text, struct rule_threshold *ret) {
    static const char start[] = "start";
    if (rule_day_read(text, &ret->from)) {
        return true;
    }
    if (strncmp(text, start, sizeof start - 1) != 0) {
        return false;
    }
    ret->after_start = true;
    const char *rest = text + sizeof start - 1 + strspn(text + sizeof start - 1, " +");
    size_t digits = strspn(rest, "0123456789");
    long years = 0;
    bool good = digits == 0 ? *rest == '\0'
                            : strcmp(rest + digits, "y") == 0 &&
                                  text_integer(rest, digits, &years) && years < 100;
    ret->from = years * 10000;
    return good;
}

static bool read_threshold(struct reading *r, const struct node *node, struct rule *rule,
                           struct rule_threshold *ret) {
    static const char *const known[] = {"from", "value"};
    const struct node *from = document_find(node, "from"), *value = document_find(node, "value");
    if (node->kind != NODE_MAP || !value) {
        diag_error(r->diag, node->place, "%s stands where a dated limit belongs",
                   reading_found(r, node));
        diag_remedy(r->diag, "write  {from: 2027-07-01, value: 1.5}");
        return false;
    }
    (void)reading_check_keys(r, node, "thresholds", known, COUNT(known));
    if (from && (from->kind != NODE_SCALAR || !read_from(from->text, ret))) {
        diag_error(r->diag, from->place, "from: %s is no day", reading_found(r, from));
        diag_remedy(r->diag, "write  from: 2027-07-01  or  from: start + 2y");
    }
    if (value->kind != NODE_SCALAR || !read_value(value->text, &rule->metric, &ret->value)) {
        diag_error(r->diag, value->place, "value: %s is no number", reading_found(r, value));
        diag_remedy(r->diag, "write  value: 1.5");
    }
    return true;
}

static void read_limit(struct reading *r, const struct node *map, struct rule *rule) {
    const struct node *metric = document_find(map, "metric");
    const struct node *list = document_find(map, "thresholds");
    if (!metric) {
        if (list) {
            diag_error(r->diag, list->place, "thresholds without a metric");
            diag_remedy(r->diag, "add  metric: pue_ratio  and  op: <=");
        }
        return;
    }
    if (metric->kind != NODE_SCALAR) {
        reading_wrong_kind(r, metric, "metric", "a figure", "pue_ratio");
        return;
    }
    rule->is_limit =
        read_field(r, metric->text, strlen(metric->text), metric->place, &rule->metric);
    const struct node *op = document_find(map, "op");
    if (!op) {
        diag_error(r->diag, map->place, "op is missing");
        diag_remedy(r->diag, "add  op: <=  or  op: >=");
        return;
    }
    rule->op = (enum rule_op)reading_word_at(r, op, "op", op_signs, COUNT(op_signs), RULE_AT_MOST);
    if (!list || list->kind != NODE_LIST || list->count == 0 || list->count > TESTS_MAX) {
        diag_error(r->diag, list ? list->place : map->place, "thresholds: no list of dated limits");
        diag_remedy(r->diag, "write  thresholds: [{from: 2027-07-01, value: 1.5}]");
        return;
    }
    rule->thresholds = ARENA_TAKE(r->arena, struct rule_threshold, list->count);
    for (int k = 0; rule->is_limit && rule->thresholds && k < list->count; k++) {
        rule->thresholds_count +=
            read_threshold(r, list->children[k], rule, &rule->thresholds[rule->thresholds_count]);
    }
}

/* ---- records ---- */

static const char *needed_text(struct reading *r, const struct node *map, const char *key) {
    if (!document_find(map, key)) {
        diag_error(r->diag, map->place, "%s is missing", key);
        diag_remedy(r->diag, "add  %s: ...", key);
    }
    return reading_text(r, map, key, "");
}

static int needed_word(struct reading *r, const struct node *map, const char *key,
                       const char *const *words, int count) {
    (void)needed_text(r, map, key);
    return reading_word(r, map, key, words, count, 0);
}

static void read_rule(struct reading *r, const struct node *map, struct rule *rule) {
    static const char *const known[] = {
        "id",      "title",      "says",     "jurisdiction", "level",      "topic",
        "applies", "exempt",     "metric",   "op",           "thresholds", "duty",
        "status",  "confidence", "severity", "valid_from",   "source"};
    rule->place = map->place;
    if (map->kind != NODE_MAP || !reading_check_keys(r, map, "a rule", known, COUNT(known))) {
        reading_wrong_kind(r, map, "rules", "a map", "{id: ..., title: ..., ...}");
        return;
    }
    rule->id = needed_text(r, map, "id");
    rule->title = needed_text(r, map, "title");
    rule->says = needed_text(r, map, "says");
    rule->source = needed_text(r, map, "source");
    rule->jurisdiction = needed_text(r, map, "jurisdiction");
    rule->level = levels[needed_word(r, map, "level", levels, COUNT(levels))];
    rule->topic = topics[needed_word(r, map, "topic", topics, COUNT(topics))];
    rule->status = (enum rule_status)needed_word(r, map, "status", status_keys, RULE_STATUSES);
    rule->confidence =
        (enum rule_confidence)needed_word(r, map, "confidence", confidence_keys, RULE_CONFIDENCES);
    rule->must = reading_word(r, map, "severity", severities, COUNT(severities), 0) == 0;
    rule->valid_from = read_day(r, map, "valid_from");
    rule->applies = read_predicate(r, map, "applies");
    rule->exempt = read_predicate(r, map, "exempt");
    rule->duty = reading_text(r, map, "duty", NULL);
    read_limit(r, map, rule);
    if (rule->duty && rule->is_limit) {
        diag_error(r->diag, map->place, "%s: both a limit and a duty", rule->id);
        diag_remedy(r->diag, "write two rules");
    }
    if (rule->status == RULE_ADOPTED && !rule->valid_from) {
        diag_error(r->diag, map->place, "%s: adopted, but since when is not said", rule->id);
        diag_remedy(r->diag, "add  valid_from: 2027-01-01");
    }
}

static void read_records(struct reading *r, const struct node *list, struct rule_pack *pack) {
    if (!list || list->kind != NODE_LIST || list->count == 0) {
        diag_error(r->diag, list ? list->place : r->root->place, "rules: no list of rules");
        diag_remedy(r->diag, "write  rules:  and below it  - {id: ..., title: ..., ...}");
        return;
    }
    pack->rules = ARENA_TAKE(r->arena, struct rule, list->count);
    for (int k = 0; pack->rules && k < list->count; k++) {
        struct rule *rule = &pack->rules[pack->rules_count++];
        read_rule(r, list->children[k], rule);
        for (int n = 0; n + 1 < pack->rules_count && rule->id; n++) {
            if (pack->rules[n].id && strcmp(pack->rules[n].id, rule->id) == 0) {
                diag_error(r->diag, rule->place, "id: a second rule is called %s", rule->id);
                diag_remedy(r->diag, "give each rule a name of its own");
            }
        }
    }
}

enum status rule_pack_parse(struct arena *arena, struct diag *diag, const char *file,
                            const char *text, size_t size, struct rule_pack **ret) {
    static const char *const known[] = {"pack", "title", "reviewed", "rules"};
    struct reading r = {.arena = arena, .diag = diag, .file = file};
    int mistakes = diag_errors(diag);
    *ret = NULL;
    diag_file(diag, file, text, size);
    TRY(document_parse(arena, diag, file, text, size, &r.root));
    struct rule_pack *pack = ARENA_TAKE(arena, struct rule_pack, 1);
    if (!pack) {
        return STATUS_NO_MEMORY;
    }
    if (r.root->kind != NODE_MAP) {
        reading_wrong_kind(&r, r.root, "a rule pack", "a map", "{pack: my_town, rules: [...]}");
        return STATUS_BAD_SCENARIO;
    }
    (void)reading_check_keys(&r, r.root, "a rule pack", known, COUNT(known));
    pack->name = needed_text(&r, r.root, "pack");
    pack->title = needed_text(&r, r.root, "title");
    pack->reviewed = read_day(&r, r.root, "reviewed");
    if (!pack->reviewed) {
        diag_error(diag, r.root->place,
                   "reviewed is missing: rules change, and a reader must see how old these are");
        diag_remedy(diag, "add  reviewed: 2026-07-01");
    }
    read_records(&r, document_find(r.root, "rules"), pack);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    *ret = pack;
    return diag_errors(diag) > mistakes ? STATUS_BAD_SCENARIO : STATUS_OK;
}

/* ---- built in ---- */

int rule_pack_names(const char *const **ret_names) {
    *ret_names = rule_packs_names;
    return COUNT(rule_packs_names);
}

enum status rule_pack_built_in(struct arena *arena, struct diag *diag, const char *name,
                               struct rule_pack **ret) {
    for (int k = 0; k < COUNT(rule_packs_names); k++) {
        if (strcmp(rule_packs_names[k], name) == 0) {
            const char *text = (const char *)rule_packs_texts[k];
            return rule_pack_parse(arena, diag, arena_format(arena, "rules/%s.yaml", name), text,
                                   strlen(text), ret);
        }
    }
    *ret = NULL;
    return STATUS_USAGE;
}
