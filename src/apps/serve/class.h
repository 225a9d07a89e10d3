/* The classroom: members with roles propose positions, agree or refuse, round by round. All of it lives in memory and ends
   with the program. No file, no clock, no network: the caller brings the time and holds the lock. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_CLASS_H
#define APPS_SERVE_CLASS_H

#include <jansson.h>
#include <stdbool.h>

#include "apps/serve/request.h"

enum {
    CLASS_MEMBERS_MAX = 128, /* places; one who is removed leaves its number unused */
    CLASS_PROPOSALS_MAX = 3, /* of a member in a round */
    CLASS_WRITES_S = 20,     /* of a member in a second */
    CLASS_GUESSES_MIN = 10   /* wrong codes from one machine in a minute */
};

enum class_result {
    CLASS_OK,
    CLASS_WRONG_CODE,
    CLASS_GUESSES,
    CLASS_FULL,
    CLASS_NAME_TAKEN,
    CLASS_NOT_NOW,
    CLASS_PROPOSALS,
    CLASS_UNKNOWN,
    CLASS_OVER,
    CLASS_NO_MEMORY,
    CLASS_RESULTS
};

/* What becomes of a proposal's plan. */
enum class_ready { CLASS_WAITS, CLASS_FOUND, CLASS_INFEASIBLE, CLASS_ERROR };

struct class;
/* code: REQUEST_CODE letters. NULL: no memory. */
struct class *class_new(const char *code, int rounds);
void class_free(struct class *class); /* accepts NULL */
/* Letters of codes: none that is taken for another. */
extern const char class_letters[33];

/* key: REQUEST_SECRET digits, the member's own from now on. machine: from where, now_s: any clock that only goes on. */
enum class_result class_join(struct class *class, const json_t *asked, const char *key,
                             unsigned machine, long now_s, int *ret_member);
int class_member(const struct class *class, const char *key); /* from 1; 0: nobody's */
/* Whether a member may change something just now. */
bool class_may_write(struct class *class, int member, long now_s);
/* The member's key is worth nothing any more, and its assent neither. */
enum class_result class_remove(struct class *class, long member);

/* hash: of the plan that shall be found. */
enum class_result class_propose(struct class *class, int member, const json_t *asked,
                                const char *hash, int *ret_id);
enum class_result class_agree(struct class *class, int member, const json_t *asked);
/* propose, agree, told, the next round's propose: one step. Told: the proposal that every role agrees to is the agreement. */
enum class_result class_next(struct class *class);
/* Proposals with this hash that wait have their plan; figures may be NULL. Returns how many there were. */
int class_found(struct class *class, const char *hash, enum class_ready ready, json_t *figures);
/* The hash of a proposal that waits, from the k-th on; NULL: no more. */
const char *class_waiting(const struct class *class, int *k);

long class_state(const struct class *class); /* counts changes */
json_t *class_json(const struct class *class);
/* All rounds, members by number and role alone. */
json_t *class_export(const struct class *class);

#endif
