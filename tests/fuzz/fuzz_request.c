/* A request to the server from any bytes: each form of body is read or refused in words; what is read keeps its limits, is
   sorted, and names no file; a host or a secret is allowed as a whole or not at all. The first line as the names of columns
   finds whole columns of the rest or none. And as moves of a class the bytes leave a class that keeps its rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/class.h"
#include "apps/serve/hours.h"
#include "apps/serve/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

static void look(const struct request_plan *plan) {
    demand(request_is_tab(plan->tab) && plan->seq >= 0);
    demand(plan->count >= 0 && plan->count <= REQUEST_CHANGES_MAX);
    for (int k = 0; k < plan->count; k++) {
        const struct request_change *change = &plan->changes[k];
        demand(change->path[0] != '\0' && change->text[0] != '\0');
        demand(!strpbrk(change->text, "/\\{}[]:#&*\n ") && !strstr(change->text, ".."));
        demand(k == 0 || strcmp(plan->changes[k - 1].path, change->path) < 0);
    }
}

/* A text has no control character, and not more bytes than its form allows. */
static void look_at_text(const char *text, const struct request_key *key) {
    demand(text && strlen(text) > 0 && strlen(text) <= (size_t)key->most);
    for (const char *at = text; *at != '\0'; at++) {
        bool breaks = key->kind == REQUEST_TEXT && (*at == '\n' || *at == '\t');
        demand((unsigned char)*at >= 0x20 || breaks);
    }
}

static void look_at_key(json_t *value, const struct request_key *key) {
    const char *text = json_string_value(value);
    struct request_plan *plan = NULL;
    switch (key->kind) {
    case REQUEST_WORD:
    case REQUEST_PLACE:
    case REQUEST_LINE:
    case REQUEST_TEXT:
        look_at_text(text, key);
        demand(key->kind != REQUEST_PLACE || !strpbrk(text, "/\\ "));
        break;
    case REQUEST_HASH:
        demand(text && request_is_hash(text, strlen(text)));
        break;
    case REQUEST_WHOLE:
    case REQUEST_COUNT:
        demand(json_is_integer(value) && json_integer_value(value) >= 0);
        break;
    case REQUEST_SET:
        plan = calloc(1, sizeof *plan);
        if (plan) {
            memcpy(plan->tab, "t", 2);
            request_set_take(value, plan);
            look(plan);
        }
        free(plan);
        break;
    case REQUEST_CHANGE:
        demand(json_is_null(value) || json_is_string(json_object_get(value, "path")));
        break;
    case REQUEST_YES_NO:
    case REQUEST_TRUE:
        demand(json_is_boolean(value));
        break;
    case REQUEST_NONE:
    case REQUEST_KINDS:
        demand(false);
    }
}

static void look_at_forms(const char *text, size_t size) {
    for (int form = 0; form < REQUEST_FORMS; form++) {
        char words[REQUEST_WORDS_MAX] = "";
        json_t *root = NULL;
        if (!request_form_read(text, size, (enum request_form_name)form, &root, words)) {
            demand(words[0] != '\0' && !root);
            continue;
        }
        for (int k = 0; k < REQUEST_KEYS_MAX && request_forms[form].keys[k].name; k++) {
            const struct request_key *key = &request_forms[form].keys[k];
            look_at_key(json_object_get(root, key->name), key);
        }
        json_decref(root);
    }
}

static void look_at_home(const char *text) {
    struct request_home home = {.port = 1};
    if (request_home_read(text, &home)) {
        char host[32];
        demand(home.port >= 0 && home.port <= 65535 && strspn(home.address, "0123456789.") >= 7);
        (void)snprintf(host, sizeof host, "%s:%d", home.address, home.port);
        demand(request_host_allowed(host, &home));
    }
}

static void look_at_hours(const char *text, size_t size) {
    size_t length = strcspn(text, "\n"), steps = 0, count = 0;
    char *names = strndup(text, length);
    FILE *file = length + 1 < size
                     ? fmemopen((void *)(uintptr_t)(text + length + 1), size - length - 1, "r")
                     : NULL;
    void *values = file && names ? hours_take(file, names, &steps, &count) : NULL;
    if (values) {
        double last_value = 0.0;
        demand(steps >= 1 && count >= 1 && count <= 64);
        memcpy(&last_value, (const char *)values + (steps * count - 1) * sizeof last_value,
               sizeof last_value);
    }
    if (file) {
        (void)fclose(file);
    }
    free(values);
    free(names);
}

/* One move: 3 bytes; what the rules refuse changes nothing. */
static void move(struct class *class, const uint8_t at[3], long now_s) {
    static const char *const roles[] = {"mayor", "resident", "operator", "x"};
    char key[REQUEST_SECRET + 1], hash[65] = {0};
    int id = 0, made = 0;
    json_t *asked = NULL, *before = class_json(class);
    long state = class_state(class);
    (void)snprintf(key, sizeof key, "%064d", at[1]);
    (void)snprintf(hash, sizeof hash, "%064d", at[2] % 4);
    enum class_result end = CLASS_UNKNOWN;
    int known = class_member(class, key);
    switch (at[0] % 6) {
    case 0:
        asked = json_pack("{s:s,s:s,s:s}", "code", at[2] % 16 ? "abcdef" : "abcdeg", "name", key,
                          "role", roles[at[2] % 4]);
        end = class_join(class, asked, key, at[2] % 3, now_s, &made);
        demand(end != CLASS_OK || class_member(class, key) == made);
        break;
    case 1:
        asked = json_pack("{s:{},s:s}", "set", "words", "w");
        end = known ? class_propose(class, known, asked, hash, &id) : CLASS_UNKNOWN;
        break;
    case 2:
        asked = json_pack("{s:i,s:b}", "id", at[2], "agree", at[0] > 127);
        end = known ? class_agree(class, known, asked) : CLASS_UNKNOWN;
        break;
    case 3:
        end = class_next(class);
        break;
    case 4:
        end = class_remove(class, 1 + at[1] % CLASS_MEMBERS_MAX);
        break;
    default:
        end = class_found(class, hash, (enum class_ready)(1 + at[1] % 3), NULL) > 0 ? CLASS_OK
                                                                                    : CLASS_UNKNOWN;
    }
    json_t *after = class_json(class);
    demand(after && json_object_size(after) == 9);
    demand(class_state(class) == state + (end == CLASS_OK) &&
           (end == CLASS_OK || json_equal(before, after)));
    json_decref(asked);
    json_decref(before);
    json_decref(after);
}

/* At most one agreement for each round that was told, of that round, and every role stood behind it. */
static void look_at_agreements(const struct class *class) {
    json_t *root = class_export(class), *one = NULL;
    size_t k = 0;
    json_int_t last = 0;
    json_array_foreach(json_object_get(root, "agreements"), k, one) {
        json_t *proposal = json_object_get(one, "proposal");
        json_int_t round = json_integer_value(json_object_get(one, "round"));
        demand(round > last && round <= json_integer_value(json_object_get(root, "rounds")));
        demand(json_integer_value(json_object_get(proposal, "round")) == round);
        demand(strcmp(json_string_value(json_object_get(proposal, "ready")), "full") == 0);
        demand(json_array_size(json_object_get(proposal, "assent")) > 0);
        last = round;
    }
    json_decref(root);
}

static void play(const uint8_t *data, size_t size) {
    struct class *class = size > 0 ? class_new("ABCDEF", 1 + data[0] % 20) : NULL;
    for (size_t k = 1; class && k + 3 <= size && k < 120; k += 3) {
        move(class, data + k, (long)(k / 30));
    }
    if (class) {
        look_at_agreements(class);
    }
    class_free(class);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct request_home home = {"127.0.0.1", 8080};
    static const char secret[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    char words[REQUEST_WORDS_MAX];
    struct request_plan *plan = calloc(1, sizeof *plan);
    char *text = malloc(size + 1);
    if (plan && text) {
        memcpy(text, data, size);
        text[size] = '\0';
        if (request_plan_read(text, size, plan, words)) {
            look(plan);
        }
        look_at_forms(text, size);
        look_at_home(text);
        look_at_hours(text, size);
        play(data, size);
        bool allowed = request_host_allowed(text, &home);
        demand(!allowed || strcmp(text, "127.0.0.1:8080") == 0 ||
               strcmp(text, "localhost:8080") == 0 || strcmp(text, "[::1]:8080") == 0);
        demand(!request_origin_allowed(text, &home) || strncmp(text, "http://", 7) == 0);
        demand(!request_is_hash(text, strlen(text)) || strlen(text) == 64);
        demand(request_secret_is(text, secret) == (strcmp(text, secret) == 0));
        demand(!request_bearer_is(text, secret) || strcmp(text + 7, secret) == 0);
        demand(request_id(text) == 0 || strspn(text, "0123456789") == strlen(text));
        (void)request_code_is(text, "ABCDEF");
    }
    free(text);
    free(plan);
    return 0;
}
