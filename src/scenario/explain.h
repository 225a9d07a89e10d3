/* What explaining and the schema share: JSON texts and the words for a default. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_EXPLAIN_H
#define SCENARIO_EXPLAIN_H

#include "base/text.h"
#include "components/component.h"

void explain_json_text(struct text_buffer *out, const char *text);
/* "key": "text", with ", " behind it unless it is the last. */
void explain_json_field(struct text_buffer *out, const char *key, const char *text, bool last);
void explain_json_number(struct text_buffer *out, const char *key, double value);
/* Words wrapped at 78 columns, each line behind an indent. */
void explain_wrapped(struct text_buffer *out, const char *text, int indent);
const char *explain_default(struct arena *arena, const struct param *param);
/* explain_rules.c; false when no pack has this name. */
void explain_rule_packs(struct text_buffer *out);
bool explain_rule_pack(struct text_buffer *out, const char *name);

#endif
