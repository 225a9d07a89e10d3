/* A stack of layers over steps, with its labels beside it: drawn for weeks, months and the sorted
   hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_STACK_H
#define TELL_STACK_H

#include "tell/chart.h"
#include "tell/layers.h"

struct stack {
    int count;                       /* steps, bars or bins */
    const double *value[LAYERS_MAX]; /* by layer */
    const double *need;              /* the ink line on top; NULL: none */
    const char *sentence;
    bool bars; /* a gap behind every step */
};

/* The plot's body: grid, layers from the steadiest up, line, labels at the right with each layer's
   share. under is HTML for the axis below. Adds nothing but the plot: no section, no table. */
void stack_draw(struct text_buffer *out, const struct layers *layers, const struct stack *stack,
                const struct axis *axis, const char *under);

/* The highest top of the stack, or of the need. */
double stack_top(const struct layers *layers, const struct stack *stack);

#endif
