/* The pipes of a plan told: where they lie, what they lose, whom they reach. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_PIPES_H
#define TELL_PIPES_H

#include "accounts/accounts.h"
#include "base/text.h"
#include "tell/page.h"

/* Does the plan have pipes on the map, and are they built? */
bool pipes_are_told(const struct accounts *accounts);
/* The section of the report; nothing where there is none. */
enum status pipes_html(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
/* The member "pipes" of summary.json, without a comma behind it: the design hour. */
enum status pipes_json(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
enum status pipes_terminal(const struct accounts *accounts, struct page *page) MUST_CHECK;
/* network.geojson and network.svg: the highest hour, with the year beside it. */
enum status pipes_geojson(const struct accounts *accounts, struct arena *arena,
                          struct text_buffer *out) MUST_CHECK;
enum status pipes_map(const struct accounts *accounts, struct arena *arena,
                      struct text_buffer *out) MUST_CHECK;

/* What simulation and programme differ by, of the cost of a case. */
double pipes_gap_frac(const struct case_plan *result);

#endif
