/* The bills of meters with a tariff: what each charge comes to, how far the optimum's bound lies below the true bill,
   and what a large load's contract asks year by year. Nothing where no meter has a tariff. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_TARIFFS_H
#define TELL_TARIFFS_H

#include "accounts/accounts.h"
#include "base/text.h"
#include "tell/page.h"

struct tariff;
/* The contract of a large load as a JSON object with its years, or null. */
void tariffs_contract_json(const struct tariff *tariff, struct text_buffer *out);
/* The same as lines of a table; nothing where there is none. */
void tariffs_contract_text(const struct tariff *tariff, struct text_buffer *out);
bool tariffs_any(const struct accounts *accounts);
/* The member "bills" of summary.json, without a comma behind it. */
void tariffs_json(const struct accounts *accounts, struct text_buffer *out);
void tariffs_html(const struct accounts *accounts, struct text_buffer *out);
/* contracts.c: agreements, certificates and curtailment, where there are any. */
void contracts_html(const struct accounts *accounts, struct text_buffer *out);
void tariffs_terminal(const struct accounts *accounts, struct page *page);

#endif
