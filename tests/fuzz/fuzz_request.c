/* A request to the server from any bytes: each form of body is read or refused in words; what is read keeps its limits, is
   sorted, and names no file; a host or a secret is allowed as a whole or not at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
