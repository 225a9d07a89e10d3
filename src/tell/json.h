/* Pieces of JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_JSON_H
#define TELL_JSON_H

#include "base/text.h"

void json_add_text(struct text_buffer *out, const char *text); /* NULL: null */
void json_add_number(struct text_buffer *out, double value);   /* null where it is not finite */

#endif
