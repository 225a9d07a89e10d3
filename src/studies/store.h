/* Where the results of a study are kept: one SQLite file, each plan as soon as it is there. The only file that knows
   SQLite. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_STORE_H
#define STUDIES_STORE_H

#include "base/diag.h"

struct store;
/* Opens or makes the file; refuses what is no store of ours. CANNOT_WRITE with a message. alone: no other process may
   read it meanwhile, and it may lie on a file system that several machines share. */
enum status store_open(struct arena *arena, struct diag *diag, const char *path, bool alone,
                       struct store **ret) MUST_CHECK;
/* Takes over what another store keeps and this one has not. */
enum status store_import(struct store *store, struct diag *diag, const char *path) MUST_CHECK;
/* A plan by the hash of its scenario: false when it is not there, or not with all these names. */
bool store_find(struct store *store, const char *id, int count, const char *const *names,
                enum status *ret_status, double *ret_value);
enum status store_add(struct store *store, struct diag *diag, const char *id, enum status status,
                      int count, const char *const *names, const double *value) MUST_CHECK;
void store_close(struct store *store);

#endif
