/* The programme as files: MPS and LP for other solvers, a replay that comes back bit for bit. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_EXPORT_H
#define OPTIMISE_EXPORT_H

#include "base/diag.h"
#include "base/text.h"
#include "optimise/programme.h"

/* Free MPS with short generated names C0.. and R0.. (comments at the top map families to ranges),
   all digits. A constant of the objective is the cost of a column CONSTANT fixed at 1. */
enum status export_mps(const struct programme *programme, struct arena *arena,
                       struct text_buffer *out) MUST_CHECK;
/* CPLEX LP, same names; a row with two different sides is R7 and R7u, a free row a comment. */
enum status export_lp(const struct programme *programme, struct arena *arena,
                      struct text_buffer *out) MUST_CHECK;
/* The structured programme as text, hexadecimal floats, a checksum; reads back bit for bit. */
enum status export_replay(const struct programme *programme, struct arena *arena,
                          struct text_buffer *out) MUST_CHECK;
enum status replay_read(const char *file, const char *text, size_t size, struct arena *arena,
                        struct diag *diag, struct programme **ret) MUST_CHECK;

#endif
