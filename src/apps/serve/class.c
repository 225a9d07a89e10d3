/* The classroom's rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/serve/class.h"

#include <stdlib.h>
#include <string.h>

enum { MACHINES_MAX = 256 };

enum phase { PHASE_PROPOSE, PHASE_AGREE, PHASE_TOLD, PHASES };
static const char *const phases[PHASES] = {"propose", "agree", "told"};

const char class_letters[33] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

struct member {
    char *name, *role; /* NULL: removed */
    char key[REQUEST_SECRET + 1];
    long second;
    int writes; /* in that second */
};

struct proposal {
    int member, round;
    char hash[65];
    json_t *set, *figures; /* figures: NULL until there */
    char *words;
    enum class_ready ready;
    bool agreed[CLASS_MEMBERS_MAX];
};

struct class {
    char code[REQUEST_CODE + 1];
    int round, rounds;
    enum phase phase;
    long state;
    int members_count, proposals_count;
    struct member members[CLASS_MEMBERS_MAX]; /* member k + 1 */
    struct proposal *proposals;               /* id k + 1 */
    json_t *agreements;
    struct {
        unsigned machine;
        long minute;
        int wrong;
    } guesses[MACHINES_MAX];
};

struct class *class_new(const char *code, int rounds) {
    struct class *class = calloc(1, sizeof *class);
    json_t *agreements = json_array();
    if (!class || !agreements) {
        json_decref(agreements);
        free(class);
        return NULL;
    }
    memcpy(class->code, code, REQUEST_CODE);
    class->round = 1;
    class->rounds = rounds;
    class->agreements = agreements;
    return class;
}

void class_free(struct class *class) {
    if (!class) {
        return;
    }
    for (int k = 0; k < class->members_count; k++) {
        free(class->members[k].name);
        free(class->members[k].role);
    }
    for (int k = 0; k < class->proposals_count; k++) {
        json_decref(class->proposals[k].set);
        json_decref(class->proposals[k].figures);
        free(class->proposals[k].words);
    }
    free(class->proposals);
    json_decref(class->agreements);
    free(class);
}

/* The count of wrong codes of a machine in this minute; a full table gives up its oldest. */
static int *guesses_of(struct class *class, unsigned machine, long now_s) {
    int place = 0;
    for (int k = 0; k < MACHINES_MAX; k++) {
        if (class->guesses[k].machine == machine) {
            place = k;
            break;
        }
        place = class->guesses[k].minute < class->guesses[place].minute ? k : place;
    }
    if (class->guesses[place].machine != machine || class->guesses[place].minute != now_s / 60) {
        class->guesses[place].machine = machine;
        class->guesses[place].minute = now_s / 60;
        class->guesses[place].wrong = 0;
    }
    return &class->guesses[place].wrong;
}

static const char *text_of(const json_t *asked, const char *key) {
    return json_string_value(json_object_get(asked, key));
}

static bool name_is_taken(const struct class *class, const char *name) {
    for (int k = 0; k < class->members_count; k++) {
        if (class->members[k].name && strcmp(class->members[k].name, name) == 0) {
            return true;
        }
    }
    return false;
}

enum class_result class_join(struct class *class, const json_t *asked, const char *key,
                             unsigned machine, long now_s, int *ret_member) {
    int *wrong = guesses_of(class, machine, now_s);
    if (*wrong >= CLASS_GUESSES_MIN) {
        return CLASS_GUESSES;
    }
    if (!request_code_is(text_of(asked, "code"), class->code)) {
        (*wrong)++;
        return CLASS_WRONG_CODE;
    }
    if (name_is_taken(class, text_of(asked, "name"))) {
        return CLASS_NAME_TAKEN;
    }
    if (class->members_count == CLASS_MEMBERS_MAX) {
        return CLASS_FULL;
    }
    struct member *member = &class->members[class->members_count];
    member->name = strdup(text_of(asked, "name"));
    member->role = strdup(text_of(asked, "role"));
    if (!member->name || !member->role) {
        free(member->name);
        free(member->role);
        member->name = member->role = NULL;
        return CLASS_NO_MEMORY;
    }
    memcpy(member->key, key, REQUEST_SECRET);
    *ret_member = ++class->members_count;
    class->state++;
    return CLASS_OK;
}

int class_member(const struct class *class, const char *key) {
    int found = 0;
    for (int k = 0; k < class->members_count; k++) { /* all of them: the time tells nothing */
        if (class->members[k].name && request_secret_is(key, class->members[k].key)) {
            found = k + 1;
        }
    }
    return found;
}

bool class_may_write(struct class *class, int member, long now_s) {
    struct member *writer = &class->members[member - 1];
    if (writer->second != now_s) {
        writer->second = now_s;
        writer->writes = 0;
    }
    return ++writer->writes <= CLASS_WRITES_S;
}

enum class_result class_remove(struct class *class, long member) {
    if (member < 1 || member > class->members_count || !class->members[member - 1].name) {
        return CLASS_UNKNOWN;
    }
    struct member *gone = &class->members[member - 1];
    free(gone->name);
    free(gone->role);
    memset(gone, 0, sizeof *gone);
    for (int k = 0; k < class->proposals_count; k++) {
        class->proposals[k].agreed[member - 1] = false;
    }
    class->state++;
    return CLASS_OK;
}

enum class_result class_propose(struct class *class, int member, const json_t *asked,
                                const char *hash, int *ret_id) {
    int own = 0, count = class->proposals_count;
    if (class->phase != PHASE_PROPOSE) {
        return CLASS_NOT_NOW;
    }
    for (int k = 0; k < count; k++) {
        own += class->proposals[k].member == member && class->proposals[k].round == class->round;
    }
    if (own >= CLASS_PROPOSALS_MAX) {
        return CLASS_PROPOSALS;
    }
    struct proposal *grown =
        realloc(class->proposals, ((size_t)count + 1) * sizeof *class->proposals);
    char *words = strdup(text_of(asked, "words"));
    if (grown) {
        class->proposals = grown;
    }
    if (!grown || !words) {
        free(words);
        return CLASS_NO_MEMORY;
    }
    struct proposal *proposal = &grown[count];
    memset(proposal, 0, sizeof *proposal);
    proposal->member = member;
    proposal->round = class->round;
    memcpy(proposal->hash, hash, sizeof proposal->hash);
    proposal->set = json_incref(json_object_get(asked, "set"));
    proposal->words = words;
    proposal->agreed[member - 1] = true;
    *ret_id = ++class->proposals_count;
    class->state++;
    return CLASS_OK;
}

enum class_result class_agree(struct class *class, int member, const json_t *asked) {
    json_int_t id = json_integer_value(json_object_get(asked, "id"));
    if (class->phase == PHASE_TOLD) {
        return CLASS_NOT_NOW;
    }
    if (id < 1 || id > class->proposals_count || class->proposals[id - 1].round != class->round) {
        return CLASS_UNKNOWN;
    }
    class->proposals[id - 1].agreed[member - 1] = json_is_true(json_object_get(asked, "agree"));
    class->state++;
    return CLASS_OK;
}

/* Whether member k is the first of its role. */
static bool leads_role(const struct class *class, int k) {
    for (int j = 0; j < k; j++) {
        if (class->members[j].role && strcmp(class->members[j].role, class->members[k].role) == 0) {
            return false;
        }
    }
    return true;
}

/* More than half of the role's members agree. */
static bool role_assents(const struct class *class, const struct proposal *proposal,
                         const char *role) {
    int all = 0, agreed = 0;
    for (int k = 0; k < class->members_count; k++) {
        if (class->members[k].role && strcmp(class->members[k].role, role) == 0) {
            all++;
            agreed += proposal->agreed[k];
        }
    }
    return 2 * agreed > all;
}

/* The roles that are there; of a proposal: those of them that agree. */
static json_t *roles_json(const struct class *class, const struct proposal *proposal) {
    json_t *roles = json_array();
    for (int k = 0; k < class->members_count; k++) {
        const char *role = class->members[k].role;
        if (role && leads_role(class, k) && (!proposal || role_assents(class, proposal, role))) {
            (void)json_array_append_new(roles, json_string(role));
        }
    }
    return roles;
}

static int agreed_count(const struct proposal *proposal) {
    int count = 0;
    for (int k = 0; k < CLASS_MEMBERS_MAX; k++) {
        count += proposal->agreed[k];
    }
    return count;
}

static json_t *proposal_json(const struct class *class, int id) {
    static const char *const words[] = {"running", "full", "infeasible", "error"};
    const struct proposal *proposal = &class->proposals[id - 1];
    json_t *agreed = json_array();
    for (int k = 0; k < CLASS_MEMBERS_MAX; k++) {
        if (proposal->agreed[k]) {
            (void)json_array_append_new(agreed, json_integer(k + 1));
        }
    }
    return json_pack("{s:i,s:i,s:i,s:O,s:s,s:s,s:s,s:O?,s:o,s:o}", "id", id, "member",
                     proposal->member, "round", proposal->round, "set", proposal->set, "words",
                     proposal->words, "hash", proposal->hash, "ready", words[proposal->ready],
                     "figures", proposal->figures, "agreed", agreed, "assent",
                     roles_json(class, proposal));
}

/* Every role agrees to a plan that can be; of several the one with most members behind it, of these the first. */
static int agreement_of(const struct class *class) {
    json_t *all = roles_json(class, NULL);
    int best = 0;
    for (int k = 0; k < class->proposals_count; k++) {
        const struct proposal *proposal = &class->proposals[k];
        if (proposal->round != class->round || proposal->ready != CLASS_FOUND) {
            continue;
        }
        json_t *roles = roles_json(class, proposal);
        bool whole = json_array_size(roles) > 0 && json_array_size(roles) == json_array_size(all);
        json_decref(roles);
        if (whole &&
            (best == 0 || agreed_count(proposal) > agreed_count(&class->proposals[best - 1]))) {
            best = k + 1;
        }
    }
    json_decref(all);
    return best;
}

enum class_result class_next(struct class *class) {
    if (class->phase == PHASE_TOLD && class->round == class->rounds) {
        return CLASS_OVER;
    }
    if (class->phase == PHASE_AGREE) {
        int id = agreement_of(class);
        json_t *told =
            id ? json_pack("{s:i,s:o}", "round", class->round, "proposal", proposal_json(class, id))
               : NULL;
        if (id && json_array_append_new(class->agreements, told) != 0) {
            return CLASS_NO_MEMORY;
        }
    }
    class->round += class->phase == PHASE_TOLD;
    class->phase = (enum phase)((class->phase + 1) % PHASES);
    class->state++;
    return CLASS_OK;
}

int class_found(struct class *class, const char *hash, enum class_ready ready, json_t *figures) {
    int count = 0;
    for (int k = 0; k < class->proposals_count; k++) {
        struct proposal *proposal = &class->proposals[k];
        if (proposal->ready == CLASS_WAITS && strcmp(proposal->hash, hash) == 0) {
            proposal->ready = ready;
            proposal->figures = json_incref(figures);
            count++;
        }
    }
    class->state += count > 0;
    return count;
}

const char *class_waiting(const struct class *class, int *k) {
    for (; *k < class->proposals_count; (*k)++) {
        if (class->proposals[*k].ready == CLASS_WAITS) {
            return class->proposals[(*k)++].hash;
        }
    }
    return NULL;
}

long class_state(const struct class *class) { return class->state; }

static json_t *members_json(const struct class *class, bool with_names) {
    json_t *members = json_array();
    for (int k = 0; k < class->members_count; k++) {
        const struct member *member = &class->members[k];
        if (member->name) {
            json_t *one = json_pack("{s:i,s:s}", "member", k + 1, "role", member->role);
            if (with_names) {
                (void)json_object_set_new(one, "name", json_string(member->name));
            }
            (void)json_array_append_new(members, one);
        }
    }
    return members;
}

static json_t *proposals_json(const struct class *class, int round) {
    json_t *proposals = json_array();
    for (int k = 0; k < class->proposals_count; k++) {
        if (round == 0 || class->proposals[k].round == round) {
            (void)json_array_append_new(proposals, proposal_json(class, k + 1));
        }
    }
    return proposals;
}

static json_t *whole_json(const struct class *class, bool with_names, int round) {
    return json_pack("{s:i,s:i,s:s,s:I,s:o,s:o,s:o,s:O}", "round", class->round, "rounds",
                     class->rounds, "phase", phases[class->phase], "state",
                     (json_int_t) class->state, "roles", roles_json(class, NULL), "members",
                     members_json(class, with_names), "proposals", proposals_json(class, round),
                     "agreements", class->agreements);
}

json_t *class_json(const struct class *class) {
    json_t *root = whole_json(class, true, class->round);
    (void)json_object_set_new(root, "code", json_string(class->code));
    return root;
}

json_t *class_export(const struct class *class) { return whole_json(class, false, 0); }
