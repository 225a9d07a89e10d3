/* Cooling methods and measures of a hall, as a section of the report and in indicators.json. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_COOLING_H
#define TELL_COOLING_H

#include "accounts/cooling.h"
#include "base/text.h"

void cooling_html(const struct accounts *accounts, struct text_buffer *out);
/* "cooling": [{hall, measures, methods}], of each hall. */
void cooling_json(const struct accounts *accounts, struct text_buffer *out);

#endif
