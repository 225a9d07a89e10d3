/* How the transformers of connections warm and age under a plan's load (IEC 60076-7). Nothing where none is given. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_TRANSFORMERS_H
#define TELL_TRANSFORMERS_H

#include "accounts/accounts.h"
#include "base/text.h"
#include "tell/page.h"

bool transformers_any(const struct accounts *accounts);
/* The member "transformers" of summary.json, without a comma behind it. */
enum status transformers_json(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
enum status transformers_html(const struct accounts *accounts, struct text_buffer *out) MUST_CHECK;
enum status transformers_terminal(const struct accounts *accounts, struct page *page) MUST_CHECK;

#endif
