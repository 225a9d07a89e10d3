/* What a request may say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/serve/request.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

bool request_host_allowed(const char *host, int port) {
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    for (size_t k = 0; host && k < sizeof names / sizeof names[0]; k++) {
        char whole[64];
        (void)snprintf(whole, sizeof whole, "%s:%d", names[k], port);
        if (strcmp(host, whole) == 0 || (port == 80 && strcmp(host, names[k]) == 0)) {
            return true;
        }
    }
    return false;
}

bool request_origin_allowed(const char *origin, int port) {
    static const char scheme[] = "http://";
    return strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           request_host_allowed(origin + sizeof scheme - 1, port);
}

bool request_is_hash(const char *text, size_t size) {
    return size == 64 && strspn(text, "0123456789abcdef") >= 64;
}

bool request_is_tab(const char *text) {
    size_t size = text ? strlen(text) : 0;
    return size > 0 && size <= REQUEST_TAB_MAX && only(text, size, "-_");
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

static int by_path(const void *a, const void *b) {
    const struct request_change *left = a, *right = b;
    return strcmp(left->path, right->path);
}

static const char *read_set(json_t *set, struct request_plan *ret) {
    const char *path = NULL;
    json_t *value = NULL;
    if (!json_is_object(set)) {
        return "set: an object of path and value is needed";
    }
    if (json_object_size(set) > REQUEST_CHANGES_MAX) {
        return "set: at most 64 changes";
    }
    json_object_foreach(set, path, value) {
        struct request_change *change = &ret->changes[ret->count];
        size_t length = strlen(path), size = json_string_length(value);
        if (length == 0 || length > REQUEST_PATH_MAX || !only(path, length, "_-.") ||
            path[0] == '.' || path[length - 1] == '.' || strstr(path, "..")) {
            return "set: a path is keys of letters, digits, _ and - apart by points, 160 at most";
        }
        if (!json_is_string(value) || !is_value(json_string_value(value), size)) {
            return "set: a value is the text of a number or one word, 40 letters at most";
        }
        memcpy(change->path, path, length + 1);
        memcpy(change->text, json_string_value(value), size + 1);
        ret->count++;
    }
    qsort(ret->changes, (size_t)ret->count, sizeof ret->changes[0], by_path);
    return NULL;
}

static const char *read_object(json_t *root, struct request_plan *ret) {
    const char *key = NULL;
    json_t *value = NULL;
    if (!json_is_object(root)) {
        return "an object is needed";
    }
    json_object_foreach(root, key, value) {
        if (strcmp(key, "tab") != 0 && strcmp(key, "seq") != 0 && strcmp(key, "set") != 0) {
            return "unknown key: tab, seq and set are known";
        }
    }
    const char *tab = json_string_value(json_object_get(root, "tab"));
    json_t *seq = json_object_get(root, "seq");
    if (!request_is_tab(tab)) {
        return "tab: 1 to 40 letters, digits, - and _ are needed";
    }
    if (!json_is_integer(seq) || json_integer_value(seq) < 0) {
        return "seq: a whole number from 0 is needed";
    }
    memcpy(ret->tab, tab, strlen(tab) + 1);
    ret->seq = (long)json_integer_value(seq);
    return read_set(json_object_get(root, "set"), ret);
}

const char *request_plan_read(const char *body, size_t size, struct request_plan *ret) {
    memset(ret, 0, sizeof *ret);
    json_t *root = json_loadb(body, size, JSON_REJECT_DUPLICATES, NULL);
    const char *wrong = root ? read_object(root, ret) : "the body is not JSON";
    json_decref(root);
    return wrong;
}
