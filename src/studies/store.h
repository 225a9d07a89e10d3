/* Where the results of a study are kept, each plan as soon as it is there: a file of SQLite, or a database of PostgreSQL that
   many machines share. Same tables: run (id, status), figure (id, name, value). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_STORE_H
#define STUDIES_STORE_H

#include "base/diag.h"

struct store;
/* Whether it is no path but the address of a database: postgresql://[user@][host]/name?... */
bool store_is_address(const char *path);
/* Opens or makes the file, or the tables of the database; refuses what is no store of ours. CANNOT_WRITE with a message. alone: no other process may
   read it meanwhile, and it may lie on a file system that several machines share. */
enum status store_open(struct arena *arena, struct diag *diag, const char *path, bool alone,
                       struct store **ret) MUST_CHECK;
/* Takes over what another file keeps and this one has not; into a database nothing is taken over. */
enum status store_import(struct store *store, struct diag *diag, const char *path) MUST_CHECK;
/* A plan by the hash of its scenario: false when it is not there, or not with all these names. */
bool store_find(struct store *store, const char *id, int count, const char *const *names,
                enum status *ret_status, double *ret_value);
/* CANNOT_WRITE, with a message, where it is not kept: the disk is full, the file was removed, the database has gone and
   does not come back within half a minute. What was kept before is there. */
enum status store_add(struct store *store, struct diag *diag, const char *id, enum status status,
                      int count, const char *const *names, const double *value) MUST_CHECK;
void store_close(struct store *store);

#endif
