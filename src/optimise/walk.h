/* Every term of a programme, once, in the order of its lists. For those who write it out; the judge
   walks alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_WALK_H
#define OPTIMISE_WALK_H

#include "optimise/programme.h"

/* Called for each term row += value * x[column]. column -1: a fixed begin level, already multiplied
   into value. Zeros and several terms at one place are not left out. */
typedef void walk_term(void *data, long row, long column, double value);
void walk_terms(const struct programme *programme, walk_term *term, void *data);
/* The same in parts: the border rows, then block by block. */
void walk_border(const struct programme *programme, walk_term *term, void *data);
void walk_block(const struct programme *programme, int block, walk_term *term, void *data);

#endif
