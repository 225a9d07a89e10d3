/* HTML and pictures as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_HTML_H
#define TELL_HTML_H

#include "base/text.h"

void html_text(struct text_buffer *out, const char *text); /* escaped */
void html_number(struct text_buffer *out, double value);   /* two decimals, for coordinates */
/* A palette picture (width x height bytes of colour indices) as <img> with a data URI. */
void html_picture(struct text_buffer *out, const char *css_class, const char *alternative,
                  const unsigned char *pixel, int width, int height,
                  const unsigned char (*palette)[3], int colours);
/* A step line or area over count values in a plot of width x height (elastic): top[i] and base[i],
   scaled by largest. */
void html_steps(struct text_buffer *out, const double *base, const double *top, int count,
                double largest, const char *style);

#endif
