/* The ten figures of a plan, for the terminal and page one of the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_FIGURES_H
#define TELL_FIGURES_H

#include "accounts/accounts.h"
#include "base/text.h"

enum { FIGURES = 10 };
struct figure {
    const char *value, *unit, *name;
    const char *pair; /* what it is held against; lines apart by '\n' */
};

void figures_make(const struct accounts *accounts, struct arena *arena,
                  struct figure figure[FIGURES]);
/* What a yearly figure is multiplied by, so that a part of a year is told as what it is; and the
   words for it: "a year", "in 31 days"; as a unit "/a", "". */
double figures_period(const struct accounts *accounts);
const char *figures_period_words(const struct accounts *accounts, struct arena *arena);
const char *figures_per(const struct accounts *accounts);
const char *figures_sign(enum rule_sign sign, bool utf8);
/* `hearth explain figures`: every figure of a case by its key. */
void figures_explain(struct text_buffer *out, bool json);

#endif
