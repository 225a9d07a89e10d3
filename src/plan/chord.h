/* The chord of two plans on a curve of cost: its slope is the price at which the plan furthest below it is the best
   (frontier.c, reach.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_CHORD_H
#define PLAN_CHORD_H

static inline double chord_price_money(double from_value, double from_money, double to_value,
                                       double to_money) {
    return (to_money - from_money) / (to_value - from_value);
}

#endif
