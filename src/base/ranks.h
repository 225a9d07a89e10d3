/* Work shared out over the ranks of an MPI job, behind the contract of base/workers.h. Rank 0 hands out the numbers of pieces
   and takes the results; every rank, rank 0 too, has worker processes of its own, so that a fault of one piece costs
   neither a rank nor the job. A rank that falls silent is lost: what it had begun is done by rank 0. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_RANKS_H
#define BASE_RANKS_H

#include "base/diag.h"
#include "base/workers.h"

struct ranks;

/* Joins the ranks of this job. USAGE with a message where the program was built without MPI. */
enum status ranks_begin(struct arena *arena, struct diag *diag, struct ranks **ret) MUST_CHECK;
int ranks_count(const struct ranks *ranks);
int ranks_lost(const struct ranks *ranks); /* so far; known to rank 0 */

bool ranks_is_first(const struct ranks *ranks);
/* For the other ranks: waits until rank 0 begins its first run; false when it ends without one. */
bool ranks_await(struct ranks *ranks);

/* As workers_run, by every rank in the same order with the same work and size of result. Pieces and done are those of rank 0;
   the others return when rank 0 has nothing left to hand out. processes (<= 0: one) are those of each rank. */
enum status ranks_run(struct ranks *ranks, const struct workers *workers) MUST_CHECK;

/* For work that every rank does alike, each with its part of the data. Bytes [first[r], first[r + 1]) are rank r's and given by
   it; afterwards all are there. Not OK where a rank has failed: its ranks_settle meets the others' next gather. Also where one
   has been silent for a quarter of an hour. */
enum status ranks_gather(struct ranks *ranks, void *bytes, const long *first) MUST_CHECK;
/* The end of such work, for every rank once: what has become of it here. Returns what has become of it everywhere, the
   failure of the lowest rank that failed. ret_tells: this rank is the one to say so (all well: the first). */
enum status ranks_settle(struct ranks *ranks, struct diag *diag, enum status status,
                         bool *ret_tells) MUST_CHECK;
int ranks_number(const struct ranks *ranks); /* this one's, from 0 */
int ranks_beside(const struct ranks *ranks); /* how many are on this machine, itself counted */

/* Leaves the job; rank 0 sends away who still asks. NULL is nothing. */
void ranks_end(struct ranks *ranks);

#endif
