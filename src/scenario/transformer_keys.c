/* The transformer that feeds a connection: transformer:, and as it is written again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "physics/transformer.h"
#include "scenario/keys.h"
#include "scenario/reading.h"

static void read_other(struct reading *r, const struct node *map, struct meter_transformer *ret) {
    const struct node *node = document_find(map, "other_kw");
    const struct key *row = keys_find("transformer", "other_kw");
    if (!node) {
        return;
    }
    if (node->kind != NODE_MAP) {
        (void)reading_scalar(r, node, "other_kw", row->min, row->max, &ret->other_kw);
    } else if (reading_series(r, node, "other_kw", row->min, row->max, &ret->other_by_step_kw)) {
        ret->other_text = reading_series_text(r, node);
    }
}

const struct meter_transformer *read_meter_transformer(struct reading *r, const struct node *map) {
    const struct node *node = document_find(map, "transformer");
    struct meter_transformer *transformer = ARENA_TAKE(r->arena, struct meter_transformer, 1);
    int errors = diag_errors(r->diag);
    if (!node || !transformer || !reading_section(r, node, "transformer")) {
        return NULL;
    }
    transformer->rating_kva = reading_key_value(r, node, "transformer", "rating_kva");
    transformer->kind = reading_key_word(r, node, "transformer", "cooling");
    transformer->upgraded = reading_key_word(r, node, "transformer", "paper") == 0;
    transformer->loss_ratio = reading_key_value(r, node, "transformer", "loss_ratio");
    transformer->power_factor_ratio =
        reading_key_value(r, node, "transformer", "power_factor_ratio");
    read_other(r, node, transformer);
    return diag_errors(r->diag) == errors ? transformer : NULL;
}

void write_transformer(const struct meter_transformer *t, const char *indent,
                       struct text_buffer *out) {
    text_add_format(out, "%stransformer: {rating_kva: ", indent);
    text_add_number(out, t->rating_kva);
    text_add_format(out, ", cooling: %s, paper: %s, loss_ratio: ", transformer_kind_words[t->kind],
                    t->upgraded ? "upgraded" : "normal");
    text_add_number(out, t->loss_ratio);
    text_add(out, ", power_factor_ratio: ");
    text_add_number(out, t->power_factor_ratio);
    text_add(out, ", other_kw: ");
    if (t->other_text) {
        text_add(out, t->other_text);
    } else {
        text_add_number(out, t->other_kw);
    }
    text_add(out, "}\n");
}
