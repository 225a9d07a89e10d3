/* Messages to rank 0: ASK for a piece, a RESULT, ALIVE each second, LEAVE. Rank 0 answers an ASK alone: by a piece, by
   NONE_LEFT (of this run), or by OVER (for good; each rank hears it before it leaves). A run is known by its number, since a rank may ask for a piece of the
   next one while others still work at this one; such a rank waits for its answer.

   No call waits for a process that may be dead: receives are probed, sends are small or tested. Nothing depends on who is asked
   when, for results are told by their piece. Open MPI ends a job of which a rank dies unless `mpirun --enable-recovery`
   says otherwise (docs/decisions/0026-studies-over-mpi.md). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ranks.h"

#include <limits.h>
#include <mpi.h>
#include <string.h>
#include <time.h>

enum { PROCESSES_MOST = 256, NONE_LEFT = -1, OVER = -2, OVER_WITH_LOSS = -3 };
enum tag { TAG_ASK = 1, TAG_RESULT, TAG_ALIVE, TAG_LEAVE, TAG_PIECE };

static const double alive_s = 1.0;      /* a rank says so that often */
static const double lost_s = 20.0;      /* a rank that says nothing for so long is lost */
static const double patience_s = 900.0; /* for rank 0, which may be at its tables */
static const long nap_ns = 500000;
static const long short_nap_ns = 20000; /* between looks for a gather, after so many without */
enum { LOOKS = 2000 };

struct other { /* as rank 0 sees it */
    bool left, lost, asks;
    long asks_run;
    double heard_s;
    int begun_count;
    long begun[PROCESSES_MOST]; /* pieces that it has */
};

struct heading { /* of a result */
    long run, piece, died;
};

struct ranks {
    MPI_Comm all;
    int rank, count, lost;
    bool ours, over; /* MPI was begun here; no more work */
    long run;        /* number of the run */
    double said_s;
    int *counts, *places; /* of a gather, by rank */
    enum status failed;   /* a rank has failed at what all do, and which of them says so */
    int teller;
    bool silent;   /* one says nothing any more */
    char *message; /* a heading and a result */
    size_t message_size;
    struct arena *arena;
    /* of rank 0 */
    struct other *other;
    const struct workers *workers;
    long next, left_over_count;
    long *left_over; /* pieces that lost ranks had begun */
    bool stopped;
};

static void nap(void) {
    const struct timespec time = {0, nap_ns};
    (void)nanosleep(&time, NULL);
}

enum status ranks_begin(struct arena *arena, struct diag *diag, struct ranks **ret) {
    struct ranks *ranks = ARENA_TAKE(arena, struct ranks, 1);
    int begun = 0;
    *ret = NULL;
    if (!ranks) {
        return STATUS_NO_MEMORY;
    }
    bool good = MPI_Initialized(&begun) == MPI_SUCCESS && (begun || MPI_Init(NULL, NULL) == 0);
    good = good && MPI_Comm_dup(MPI_COMM_WORLD, &ranks->all) == MPI_SUCCESS;
    if (!good) {
        struct place place = {0};
        diag_error(diag, place, "MPI does not begin");
        return STATUS_INTERNAL;
    }
    ranks->ours = !begun;
    ranks->arena = arena;
    if (ranks->ours) {
        (void)MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    }
    (void)MPI_Comm_set_errhandler(ranks->all, MPI_ERRORS_RETURN);
    (void)MPI_Comm_rank(ranks->all, &ranks->rank);
    (void)MPI_Comm_size(ranks->all, &ranks->count);
    ranks->other = ARENA_TAKE(arena, struct other, ranks->rank == 0 ? ranks->count : 1);
    ranks->left_over = ARENA_TAKE(arena, long, (long)ranks->count *PROCESSES_MOST);
    ranks->counts = ARENA_TAKE(arena, int, ranks->count);
    ranks->places = ARENA_TAKE(arena, int, ranks->count);
    *ret = ranks;
    return ranks->other && ranks->left_over && ranks->counts && ranks->places ? STATUS_OK
                                                                              : STATUS_NO_MEMORY;
}

int ranks_count(const struct ranks *ranks) { return ranks->count; }
int ranks_lost(const struct ranks *ranks) { return ranks->lost; }
bool ranks_is_first(const struct ranks *ranks) { return ranks->rank == 0; }

static bool take_message(struct ranks *ranks) {
    size_t size = sizeof(struct heading) + ranks->workers->result_size;
    if (size > ranks->message_size) {
        ranks->message = ARENA_TAKE(ranks->arena, char, (long)size);
        ranks->message_size = size;
    }
    return ranks->message != NULL;
}

/* ---- rank 0 ---- */

static long hand_out(struct ranks *ranks) {
    const struct workers *workers = ranks->workers;
    if (ranks->stopped) {
        return NONE_LEFT;
    }
    if (ranks->left_over_count > 0) {
        return ranks->left_over[--ranks->left_over_count];
    }
    if (ranks->next >= workers->count) {
        return NONE_LEFT;
    }
    long at = ranks->next++;
    return workers->pieces ? workers->pieces[at] : at;
}

static void report(struct ranks *ranks, long piece, const void *result) {
    if (!ranks->workers->done(ranks->workers->data, piece, result)) {
        ranks->stopped = true;
    }
}

static void answer(struct ranks *ranks, int rank) {
    struct other *other = &ranks->other[rank];
    if (!other->asks || (!ranks->over && other->asks_run > ranks->run)) {
        return;
    }
    long piece = !ranks->over ? NONE_LEFT : ranks->lost > 0 ? OVER_WITH_LOSS : OVER;
    if (!ranks->over && other->asks_run == ranks->run && other->begun_count < PROCESSES_MOST) {
        piece = hand_out(ranks);
    }
    if (piece >= 0) {
        other->begun[other->begun_count++] = piece;
    }
    other->asks = false;
    (void)MPI_Send(&piece, 1, MPI_LONG, rank, TAG_PIECE, ranks->all);
}

/* A result counts where its piece is one that this rank still has: not what was given to another meanwhile. */
static void take_result(struct ranks *ranks, int rank) {
    struct other *other = &ranks->other[rank];
    struct heading heading;
    memcpy(&heading, ranks->message, sizeof heading);
    for (int k = 0; heading.run == ranks->run && k < other->begun_count; k++) {
        if (other->begun[k] == heading.piece) {
            other->begun[k] = other->begun[--other->begun_count];
            report(ranks, heading.piece, heading.died ? NULL : ranks->message + sizeof heading);
            return;
        }
    }
}

static void hear(struct ranks *ranks, const MPI_Status *status, double now_s) {
    struct other *other = &ranks->other[status->MPI_SOURCE];
    long run = 0;
    other->heard_s = now_s;
    ranks->lost -= other->lost; /* it was only slow */
    other->lost = false;
    switch (status->MPI_TAG) {
    case TAG_ASK:
        (void)MPI_Recv(&run, 1, MPI_LONG, status->MPI_SOURCE, TAG_ASK, ranks->all,
                       MPI_STATUS_IGNORE);
        other->asks = true;
        other->asks_run = run;
        answer(ranks, status->MPI_SOURCE);
        break;
    case TAG_RESULT:
        if (MPI_Recv(ranks->message, (int)ranks->message_size, MPI_BYTE, status->MPI_SOURCE,
                     TAG_RESULT, ranks->all, MPI_STATUS_IGNORE) == MPI_SUCCESS) {
            take_result(ranks, status->MPI_SOURCE);
        }
        break;
    default:
        (void)MPI_Recv(NULL, 0, MPI_BYTE, status->MPI_SOURCE, status->MPI_TAG, ranks->all,
                       MPI_STATUS_IGNORE);
        other->left = other->left || status->MPI_TAG == TAG_LEAVE;
        break;
    }
}

static void lose(struct ranks *ranks, struct other *other) {
    for (int k = 0; k < other->begun_count; k++) {
        ranks->left_over[ranks->left_over_count++] = other->begun[k];
    }
    other->begun_count = 0;
    ranks->lost += !other->lost && !other->left;
    other->lost = !other->left;
}

/* Hears what there is; true while another rank has a piece, or a lost one has left some over. */
static bool hear_all(void *data) {
    struct ranks *ranks = data;
    double now_s = MPI_Wtime();
    MPI_Status status;
    int there = 1;
    while (MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, ranks->all, &there, &status) == MPI_SUCCESS &&
           there) {
        hear(ranks, &status, now_s);
    }
    bool busy = false;
    for (int rank = 1; rank < ranks->count; rank++) {
        struct other *other = &ranks->other[rank];
        answer(ranks, rank);
        if (other->left || (!other->lost && now_s - other->heard_s > lost_s)) {
            lose(ranks, other);
        }
        busy = busy || other->begun_count > 0;
    }
    return busy || (ranks->left_over_count > 0 && !ranks->stopped);
}

static long next_own(void *data) { return hand_out(data); }

static void work_own(void *data, long piece, void *result) {
    const struct ranks *ranks = data;
    ranks->workers->work(ranks->workers->data, piece, result);
}

static bool done_own(void *data, long piece, const void *result) {
    struct ranks *ranks = data;
    report(ranks, piece, result);
    return !ranks->stopped;
}

static void attend(struct ranks *ranks) { /* nobody was heard while rank 0 was at something else */
    for (int rank = 1; rank < ranks->count; rank++) {
        ranks->other[rank].heard_s = MPI_Wtime();
    }
}

/* ---- the others ---- */

static void say_alive(struct ranks *ranks) {
    double now_s = MPI_Wtime();
    if (now_s - ranks->said_s >= alive_s) {
        ranks->said_s = now_s;
        (void)MPI_Send(NULL, 0, MPI_BYTE, 0, TAG_ALIVE, ranks->all);
    }
}

/* Whether a message came through; where rank 0 is gone, this one gives up. */
static bool came_through(struct ranks *ranks, MPI_Request *request) {
    double began_s = MPI_Wtime();
    int there = 0;
    while (MPI_Test(request, &there, MPI_STATUS_IGNORE) == MPI_SUCCESS && !there) {
        if (MPI_Wtime() - began_s > patience_s) {
            break;
        }
        say_alive(ranks);
        nap();
    }
    ranks->over = ranks->over || !there;
    ranks->lost += !there;
    return there;
}

static long ask(struct ranks *ranks) {
    MPI_Request request;
    long piece = OVER, run = ranks->run;
    if (ranks->over ||
        MPI_Irecv(&piece, 1, MPI_LONG, 0, TAG_PIECE, ranks->all, &request) != MPI_SUCCESS) {
        return OVER;
    }
    (void)MPI_Send(&run, 1, MPI_LONG, 0, TAG_ASK, ranks->all);
    if (!came_through(ranks, &request)) {
        return OVER;
    }
    ranks->over = piece <= OVER;
    ranks->lost += piece == OVER_WITH_LOSS;
    return piece;
}

static long next_of_first(void *data) {
    struct ranks *ranks = data;
    long piece = ranks->stopped ? NONE_LEFT : ask(ranks);
    ranks->stopped = piece < 0;
    return piece;
}

static bool done_elsewhere(void *data, long piece, const void *result) {
    struct ranks *ranks = data;
    const struct heading heading = {ranks->run, piece, result == NULL};
    size_t size = ranks->workers->result_size;
    MPI_Request request;
    memcpy(ranks->message, &heading, sizeof heading);
    memset(ranks->message + sizeof heading, 0, size);
    if (result) {
        memcpy(ranks->message + sizeof heading, result, size);
    }
    return MPI_Isend(ranks->message, (int)(sizeof heading + size), MPI_BYTE, 0, TAG_RESULT,
                     ranks->all, &request) == MPI_SUCCESS &&
           came_through(ranks, &request);
}

static bool still_alive(void *data) {
    say_alive(data);
    return false;
}

/* ---- both ---- */

/* As run 0, of which rank 0 has no pieces: it answers from its first run on. */
bool ranks_await(struct ranks *ranks) { return ask(ranks) > OVER; }

enum status ranks_run(struct ranks *ranks, const struct workers *workers) {
    bool first = ranks->rank == 0;
    struct workers own = *workers;
    ranks->workers = workers;
    ranks->run++;
    ranks->next = 0;
    ranks->left_over_count = 0;
    ranks->stopped = false;
    if (!take_message(ranks)) {
        return STATUS_NO_MEMORY;
    }
    own.processes = workers->processes > 0 ? workers->processes : 1;
    own.data = ranks;
    own.source = ranks;
    own.work = work_own;
    own.done = first ? done_own : done_elsewhere;
    own.next = first ? next_own : next_of_first;
    own.meanwhile = first ? hear_all : still_alive;
    own.count = first ? workers->count : LONG_MAX;
    attend(ranks);
    return workers_run(&own);
}

/* ---- what all do alike ---- */

/* Waits for the others; false where one of them has not come for long. */
static bool met(struct ranks *ranks, MPI_Request *request) {
    const struct timespec time = {0, short_nap_ns};
    double began_s = MPI_Wtime();
    int there = 0;
    for (long looks = 0; MPI_Test(request, &there, MPI_STATUS_IGNORE) == MPI_SUCCESS && !there;
         looks++) {
        if (looks < LOOKS) {
            continue;
        }
        if (MPI_Wtime() - began_s > patience_s) {
            break;
        }
        (void)nanosleep(&time, NULL);
    }
    if (!there) {
        ranks->silent = ranks->over = true;
        ranks->lost++;
        ranks->failed = STATUS_INTERNAL;
    }
    return there;
}

/* Every gather begins with who has failed; so one that settles never leaves the others waiting. A rank that settles well
   while another gathers has gone another way, which is our own fault. */
static enum status meet(struct ranks *ranks, enum status status, bool settles) {
    long own[3] = {status == STATUS_OK ? LONG_MAX : ranks->rank * 256L + (long)status, settles,
                   -(long)settles};
    long least[3] = {0, 0, 0};
    MPI_Request request;
    if (ranks->failed != STATUS_OK) {
        return ranks->failed;
    }
    if (MPI_Iallreduce(own, least, 3, MPI_LONG, MPI_MIN, ranks->all, &request) != MPI_SUCCESS ||
        !met(ranks, &request)) {
        return ranks->failed = STATUS_INTERNAL;
    }
    if (least[0] != LONG_MAX) {
        ranks->failed = (enum status)(least[0] % 256);
        ranks->teller = (int)(least[0] / 256);
    } else if (least[1] != -least[2]) {
        ranks->failed = STATUS_INTERNAL;
        ranks->teller = 0;
    }
    return ranks->failed;
}

enum status ranks_gather(struct ranks *ranks, void *bytes, const long *first) {
    MPI_Request request;
    TRY(meet(ranks, STATUS_OK, false));
    if (first[ranks->count] > INT_MAX) { /* everywhere alike */
        return STATUS_NO_MEMORY;
    }
    for (int r = 0; r < ranks->count; r++) {
        ranks->places[r] = (int)first[r];
        ranks->counts[r] = (int)(first[r + 1] - first[r]);
    }
    bool good = MPI_Iallgatherv(MPI_IN_PLACE, 0, MPI_BYTE, bytes, ranks->counts, ranks->places,
                                MPI_BYTE, ranks->all, &request) == MPI_SUCCESS &&
                met(ranks, &request);
    return good ? STATUS_OK : STATUS_INTERNAL;
}

enum status ranks_settle(struct ranks *ranks, struct diag *diag, enum status status,
                         bool *ret_tells) {
    enum status all = meet(ranks, status, true);
    *ret_tells = ranks->silent || ranks->rank == ranks->teller;
    if (ranks->silent) {
        struct place place = {0};
        diag_error(diag, place,
                   "a rank of this job has been silent for %.0f minutes; it is given up",
                   patience_s / 60.0);
    }
    return all;
}

int ranks_number(const struct ranks *ranks) { return ranks->rank; }

int ranks_beside(const struct ranks *ranks) {
    MPI_Comm machine;
    int count = 1;
    if (MPI_Comm_split_type(ranks->all, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine) ==
        MPI_SUCCESS) {
        (void)MPI_Comm_size(machine, &count);
        (void)MPI_Comm_free(&machine);
    }
    return count;
}

void ranks_end(struct ranks *ranks) {
    if (!ranks) {
        return;
    }
    if (ranks->rank == 0) {
        ranks->over = true;
        attend(ranks);
        for (int rank = 1; rank < ranks->count; rank++) {
            while (!ranks->other[rank].left && !ranks->other[rank].lost) {
                (void)hear_all(ranks);
                nap();
            }
        }
    } else {
        ranks->run = LONG_MAX;
        (void)ask(ranks);
        (void)MPI_Send(NULL, 0, MPI_BYTE, 0, TAG_LEAVE, ranks->all);
    }
    if (ranks->ours && ranks->lost == 0) { /* else it may wait for the lost ones, for ever */
        (void)MPI_Finalize();
    }
}
