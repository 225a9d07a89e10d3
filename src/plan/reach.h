/* How far a measure of the plan held (held.h) reaches where all may cost so much: a question of one parameter.

   With u the measure, or less of it, and a price p on it

     f(p) = least of  cost - p u                       an ordinary programme, the plan's with one cost changed
     u <= (budget - f(p)) / p                          for every plan within the budget, by any p > 0

   cost and u of the optimum rise with p, in steps. Two neighbours, one within the budget and one beyond it, have a plan
   between them that spends it exactly: rows and cost are linear, so that the mix of both is a plan. How far that falls short
   of the bound is what is not known; at the price of the two neighbours' chord, where that is an edge of the curve, nothing.
   (Lagrange relaxation of one row: Everett 1963, doi:10.1287/opre.11.3.399; the other way round it is frontier.h's curve.)

   The next price is that at which a curve through both neighbours with their slopes spends the budget; where that gains
   little, that of their chord, which ends on a curve of edges after finitely many. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_REACH_H
#define PLAN_REACH_H

#include "plan/held.h"

struct reach {
    enum outcome_kind
        outcome; /* OPTIMAL: answered; INFEASIBLE: nothing within the budget; UNBOUNDED: any amount, at no cost */
    struct held_answer answer; /* the plan that reaches furthest */
    double value,
        bound_value;      /* of the aim: of that plan; no plan within the budget goes further */
    double natural_value; /* by the bounds of columns alone: nothing is further */
    double price_money;   /* of one unit more where the budget is spent; 0: it never is */
    double within_value, within_price_money; /* the nearest plan of one price, and that */
    double scale_value;                      /* so much of the measure counts */
    double close_value;                      /* as near as bound and value were to come */
    int solves_count, stalls_count;
};

/* question: aim, sense and budget. cheapest: the plan of least cost under the same
   question's other terms, or NULL: not known. least: the plan's own least cost, for scale and room. */
enum status reach_ask(const struct held *held, const struct held_question *question,
                      const struct held_point *cheapest, const struct held_answer *least,
                      struct arena *arena, struct reach *ret) MUST_CHECK;
/* Questions of whole plans: of least cost with as much of the aim as was reached; of a figure, whose limit is a row over all
   steps, by a price instead where that reaches nearly as far. And by that price in any case. */
struct held_question reach_whole(const struct held *held, const struct held_question *question,
                                 const struct reach *reach);
struct held_question reach_near(const struct held_question *question, const struct reach *reach);

#endif
