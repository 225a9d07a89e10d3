/* What the files say about the generated names, and the ways of rows and bounds. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_EXPORT_NAMES_H
#define OPTIMISE_EXPORT_NAMES_H

#include "base/text.h"
#include "optimise/programme.h"

/* One comment line per family: "C0..C8759 grid.import[t]". Names keep to printable ASCII. */
void export_names(const struct programme *programme, const char *comment, struct text_buffer *out);

#endif
