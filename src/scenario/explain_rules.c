/* `hearth explain rules`, and each pack by its name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scenario/explain.h"
#include "scenario/keys.h"
#include "scenario/rule_pack.h"

static enum status pack_of(struct arena *arena, const char *name, struct rule_pack **ret) {
    struct diag *diag = diag_new(arena);
    return diag ? rule_pack_built_in(arena, diag, name, ret) : STATUS_NO_MEMORY;
}

void explain_rule_packs(struct text_buffer *out) {
    const char *const *names = NULL;
    int count = rule_pack_names(&names);
    text_add(out, "Rule packs: name, rules, what (`hearth explain NAME` says them)\n");
    for (int k = 0; k < count; k++) {
        struct rule_pack *pack = NULL;
        if (pack_of(out->arena, names[k], &pack) == STATUS_OK) {
            text_add_format(out, "  %-14s %3d  %s, gone over on %s\n", names[k], pack->rules_count,
                            pack->title, rule_day_words(out->arena, pack->reviewed));
        }
    }
    text_add(out, "\nWhat a rule can ask for\n");
    for (int k = 0; k < RULE_FIELDS; k++) {
        text_add_format(out, "  %-26s %s\n", rule_field_name((enum rule_field)k),
                        rule_field_meaning((enum rule_field)k));
    }
    text_add(out, "  site.KEY                   a key of the section site (`hearth explain "
                  "site`)\n");
}

static void add_rule(struct text_buffer *out, const struct rule *rule) {
    text_add_format(out, "\n%s  (%s)\n", rule->title, rule->id);
    explain_wrapped(out, rule->says, 2);
    explain_wrapped(out,
                    arena_format(out->arena, "%s; %s; %s", rule->source,
                                 rule_status_words(rule->status),
                                 rule_confidence_words(rule->confidence)),
                    2);
}

bool explain_rule_pack(struct text_buffer *out, const char *name) {
    struct rule_pack *pack = NULL;
    if (pack_of(out->arena, name, &pack) != STATUS_OK) {
        return false;
    }
    text_add_format(out, "%s: %s, gone over on %s\n", pack->name, pack->title,
                    rule_day_words(out->arena, pack->reviewed));
    for (int k = 0; k < pack->rules_count; k++) {
        add_rule(out, &pack->rules[k]);
    }
    return true;
}
