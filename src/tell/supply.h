/* The temperatures of the coolant that were tried: in the report, the terminal and summary.json. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_SUPPLY_H
#define TELL_SUPPLY_H

#include "accounts/supply.h"
#include "base/text.h"
#include "tell/page.h"

void supply_html(const struct accounts *accounts, struct text_buffer *out);
void supply_text(const struct accounts *accounts, struct page *page);
/* The value of "supply_choice": null where nothing was tried. */
void supply_json(const struct accounts *accounts, struct text_buffer *out);
/* Reads it back from the text of summary.json; NULL where it is null. */
enum status supply_read(const struct scenario *scenario, const char *file, const char *text,
                        size_t size, struct arena *arena, struct diag *diag,
                        struct supply_choice **ret) MUST_CHECK;

#endif
