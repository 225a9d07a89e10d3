/* JSON that others wrote, read by jansson behind this file. A value lives as long as its document;
   every question may be asked of NULL and of the wrong kind and is then answered with nothing. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct json; /* a value */

/* Reads one value from the start of text and leaves what follows: ret_used is how many bytes it
   took. place: where text begins in its file. A mistake is told at its own line and column.
   Duplicate keys, NaN and bytes that are no UTF-8 are mistakes. json_free gives the document
   back. */
enum status json_read(struct diag *diag, struct place place, const char *text, size_t size,
                      size_t *ret_used, struct json **ret) MUST_CHECK;
/* The same for a whole text of one value. */
enum status json_read_all(struct diag *diag, const char *file, const char *text, size_t size,
                          struct json **ret) MUST_CHECK;
void json_free(struct json *document); /* accepts NULL */

const struct json *json_find(const struct json *object, const char *key); /* or NULL */
/* The members of an object in the order of the file: index 0 .. json_count - 1. */
const struct json *json_member(const struct json *object, int index, const char **ret_key);
const struct json *json_at(const struct json *array, int index);
int json_count(const struct json *value); /* elements or members; 0 for anything else */
bool json_is_object(const struct json *value);
bool json_is_array(const struct json *value);
bool json_is_null(const struct json *value);         /* null, or absent */
double json_number(const struct json *value);        /* NaN when it is no number */
const char *json_text(const struct json *value);     /* NULL when it is no text */
bool json_flag(const struct json *value, bool *ret); /* false when it is neither true nor false */

/* The place size bytes further on: lines and characters counted. */
struct place json_place(struct place place, const char *text, size_t size);

#endif
