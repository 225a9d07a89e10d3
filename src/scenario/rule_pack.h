/* Rule packs: dated, sourced requirements as data. rules/NAME.yaml are built in; a scenario may name a file of its own.
   A pack is read and checked here; accounts/rule_judge.c holds a plan against it.

   A day is a number, year * 10000 + month * 100 + day: it compares as days do, and n years more are 10000 n more. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_RULE_PACK_H
#define SCENARIO_RULE_PACK_H

#include "base/diag.h"

enum rule_field {
#define RULE_FIELD(id, name, unit, meaning) RULE_FIELD_##id,
#include "scenario/rule_fields.def"
#undef RULE_FIELD
    RULE_FIELDS
};
const char *rule_field_name(enum rule_field field);
const char *rule_field_meaning(enum rule_field field);
double rule_field_unit_ratio(enum rule_field field); /* a value in rule files times this is ours */

/* What a test or a limit asks for: a figure of the plan, or (site not NULL) a key of the scenario's section site. */
struct key;
struct rule_asked {
    enum rule_field field;
    const struct key *site;
};

enum rule_op { RULE_BELOW, RULE_AT_MOST, RULE_EQUAL, RULE_UNEQUAL, RULE_AT_LEAST, RULE_ABOVE };
const char *rule_op_sign(enum rule_op op); /* "<=" */
bool rule_compare(double value, enum rule_op op, double limit_value);

enum rule_test_kind { RULE_ALL, RULE_ANY, RULE_NOT, RULE_COMPARE };
struct rule_test { /* a tree; RULE_NOT: none of its tests holds */
    enum rule_test_kind kind;
    struct rule_asked asked;
    enum rule_op op;
    double value;
    int count;
    struct rule_test *tests;
};

struct rule_threshold {
    long from; /* a day; after_start: counted from the data centre's first, so years * 10000 */
    bool after_start;
    double value;
};

/* In the order of the words in rule_pack.c. */
enum rule_status {
    RULE_IN_FORCE,
    RULE_ADOPTED,   /* not effective before valid_from */
    RULE_STANDARD,  /* binds where a contract or a code cites it */
    RULE_CONDITION, /* binds applicants of a round */
    RULE_POLICY,    /* a published target */
    RULE_VOLUNTARY,
    RULE_PROPOSED,
    RULE_NOT_ENACTED,
    RULE_VETOED,
    RULE_REPEALED,
    RULE_STATUSES
};
const char *rule_status_words(enum rule_status status);
/* Does a broken rule of this status break the plan? Targets, offers and drafts do not. */
bool rule_binds(enum rule_status status);
bool rule_is_history(enum rule_status status); /* never became law, or is law no more */

enum rule_confidence { RULE_PRIMARY, RULE_SECONDARY, RULE_RECALLED, RULE_CONFIDENCES };
const char *rule_confidence_words(enum rule_confidence confidence);

struct rule {
    const char *id, *title;
    const char *says;   /* what it asks, in our words */
    const char *source; /* where it was read */
    const char *jurisdiction, *level, *topic;
    struct place place;
    struct rule_test *applies, *exempt; /* NULL: to all, none */
    enum rule_status status;
    enum rule_confidence confidence;
    bool must;       /* else it is advice */
    long valid_from; /* a day; 0: always */
    /* one of three: a limit, a duty, or (neither) information */
    bool is_limit;
    struct rule_asked metric;
    enum rule_op op;
    int thresholds_count;
    struct rule_threshold *thresholds; /* by date, at least one */
    const char *duty;                  /* what has to be done; stated as done under site: met */
};

struct rule_pack {
    const char *name, *title;
    long reviewed; /* the day on which its records were last gone over */
    int rules_count;
    struct rule *rules;
};

/* Names of the built-in packs, in order; returns how many. */
int rule_pack_names(const char *const **ret_names);
/* A built-in pack; USAGE when there is none of that name. */
enum status rule_pack_built_in(struct arena *arena, struct diag *diag, const char *name,
                               struct rule_pack **ret) MUST_CHECK;
/* A pack from a text. BAD_SCENARIO, with every mistake in diag. */
enum status rule_pack_parse(struct arena *arena, struct diag *diag, const char *file,
                            const char *text, size_t size, struct rule_pack **ret) MUST_CHECK;

long rule_day(int year, int month, int day);         /* month 0..11 */
bool rule_day_read(const char *text, long *ret_day); /* "2026-07-01" */
const char *rule_day_words(struct arena *arena, long day);

#endif
