/* Rules in words: the compliance sheet, and a draft of a local standard from a plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_RULES_H
#define TELL_RULES_H

#include "accounts/accounts.h"
#include "base/text.h"

struct rules_sheet { /* packs and a result for each of their rules, in order */
    const struct accounts *accounts;
    int packs_count, results_count;
    const struct rule_pack *const *packs;
    const struct rule_result *results;
};

/* The sheet in 78 columns: information, not advice. */
enum status tell_rules(const struct rules_sheet *sheet, bool colour, bool utf8,
                       struct text_buffer *out) MUST_CHECK;
enum status tell_rules_json(const struct rules_sheet *sheet, struct text_buffer *out) MUST_CHECK;
/* A rule pack that asks of others what this plan reaches, limits rounded to its disadvantage. */
enum status tell_standard(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;

const char *rules_counts(const int counts[RULE_SIGNS], struct arena *arena); /* "3 met, 1 close" */
const char *rules_notice(const struct accounts *accounts, struct arena *arena);
/* Where a rule was read, what it is, and how sure that is. */
const char *rules_source(const struct rule_result *result, struct arena *arena);
const char *rules_colour(enum rule_sign sign); /* of a terminal */

#endif
