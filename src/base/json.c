/* jansson 2.14 (MIT). Its values are handed out under our own name; none of them is changed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <jansson.h>
#include <math.h>
#include <stdint.h>

/* jansson's macros of these names are in the way of ours. */
#undef json_is_object
#undef json_is_array
#undef json_is_null

static const json_t *as_jansson(const struct json *value) { return (const json_t *)value; }
static const struct json *as_ours(const json_t *value) { return (const struct json *)value; }

struct place json_place(struct place place, const char *text, size_t size) {
    for (size_t k = 0; k < size; k++) {
        if (text[k] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)text[k] & 0xC0u) != 0x80u) {
            place.column++;
        }
    }
    return place;
}

/* jansson names a byte near the mistake; its own words hold it in quotes and are kept. */
static enum status wrong(struct diag *diag, struct place place, const char *text, size_t size,
                         const json_error_t *error) {
    if (json_error_code(error) == json_error_out_of_memory) {
        return STATUS_NO_MEMORY;
    }
    size_t at = error->position > 0 ? (size_t)error->position : 0;
    diag_error(diag, json_place(place, text, at < size ? at : size), "no JSON: %s", error->text);
    diag_remedy(diag, "mend it there, or write the file again with the program it came from");
    return STATUS_BAD_SCENARIO;
}

enum status json_read(struct diag *diag, struct place place, const char *text, size_t size,
                      size_t *ret_used, struct json **ret) {
    json_error_t error;
    json_t *value = json_loadb(
        text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &error);
    if (!value) {
        return wrong(diag, place, text, size, &error);
    }
    *ret_used = (size_t)error.position;
    *ret = (struct json *)value;
    return STATUS_OK;
}

enum status json_read_all(struct diag *diag, const char *file, const char *text, size_t size,
                          struct json **ret) {
    json_error_t error;
    json_t *value = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) {
        return wrong(diag, (struct place){file, 1, 1}, text, size, &error);
    }
    *ret = (struct json *)value;
    return STATUS_OK;
}

void json_free(struct json *document) { json_decref((json_t *)document); }

const struct json *json_find(const struct json *object, const char *key) {
    return as_ours(json_object_get(as_jansson(object), key));
}

const struct json *json_member(const struct json *object, int index, const char **ret_key) {
    json_t *members = (json_t *)(uintptr_t)object;
    void *at = json_object_iter(members);
    for (int k = 0; at && k < index; k++) {
        at = json_object_iter_next(members, at);
    }
    *ret_key = at ? json_object_iter_key(at) : NULL;
    return at ? as_ours(json_object_iter_value(at)) : NULL;
}

const struct json *json_at(const struct json *array, int index) {
    return index < 0 ? NULL : as_ours(json_array_get(as_jansson(array), (size_t)index));
}

int json_count(const struct json *value) {
    const json_t *v = as_jansson(value);
    return (int)(json_is_array(value) ? json_array_size(v) : json_object_size(v));
}

static bool is(const struct json *value, json_type type) {
    return value && json_typeof(as_jansson(value)) == type;
}
bool json_is_object(const struct json *value) { return is(value, JSON_OBJECT); }
bool json_is_array(const struct json *value) { return is(value, JSON_ARRAY); }
bool json_is_null(const struct json *value) { return !value || is(value, JSON_NULL); }

double json_number(const struct json *value) {
    return is(value, JSON_REAL) || is(value, JSON_INTEGER) ? json_number_value(as_jansson(value))
                                                           : (double)NAN;
}

const char *json_text(const struct json *value) {
    return is(value, JSON_STRING) ? json_string_value(as_jansson(value)) : NULL;
}

bool json_flag(const struct json *value, bool *ret) {
    if (!is(value, JSON_TRUE) && !is(value, JSON_FALSE)) {
        return false;
    }
    *ret = is(value, JSON_TRUE);
    return true;
}
