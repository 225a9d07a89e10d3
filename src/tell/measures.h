/* Measures of a plan held (plan/held.h) in the reader's words and units, and what two plans differ in. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_MEASURES_H
#define TELL_MEASURES_H

#include "base/text.h"
#include "plan/held.h"

/* "heat_pump", "tank (power)", "carbon emitted". */
const char *measures_name(const struct held *held, int measure, struct arena *arena);
/* A value of the horizon: "133 t a year", "2.92 MW", "none"; NaN: a dash. */
const char *measures_amount(const struct held *held, int measure, double value, int digits,
                            struct arena *arena);
/* "t of carbon", and what one costs by the price of a kilogram: for prices of a limit. */
struct measures_price {
    const char *per; /* "t", "m3", "kW and year" */
    const char *key; /* "price_money_kg" */
    double key_money, per_money;
};
struct measures_price measures_price(const struct held *held, int measure, double price_money);
/* What a plan has otherwise than another, the largest first: plant, then figures. "" where nothing is. most: of each. */
const char *measures_difference(const struct held *held, const double *value, const double *other,
                                const double *most_value, int most, struct arena *arena);
/* Rows of CSV and members of JSON: key and value of every measure, of a year. */
void measures_csv_number(struct text_buffer *out,
                         double value); /* nothing where it is not finite */
void measures_csv_heads(const struct held *held, struct text_buffer *out);
void measures_csv_values(const struct held *held, const double *value, struct text_buffer *out);
void measures_json_values(const struct held *held, const double *value, struct text_buffer *out);
void measures_json_proof(const struct held_answer *answer, double to_year_ratio,
                         struct text_buffer *out);
void measures_json_member(struct text_buffer *out, const char *key, double value, bool more);

/* The head of a page up to its first section, and its end. */
void measures_page_open(const struct held *held, const char *title, struct text_buffer *out);
void measures_page_close(struct text_buffer *out);
void measures_page_words(struct text_buffer *out, const char *style, const char *words);
/* What holds of both verbs' plans. */
const char *measures_method(const struct held *held, struct arena *arena);

/* A page, a JSON file and CSV files in a folder, which is made. */
struct measures_file {
    const char *name;
    const struct text_buffer *text;
};
enum status measures_folder(struct diag *diag, const char *path, const struct measures_file *file,
                            int count, struct arena *arena) MUST_CHECK;

#endif
