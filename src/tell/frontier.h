/* Cost against one figure in words, as JSON, as CSV and as a page. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_FRONTIER_H
#define TELL_FRONTIER_H

#include "base/text.h"
#include "plan/frontier.h"

void frontier_words(const struct frontier *frontier, bool utf8, struct text_buffer *out);
void frontier_json(const struct frontier *frontier, struct text_buffer *out);
void frontier_csv(const struct frontier *frontier, struct text_buffer *out);
void frontier_html(const struct frontier *frontier, struct text_buffer *out);

/* Sentences: from end to end; the knee; how sure the curve is between the points. */
const char *frontier_headline(const struct frontier *frontier, struct arena *arena);
const char *frontier_knee(const struct frontier *frontier, struct arena *arena);
const char *frontier_sureness(const struct frontier *frontier, struct arena *arena);
/* Of a point: what it costs more than the cheapest, "+$12 k (+1.2 %)"; the price at which it is best, "$120 per t"; what
   one unit less costs on the way from the point before, "" of the first. */
const char *frontier_more(const struct frontier *frontier, int k, struct arena *arena);
const char *frontier_way(const struct frontier *frontier, int k, struct arena *arena);
const char *frontier_price(const struct frontier *frontier, int k, struct arena *arena);
/* What is otherwise than at the point before it. */
const char *frontier_step(const struct frontier *frontier, int k, struct arena *arena);

/* report.html, frontier.json and frontier.csv. */
enum status frontier_folder(const struct frontier *frontier, struct diag *diag, const char *path,
                            struct arena *arena) MUST_CHECK;

#endif
