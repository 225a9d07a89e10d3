/* HTML and pictures as text. What is written is well-formed XML too. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_HTML_H
#define TELL_HTML_H

#include "base/text.h"

/* Escaped; signs that no page may hold (control characters, signs that turn the direction of text)
   become U+FFFD. */
void html_text(struct text_buffer *out, const char *text);
void html_words(struct text_buffer *out, const char *text); /* the same, set by number_words */
/* A row of a table: its head, and its cells set as words. */
void html_row(struct text_buffer *out, const char *name, const char *const *cell, int count);
/* Opens a cell of a table of class "many": its column's head stands beside it where a narrow page
   makes a list of the table. */
void html_cell(struct text_buffer *out, const char *head);
/* Ends the tag of a picture: what it says, as its name and within it. */
void html_sentence(struct text_buffer *out, const char *sentence);
void html_number(struct text_buffer *out, double value); /* at most two decimals, for places */
/* A step line or area over count values in a plot of count x 100 (elastic): top[i] and base[i],
   between low and high of the axis. base NULL: a line. */
void html_steps(struct text_buffer *out, const double *base, const double *top, int count,
                double low, double high, const char *style);

#endif
