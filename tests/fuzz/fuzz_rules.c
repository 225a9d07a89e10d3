/* A rule pack from any bytes: it is read, or told with a remedy for every message; what is read has limits and tests that
   can be judged. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scenario/rule_pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void walk(const struct rule_test *test, int depth) {
    demand(depth < 20);
    demand(test->kind == RULE_COMPARE ||
           (test->count > 0 && test->tests)); /* an empty "all" would hold for everybody */
    demand(test->kind != RULE_COMPARE || test->asked.site || test->asked.field < RULE_FIELDS);
    for (int k = 0; k < test->count; k++) {
        walk(&test->tests[k], depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct rule_pack *pack = NULL;
    const char *text = arena_text_n(arena, (const char *)data, size);
    enum status status = rule_pack_parse(arena, diag, "pack.yaml", text, size, &pack);
    demand((status == STATUS_OK) == (diag_errors(diag) == 0));
    for (int k = 0; k < diag_count(diag); k++) {
        demand(diag_at(diag, k)->remedy != NULL);
    }
    for (int k = 0; status == STATUS_OK && k < pack->rules_count; k++) {
        const struct rule *rule = &pack->rules[k];
        demand(rule->id && rule->title && rule->says && rule->source);
        demand(!rule->is_limit || rule->thresholds_count > 0);
        if (rule->applies) {
            walk(rule->applies, 0);
        }
        if (rule->exempt) {
            walk(rule->exempt, 0);
        }
    }
    arena_free(arena);
    return 0;
}
