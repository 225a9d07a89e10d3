/* The door to rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "hearth_inside.h"
#include "scenario/rule_pack.h"
#include "tell/rules.h"

/* Packs by name, apart by commas; they are a plan's own as long as the plan. */
static enum status named_packs(struct hearth_plan *plan, struct diag *diag, const char *names,
                               const struct rule_pack **packs, int most, int *ret_count) {
    for (const char *at = names; *at; at += *at == ',') {
        size_t size = strcspn(at, ",");
        const char *name = arena_text_n(plan->arena, at, size);
        struct rule_pack *pack = NULL;
        at += size;
        if (!name || *ret_count >= most) {
            return name ? STATUS_USAGE : STATUS_NO_MEMORY;
        }
        TRY(rule_pack_built_in(plan->arena, diag, name, &pack));
        packs[(*ret_count)++] = pack;
    }
    return STATUS_OK;
}

enum hearth_status hearth_plan_rules(struct hearth_plan *plan, const char *names, bool json,
                                     bool colour, bool utf8, const char **ret_text,
                                     int *ret_broken) {
    struct diag *diag = diag_new(plan->arena);
    const struct rule_pack *packs[40];
    struct rule_result *results = NULL;
    struct text_buffer out;
    struct rules_sheet sheet = {.accounts = plan->accounts, .packs = packs};
    *ret_text = NULL;
    *ret_broken = 0;
    if (!plan->accounts || !diag) {
        return plan->accounts ? HEARTH_NO_MEMORY : HEARTH_USAGE;
    }
    const struct scenario *scenario = plan->accounts->scenario;
    enum status status = STATUS_OK;
    if (names) {
        status = named_packs(plan, diag, names, packs, COUNT(packs), &sheet.packs_count);
    } else {
        for (; sheet.packs_count < scenario->rules_count; sheet.packs_count++) {
            packs[sheet.packs_count] = scenario->rules[sheet.packs_count];
        }
    }
    if (status == STATUS_OK) {
        status = account_rule_packs(plan->accounts, plan->arena, packs, sheet.packs_count, &results,
                                    &sheet.results_count);
    }
    sheet.results = results;
    text_buffer_init(&out, plan->arena);
    if (status == STATUS_OK) {
        status = json ? tell_rules_json(&sheet, &out) : tell_rules(&sheet, colour, utf8, &out);
    }
    for (int k = 0; status == STATUS_OK && k < sheet.results_count; k++) {
        *ret_broken += results[k].sign == RULE_FAIL;
    }
    *ret_text = status == STATUS_OK ? out.data : NULL;
    return door(status);
}

const char *hearth_plan_standard(struct hearth_plan *plan) {
    struct text_buffer out;
    text_buffer_init(&out, plan->arena);
    return plan->accounts && tell_standard(plan->accounts, &out) == STATUS_OK ? out.data : NULL;
}
