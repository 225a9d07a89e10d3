/* The books over the plan's life as files and as sections of the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_LIFE_H
#define TELL_LIFE_H

#include "accounts/accounts.h"
#include "base/text.h"

/* transfers.csv: every payment of the three cases with its years and its formula. */
enum status life_csv(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
/* accounts.json: parties, price of heat, community, stress, levelised costs, promises, carbon and water. */
enum status accounts_json(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
/* A year or a number of years: "9", "12.5". */
const char *life_year_words(double year, struct arena *arena);
/* Who gains over the life; what if it goes wrong; carbon and water by the books of others. */
void life_html(const struct accounts *accounts, struct text_buffer *out);
void inventory_html(const struct accounts *accounts, struct text_buffer *out);
void inventory_json(const struct accounts *accounts,
                    struct text_buffer *out); /* a member of accounts.json */
void neighbours_html(const struct accounts *accounts, struct text_buffer *out);
void neighbours_json(const struct accounts *accounts,
                     struct text_buffer *out); /* a member of accounts.json */
void households_html(const struct accounts *accounts, struct text_buffer *out);
void households_json(const struct accounts *accounts, struct text_buffer *out);
enum status scales_html(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
enum status scales_json(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
void stress_html(const struct accounts *accounts, struct text_buffer *out);

#endif
