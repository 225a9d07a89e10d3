/* What a request may say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/serve/request.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct request_form request_forms[REQUEST_FORMS] = {
    [REQUEST_FORM_PLAN] = {"plan",
                           {{"tab", REQUEST_WORD, REQUEST_TAB_MAX},
                            {"seq", REQUEST_COUNT, 0},
                            {"set", REQUEST_SET, REQUEST_CHANGES_MAX}}},
    [REQUEST_FORM_SAVED] = {"saved",
                            {{"name", REQUEST_LINE, 120},
                             {"set", REQUEST_SET, REQUEST_CHANGES_MAX},
                             {"hash", REQUEST_HASH, 64}}},
    [REQUEST_FORM_COMMENT] = {"comment",
                              {{"who", REQUEST_LINE, 80},
                               {"about", REQUEST_PLACE, REQUEST_PATH_MAX},
                               {"text", REQUEST_TEXT, 4000}}},
    [REQUEST_FORM_ANSWER] = {"answer",
                             {{"text", REQUEST_TEXT, 4000}, {"change", REQUEST_CHANGE, 0}}},
    [REQUEST_FORM_CLASS] = {"class", {{"rounds", REQUEST_WHOLE, 20}}},
    [REQUEST_FORM_JOIN] = {"join",
                           {{"code", REQUEST_WORD, REQUEST_CODE},
                            {"name", REQUEST_LINE, 60},
                            {"role", REQUEST_WORD, 40}}},
    [REQUEST_FORM_PROPOSE] = {"propose",
                              {{"set", REQUEST_SET, REQUEST_CHANGES_MAX},
                               {"words", REQUEST_TEXT, 1000}}},
    [REQUEST_FORM_AGREE] = {"agree", {{"id", REQUEST_WHOLE, 0}, {"agree", REQUEST_YES_NO, 0}}},
    [REQUEST_FORM_ROUND] = {"round", {{"next", REQUEST_TRUE, 0}}},
};

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char digits[] = "0123456789";

static bool only(const char *text, size_t size, const char *also) {
    for (size_t k = 0; k < size; k++) {
        if (text[k] == '\0' ||
            (!strchr(letters, text[k]) && !strchr(digits, text[k]) && !strchr(also, text[k]))) {
            return false;
        }
    }
    return true;
}

bool request_host_allowed(const char *host, const struct request_home *home) {
    bool is_own = strcmp(home->address, "127.0.0.1") == 0;
    const char *const names[] = {home->address, is_own ? "localhost" : NULL,
                                 is_own ? "[::1]" : NULL};
    for (size_t k = 0; host && k < sizeof names / sizeof names[0] && names[k]; k++) {
        char whole[64];
        (void)snprintf(whole, sizeof whole, "%s:%d", names[k], home->port);
        if (strcmp(host, whole) == 0 || (home->port == 80 && strcmp(host, names[k]) == 0)) {
            return true;
        }
    }
    return false;
}

bool request_origin_allowed(const char *origin, const struct request_home *home) {
    static const char scheme[] = "http://";
    return strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           request_host_allowed(origin + sizeof scheme - 1, home);
}

/* What no router carries to the internet: loopback, private, link-local and shared addresses. */
static bool is_local(const struct in_addr *address) {
    static const struct {
        unsigned net;
        int bits;
    } local[] = {{0x7f000000, 8},  {0x0a000000, 8},  {0xac100000, 12},
                 {0xc0a80000, 16}, {0xa9fe0000, 16}, {0x64400000, 10}};
    unsigned number = ntohl(address->s_addr);
    for (size_t k = 0; k < sizeof local / sizeof local[0]; k++) {
        if (((number ^ local[k].net) >> (32 - local[k].bits)) == 0) {
            return true;
        }
    }
    return false;
}

bool request_home_read(const char *text, struct request_home *ret) {
    struct request_home home = {.port = ret->port};
    struct in_addr address;
    size_t size = strcspn(text, ":");
    if (size >= sizeof home.address) {
        return false;
    }
    memcpy(home.address, text, size);
    if (inet_pton(AF_INET, home.address, &address) != 1 || !is_local(&address)) {
        return false;
    }
    if (text[size] == ':') {
        const char *port = text + size + 1;
        size_t length = strlen(port);
        if (length == 0 || length > 5 || strspn(port, digits) != length) {
            return false;
        }
        home.port = (int)strtol(port, NULL, 10);
    }
    if (home.port > 65535) {
        return false;
    }
    *ret = home;
    return true;
}

bool request_is_hash(const char *text, size_t size) {
    return size == 64 && strspn(text, "0123456789abcdef") >= 64;
}

bool request_is_tab(const char *text) {
    size_t size = text ? strlen(text) : 0;
    return size > 0 && size <= REQUEST_TAB_MAX && only(text, size, "-_");
}

long request_id(const char *text) {
    size_t size = text ? strlen(text) : 0;
    bool good = size > 0 && size <= 15 && text[0] != '0' && strspn(text, digits) == size;
    return good ? strtol(text, NULL, 10) : 0;
}

bool request_secret_is(const char *text, const char *secret) {
    size_t size = text ? strlen(text) : 0;
    if (size != REQUEST_SECRET || strlen(secret) != REQUEST_SECRET) {
        return false;
    }
    volatile unsigned char differs = 0;
    for (size_t k = 0; k < REQUEST_SECRET; k++) {
        differs |= (unsigned char)(text[k] ^ secret[k]);
    }
    return differs == 0;
}

bool request_bearer_is(const char *authorization, const char *secret) {
    static const char scheme[] = "Bearer ";
    return authorization && strncmp(authorization, scheme, sizeof scheme - 1) == 0 &&
           request_secret_is(authorization + sizeof scheme - 1, secret);
}

bool request_code_is(const char *text, const char *code) {
    if (strlen(text) != REQUEST_CODE || strlen(code) != REQUEST_CODE) {
        return false;
    }
    volatile unsigned char differs = 0;
    for (size_t k = 0; k < REQUEST_CODE; k++) {
        bool is_small = text[k] >= 'a' && text[k] <= 'z';
        differs |= (unsigned char)((is_small ? text[k] - 'a' + 'A' : text[k]) ^ code[k]);
    }
    return differs == 0;
}

/* A number, or one word. No point outside numbers and no slash: a value names no file outside the scenario's folder. */
static bool is_value(const char *text, size_t size) {
    if (size == 0 || size > REQUEST_TEXT_MAX || !only(text, size, "+-._")) {
        return false;
    }
    if (!strchr(digits, text[0]) && !strchr("+-.", text[0])) {
        return !memchr(text, '.', size);
    }
    char *end = NULL;
    (void)strtod(text, &end);
    return end == text + size;
}

static bool is_place(const char *text, size_t size, size_t most) {
    return size > 0 && size <= most && only(text, size, "_-.") && text[0] != '.' &&
           text[size - 1] != '.' && !strstr(text, "..");
}

/* Text (jansson lets valid UTF-8 alone pass) that shows something, without control characters and without those that turn
   the direction of what follows. */
static bool is_text(const char *text, size_t size, size_t most, bool lines) {
    bool shows = false;
    for (size_t k = 0; k < size && size <= most; k++) {
        const unsigned char *at = (const unsigned char *)text + k;
        bool breaks = at[0] == '\n' || at[0] == '\t';
        if ((at[0] < 0x20 && !(lines && breaks)) || at[0] == 0x7f ||
            (at[0] == 0xc2 && at[1] < 0xa0)) {
            return false;
        }
        if (at[0] == 0xe2 && ((at[1] == 0x80 && at[2] >= 0xa8 && at[2] <= 0xae) ||
                              (at[1] == 0x81 && at[2] >= 0xa6 && at[2] <= 0xa9))) {
            return false;
        }
        shows = shows || (!breaks && at[0] != ' ');
    }
    return shows && size <= most;
}

static bool is_set(json_t *set, size_t most) {
    const char *path = NULL;
    json_t *value = NULL;
    if (!json_is_object(set) || json_object_size(set) > most) {
        return false;
    }
    json_object_foreach(set, path, value) {
        if (!is_place(path, strlen(path), REQUEST_PATH_MAX) || !json_is_string(value) ||
            !is_value(json_string_value(value), json_string_length(value))) {
            return false;
        }
    }
    return true;
}

static bool is_change(json_t *change) {
    json_t *path = json_object_get(change, "path"), *text = json_object_get(change, "text");
    return json_is_null(change) ||
           (json_is_object(change) && json_object_size(change) == 2 && json_is_string(path) &&
            is_place(json_string_value(path), json_string_length(path), REQUEST_PATH_MAX) &&
            json_is_string(text) && is_value(json_string_value(text), json_string_length(text)));
}

static bool is_of_kind(json_t *value, const struct request_key *key) {
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    size_t size = json_is_string(value) ? json_string_length(value) : 0, most = (size_t)key->most;
    json_int_t number = json_is_integer(value) ? json_integer_value(value) : -1;
    switch (key->kind) {
    case REQUEST_WORD:
        return size > 0 && size <= most && only(text, size, "-_");
    case REQUEST_PLACE:
        return is_place(text, size, most);
    case REQUEST_LINE:
    case REQUEST_TEXT:
        return is_text(text, size, most, key->kind == REQUEST_TEXT);
    case REQUEST_WHOLE:
        return number >= 1 && (key->most == 0 || number <= key->most);
    case REQUEST_COUNT:
        return number >= 0;
    case REQUEST_YES_NO:
        return json_is_boolean(value);
    case REQUEST_TRUE:
        return json_is_true(value);
    case REQUEST_HASH:
        return request_is_hash(text, size);
    case REQUEST_SET:
        return is_set(value, most);
    case REQUEST_CHANGE:
        return is_change(value);
    case REQUEST_NONE:
    case REQUEST_KINDS:
        break;
    }
    return false;
}

static const char *need_of(enum request_kind kind) {
    switch (kind) {
    case REQUEST_WORD:
        return "letters, digits, - and _";
    case REQUEST_PLACE:
        return "keys of letters, digits, - and _ apart by points";
    case REQUEST_LINE:
        return "text of one line without control characters";
    case REQUEST_TEXT:
        return "text without control characters";
    case REQUEST_WHOLE:
        return "a whole number from 1";
    case REQUEST_COUNT:
        return "a whole number from 0";
    case REQUEST_YES_NO:
        return "true or false";
    case REQUEST_TRUE:
        return "true";
    case REQUEST_HASH:
        return "hexadecimal digits";
    case REQUEST_SET:
        return "paths (keys apart by points) with the text of a number or one word each, 40 "
               "letters";
    case REQUEST_CHANGE:
        return "null, or path and the text of a number or one word";
    case REQUEST_NONE:
    case REQUEST_KINDS:
        break;
    }
    return "nothing";
}

static void words_of(const struct request_key *key, char ret_words[REQUEST_WORDS_MAX]) {
    int size =
        snprintf(ret_words, REQUEST_WORDS_MAX, "%s: %s is needed", key->name, need_of(key->kind));
    if (key->most > 0 && size > 0 && size < REQUEST_WORDS_MAX) {
        (void)snprintf(ret_words + size, (size_t)(REQUEST_WORDS_MAX - size), ", %d at most",
                       key->most);
    }
}

static bool has_all(json_t *root, const struct request_form *form,
                    char ret_words[REQUEST_WORDS_MAX]) {
    size_t count = 0;
    for (; count < REQUEST_KEYS_MAX && form->keys[count].name; count++) {
        const struct request_key *key = &form->keys[count];
        if (!is_of_kind(json_object_get(root, key->name), key)) {
            words_of(key, ret_words);
            return false;
        }
    }
    if (json_object_size(root) != count) {
        (void)snprintf(ret_words, REQUEST_WORDS_MAX, "unknown key: %s%s%s%s%s is all that is known",
                       form->keys[0].name, count > 1 ? ", " : "",
                       count > 1 ? form->keys[1].name : "", count > 2 ? ", " : "",
                       count > 2 ? form->keys[2].name : "");
        return false;
    }
    return true;
}

bool request_form_read(const char *body, size_t size, enum request_form_name name, json_t **ret,
                       char ret_words[REQUEST_WORDS_MAX]) {
    json_t *root = json_loadb(body, size, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(root)) {
        (void)snprintf(ret_words, REQUEST_WORDS_MAX, "%s",
                       root ? "an object is needed" : "the body is not JSON");
    } else if (has_all(root, &request_forms[name], ret_words)) {
        *ret = root;
        return true;
    }
    json_decref(root);
    return false;
}

static int by_path(const void *a, const void *b) {
    const struct request_change *left = a, *right = b;
    return strcmp(left->path, right->path);
}

void request_set_take(json_t *set, struct request_plan *ret) {
    json_t *value = NULL;
    const char *path = NULL;
    ret->count = 0;
    json_object_foreach(set, path, value) {
        struct request_change *change = &ret->changes[ret->count++];
        memcpy(change->path, path, strlen(path) + 1);
        memcpy(change->text, json_string_value(value), json_string_length(value) + 1);
    }
    qsort(ret->changes, (size_t)ret->count, sizeof ret->changes[0], by_path);
}

bool request_plan_read(const char *body, size_t size, struct request_plan *ret,
                       char ret_words[REQUEST_WORDS_MAX]) {
    json_t *root = NULL;
    memset(ret, 0, sizeof *ret);
    if (!request_form_read(body, size, REQUEST_FORM_PLAN, &root, ret_words)) {
        return false;
    }
    memcpy(ret->tab, json_string_value(json_object_get(root, "tab")),
           json_string_length(json_object_get(root, "tab")) + 1);
    ret->seq = (long)json_integer_value(json_object_get(root, "seq"));
    request_set_take(json_object_get(root, "set"), ret);
    json_decref(root);
    return true;
}
