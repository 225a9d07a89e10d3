/* What the files that read a study share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_STUDY_PARTS_H
#define STUDIES_STUDY_PARTS_H

#include "scenario/reading.h"
#include "studies/study.h"

/* study_choice.c: an axis whose map has `options:`; then who decides, by which criteria (after the axes are read). */
void study_read_options(struct reading *r, const struct node *map, struct axis *axis);
void study_read_choice(struct reading *r, struct study *study);

#endif
