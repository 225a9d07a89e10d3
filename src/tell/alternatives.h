/* What else costs hardly more, in words, as JSON, as CSV and as a page. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_ALTERNATIVES_H
#define TELL_ALTERNATIVES_H

#include "base/text.h"
#include "plan/alternatives.h"

void alternatives_words(const struct alternatives *alternatives, bool utf8,
                        struct text_buffer *out);
void alternatives_json(const struct alternatives *alternatives, struct text_buffer *out);
void alternatives_html(const struct alternatives *alternatives, struct text_buffer *out);

/* Sentences: what is asked; not integrating at all; how near the ends of the ranges are to their bounds; what could not be
   answered ("" where all was). */
const char *alternatives_headline(const struct alternatives *alternatives, struct arena *arena);
const char *alternatives_apart(const struct alternatives *alternatives, struct arena *arena);
const char *alternatives_proven(const struct alternatives *alternatives, struct arena *arena);
const char *alternatives_unanswered(const struct alternatives *alternatives, struct arena *arena);
/* "2.1 MW to 6.7 MW"; "up to 12 MWh"; "any size: it costs nothing". */
const char *alternatives_range(const struct alternatives *alternatives, int measure,
                               struct arena *arena);
/* "must be", "may be left out", "may be added", "never": of a capacity; "" of a figure. */
const char *alternatives_verdict(const struct alternatives *alternatives, int measure);
/* One sentence: what the alternative costs and what is otherwise than in the cheapest plan. */
const char *alternatives_difference(const struct alternatives *alternatives, int k,
                                    struct arena *arena);

/* report.html, alternatives.json, ranges.csv and alternatives.csv. */
enum status alternatives_folder(const struct alternatives *alternatives, struct diag *diag,
                                const char *path, struct arena *arena) MUST_CHECK;

#endif
