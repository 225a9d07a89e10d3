/* One design for many futures in words, as JSON and as a page. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_ROBUST_DESIGN_H
#define TELL_ROBUST_DESIGN_H

#include "base/text.h"
#include "plan/robust_design.h"

void robust_design_words(const struct robust_design *design, bool utf8, struct text_buffer *out);
void robust_design_json(const struct robust_design *design, struct text_buffer *out);
void robust_design_html(const struct robust_design *design, struct text_buffer *out);

/* Sentences: what the design is; what was compared and what satisfies ("" where nothing was asked); how it was found. */
const char *robust_design_headline(const struct robust_design *design, struct arena *arena);
const char *robust_design_judgement(const struct robust_design *design, struct arena *arena);
const char *robust_design_method(const struct robust_design *design, struct arena *arena);
/* A capacity's name, and so much of it. */
const char *robust_design_name(const struct robust_design *design, const struct robust_capacity *it,
                               struct arena *arena);
const char *robust_design_amount(const struct robust_design *design,
                                 const struct robust_capacity *it, double capacity,
                                 struct arena *arena);

/* report.html and robust.json. */
enum status robust_design_folder(const struct robust_design *design, struct diag *diag,
                                 const char *path, struct arena *arena) MUST_CHECK;

#endif
