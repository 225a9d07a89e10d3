/* `hearth explain siting`: what places are chosen by. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/siting.h"
#include "scenario/explain.h"
#include "tell/study.h"

void siting_explain(struct text_buffer *out, bool json) {
    text_add(out,
             json ? "[" : "Facts of places that a study may choose by (criteria: [{fact: KEY}])\n");
    for (int k = 0; k < siting_count(); k++) {
        const struct siting *siting = siting_at(k);
        const char *better = siting->lower ? "lower" : "higher";
        if (json) {
            text_add(out, k ? ",\n {" : "{");
            explain_json_field(out, "key", siting->key, false);
            explain_json_field(out, "better", better, true);
            explain_json_field(out, "meaning", siting->meaning, true);
            text_add(out, "}");
        } else {
            text_add_format(out, "  %s, better %s, ", siting->key, better);
            text_add_number(out, siting->least_value);
            text_add(out, "..");
            text_add_number(out, siting->most_value);
            text_add(out, "\n");
            explain_wrapped(out, siting->meaning, 6);
        }
    }
    text_add(out, json ? "]\n" : "");
}
