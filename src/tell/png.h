/* Pictures of cells, as PNG inside a data URI. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_PNG_H
#define TELL_PNG_H

#include "base/text.h"

/* Appends "data:image/png;base64,...": width x height palette indices, row by row. */
void png_data(struct text_buffer *out, const unsigned char *pixel, int width, int height,
              const unsigned char (*palette)[3], int colours);

#endif
