/* The dense half of one stage's elimination, on paper; see ipm_panel.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_PANEL_H
#define OPTIMISE_IPM_PANEL_H

#include "optimise/ipm_order.h"

/* How many pivots the tape eliminates before the panels take over, or all of them: tape->pivots. */
int ipm_panel_first(const struct ipm_symbolic *s);
/* Lays out the panels of the pivots from `first` on: places and blocks. slot(data, a, b) says where the
   workspace holds what the tape leaves of the entry of two nodes, or has of it from the stage before. */
enum status ipm_panel_lay_out(struct arena *arena, struct ipm_symbolic *s, int first,
                              int (*slot)(void *data, int a, int b), void *data) MUST_CHECK;
/* Where the multipliers go, when the lists of the solves are made. */
enum status ipm_panel_list_kept(struct arena *arena, struct ipm_block *block) MUST_CHECK;
/* Lanes that the panels need behind the tape's own. */
long ipm_panel_room(const struct ipm_tape *tape);

#endif
