/* What a choice between options says: tables, and words that never give one score without the others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "tell/number.h"
#include "tell/page.h"
#include "tell/study.h"

enum { CHANGES_TOLD = 6 };

static const char *name_of(const struct choosing *c, int option) { return c->option[option].name; }

/* ---- tables ---- */

static const char *state_word(const struct choosing *c, const struct option_weighed *option,
                              struct arena *arena) {
    switch (option->state) {
    case OPTION_WITHOUT_PLAN:
        return "without a plan in some future";
    case OPTION_KNOCKED_OUT:
        return arena_format(arena, "beyond the limit of %s",
                            c->study->choice.criteria[option->broken_criterion].name);
    case OPTION_WEIGHED:
        break;
    }
    return option->dominated_by < 0
               ? "weighed"
               : arena_format(arena, "dominated by %s", name_of(c, option->dominated_by));
}

void choice_table(const struct choosing *c, struct text_buffer *out) {
    const struct choice *choice = &c->study->choice;
    if (choice->criteria_count == 0) {
        return;
    }
    text_add(out, "option");
    for (int k = 0; k < choice->criteria_count; k++) {
        cell_text(out, choice->criteria[k].name);
    }
    for (int s = 0; s < choice->sets_count; s++) {
        cell_text(out, arena_format(out->arena, "sum by %s", choice->sets[s].name));
    }
    text_add(out, ",topsis,promethee,ahp,first_ratio,state\n");
    for (long n = 0; n < c->options; n++) {
        const struct option_weighed *option = &c->option[n];
        struct text_buffer name;
        text_buffer_init(&name, out->arena);
        cell_text(&name, option->name);
        text_add(out, name.data ? name.data + 1 : ""); /* the first cell has no comma */
        for (int k = 0; k < choice->criteria_count; k++) {
            cell_number(out, option->value[k]);
        }
        for (int s = 0; s < choice->sets_count; s++) {
            cell_number(out, option->sum[s]);
        }
        cell_number(out, option->topsis_ratio);
        cell_number(out, option->promethee_ratio);
        cell_number(out, option->by_pairs_ratio);
        cell_number(out, option->state == OPTION_WEIGHED ? option->first_ratio : (double)NAN);
        cell_text(out, state_word(c, option, out->arena));
        text_add(out, "\n");
    }
}

void robust_table(const struct choosing *c, struct text_buffer *out) {
    if (!c->robust) {
        return;
    }
    text_add(out, "option,futures,planned,mean,p10,p90,worst,regret_most,tail_mean,hurwicz,"
                  "satisfied_ratio\n");
    for (long n = 0; n < c->options; n++) {
        const struct robust *r = &c->robust[n];
        const double numbers[] = {(double)c->study->futures,
                                  (double)r->planned,
                                  r->mean_value,
                                  r->p10_value,
                                  r->p90_value,
                                  r->worst_value,
                                  r->regret_most_value,
                                  r->tail_mean_value,
                                  r->hurwicz_value,
                                  r->satisfied_ratio};
        struct text_buffer name;
        text_buffer_init(&name, out->arena);
        cell_text(&name, c->option[n].name);
        text_add(out, name.data ? name.data + 1 : "");
        for (int k = 0; k < COUNT(numbers); k++) {
            cell_number(out, numbers[k]);
        }
        text_add(out, "\n");
    }
}

/* ---- words ---- */

static void say(struct page *page, const char *text) {
    text_add(page->out, "  ");
    page_wrap(page, page_plain(page, text), 2, 4);
}

static const char *digits(struct page *page, double value) {
    return number_digits(page->arena, value, 4);
}

static void say_sums(struct page *page, const struct choosing *c) {
    const struct choice *choice = &c->study->choice;
    for (int s = 0; s < choice->sets_count; s++) {
        int best = c->best_by_set[s];
        say(page, number_format(page->arena,
                                s == 0 ? "The weights of %s choose %s (%s)."
                                       : "By the weights of %s: %s (%s).",
                                choice->sets[s].name, name_of(c, best),
                                number_fixed(page->arena, c->option[best].sum[s], 3)));
    }
}

static void say_methods(struct page *page, const struct choosing *c) {
    int first = c->best_by_set[0];
    say(page, number_format(page->arena, "TOPSIS: %s (%s).", name_of(c, c->best_topsis),
                            number_fixed(page->arena, c->option[c->best_topsis].topsis_ratio, 3)));
    bool agree = c->best_topsis == first;
    if (c->best_promethee >= 0) {
        agree = agree && c->best_promethee == first;
        say(page, number_format(
                      page->arena, "PROMETHEE II: %s (net flow %s).", name_of(c, c->best_promethee),
                      number_fixed(page->arena, c->option[c->best_promethee].promethee_ratio, 3)));
    }
    if (c->best_ahp >= 0) {
        bool consistent = !(c->ahp.consistency_ratio > 0.1);
        agree = agree && c->best_ahp == first;
        say(page, number_format(page->arena, "Compared in pairs (AHP): %s (%s), consistency %s%s.",
                                name_of(c, c->best_ahp),
                                number_fixed(page->arena, c->option[c->best_ahp].by_pairs_ratio, 3),
                                number_fixed(page->arena, c->ahp.consistency_ratio, 3),
                                consistent ? "" : ", above 0.1: compare again"));
    }
    if (!agree) {
        say(page, "The methods disagree: the choice is one of values, not of arithmetic.");
    }
}

/* "cost below 0.03 (harbour)", for each criterion whose weight_ratio could turn the choice */
static void say_flips(struct page *page, const struct choosing *c) {
    const struct choice *choice = &c->study->choice;
    struct text_buffer list;
    text_buffer_init(&list, page->arena);
    double all = 0.0;
    for (int k = 0; k < choice->criteria_count; k++) {
        all += choice->sets[0].weight_ratio[k];
    }
    for (int k = 0; k < choice->criteria_count; k++) {
        for (int side = 0; side < 2; side++) {
            int other = side ? c->flip[k].above_option : c->flip[k].below_option;
            if (other >= 0) {
                text_add_format(&list, "%s%s %s %s, now %s (%s)", list.size ? "; " : "",
                                choice->criteria[k].name, side ? "above" : "below",
                                number_fixed(page->arena,
                                             side ? c->flip[k].above_ratio : c->flip[k].below_ratio,
                                             3),
                                number_fixed(page->arena, choice->sets[0].weight_ratio[k] / all, 3),
                                name_of(c, other));
            }
        }
    }
    const char *best = name_of(c, c->best_by_set[0]);
    say(page,
        list.data
            ? number_format(page->arena, "%s would lose with a weight of %s.", best, list.data)
            : number_format(page->arena, "%s stays first whatever one weight is.", best));
}

static void say_weightings(struct page *page, const struct choosing *c) {
    struct text_buffer list;
    text_buffer_init(&list, page->arena);
    int told = 0;
    for (long n = 0; n < c->options; n++) {
        const struct option_weighed *option = &c->option[n];
        if (option->state == OPTION_WEIGHED && option->first_ratio >= 0.005 &&
            told++ < CHANGES_TOLD) {
            text_add_format(&list, "%s%s first in %s %%", list.size ? ", " : "", option->name,
                            number_fixed(page->arena, 100.0 * option->first_ratio, 0));
        }
    }
    say(page, number_format(page->arena, "Of all possible weightings: %s.",
                            list.data ? list.data : "none"));
}

static void say_left_out(struct page *page, const struct choosing *c) {
    int told = 0;
    for (long n = 0; n < c->options; n++) {
        const struct option_weighed *option = &c->option[n];
        bool out = option->state != OPTION_WEIGHED || option->dominated_by >= 0;
        if (out && told++ < CHANGES_TOLD) {
            say(page, number_format(page->arena, "%s: %s.", option->name,
                                    state_word(c, option, page->arena)));
        }
    }
    if (told > CHANGES_TOLD) {
        say(page, number_format(page->arena, "And %d more (criteria.csv).", told - CHANGES_TOLD));
    }
    for (long n = 0; c->without && n < c->options; n++) {
        int best = c->best_by_set[0];
        if (n != best && c->without[n] >= 0 && c->without[n] != best) {
            say(page, number_format(page->arena,
                                    "Were %s not among the options, %s would be chosen: give the "
                                    "criteria a scale, which does not ask who else is there.",
                                    c->option[n].name, name_of(c, c->without[n])));
            return;
        }
    }
}

static int best_robust(const struct choosing *c, bool by_regret) {
    int best = -1;
    double least = HUGE_VAL;
    for (int k = 0; k < c->options; k++) {
        const struct robust *r = &c->robust[k];
        double by = by_regret                       ? r->regret_most_value
                    : c->study->choice.regret_lower ? r->worst_value
                                                    : -r->worst_value;
        if (r->planned == c->study->futures && by < least) {
            least = by;
            best = k;
        }
    }
    return best;
}

static void say_robust(struct page *page, const struct choosing *c) {
    const char *figure = c->study->choice.regret_figure;
    int calm = best_robust(c, true), safe = best_robust(c, false);
    if (calm < 0) {
        say(page, "No option has a plan in every future: nothing can be said of regret.");
        return;
    }
    say(page,
        number_format(page->arena, "%s over %ld futures: %s is regretted least, by %s at most%s.",
                      figure, c->study->futures, name_of(c, calm),
                      digits(page, c->robust[calm].regret_most_value),
                      c->study->options > 1 ? " against the best option of each future" : ""));
    say(page, number_format(page->arena,
                            "At its worst %s is %s with %s, and no option does better there.",
                            figure, digits(page, c->robust[safe].worst_value), name_of(c, safe)));
    for (long n = 0; n < c->options && n < CHANGES_TOLD; n++) {
        const struct robust *r = &c->robust[n];
        say(page,
            number_format(page->arena,
                          "%s: mean %s, worst tenth %s, regret up to %s, all limits kept in "
                          "%s %% of the futures.",
                          c->option[n].name, digits(page, r->mean_value),
                          digits(page, r->tail_mean_value), digits(page, r->regret_most_value),
                          number_fixed(page->arena, 100.0 * r->satisfied_ratio, 0)));
    }
}

enum status choice_words(const struct choosing *c, bool utf8, struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    const struct choice *choice = &c->study->choice;
    if (choice->criteria_count > 0) {
        text_add_format(out, "%ld options by %d criteria:\n", c->options, choice->criteria_count);
        if (c->weighed > 0) {
            say_sums(&page, c);
            say_methods(&page, c);
            say_flips(&page, c);
            say_weightings(&page, c);
        } else {
            say(&page, "None is left to weigh.");
        }
        say_left_out(&page, c);
    }
    if (c->robust) {
        text_add(out, "Robust:\n");
        say_robust(&page, c);
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
