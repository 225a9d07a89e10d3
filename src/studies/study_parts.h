/* What the files that read a study share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_STUDY_PARTS_H
#define STUDIES_STUDY_PARTS_H

#include "scenario/reading.h"
#include "studies/study.h"

/* study_choice.c: an axis whose map has `options:`; then who decides, by which criteria (after the axes are read). */
void study_read_options(struct reading *r, const struct node *map, struct axis *axis);
void study_read_choice(struct reading *r, struct study *study);

/* study_spread.c: `correlations:` (after the axes are read); their draws put into that order; whether a scenario can hold the
   least and the most of each spread. */
void study_read_correlations(struct reading *r, struct study *study);
enum status study_correlate(struct study *study, struct diag *diag) MUST_CHECK;
enum status study_check_ends(const struct study *study, struct arena *arena,
                             struct diag *diag) MUST_CHECK;

#endif
