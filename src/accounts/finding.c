/* The finding of a run in sentences made from its numbers: one headline, what is gained, what
   limits it, who loses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/text.h"

static const char *town_words(const struct scenario *scenario, struct arena *arena) {
    if (scenario->towns_count != 1) {
        return "the town";
    }
    char name[80];
    size_t size = strlen(scenario->towns[0].name);
    size = size < sizeof name - 1 ? size : sizeof name - 1;
    for (size_t k = 0; k < size; k++) {
        char letter = scenario->towns[0].name[k];
        name[k] = letter == '_' ? ' ' : letter;
    }
    name[size] = '\0';
    return arena_format(arena, "the %s", name);
}

/* A part of a year is told for that part. */
static double period(const struct accounts *a) {
    return a->scenario->year_frac > 0.999 ? 1.0 : a->scenario->year_frac;
}

static const char *period_words(const struct accounts *a, struct arena *arena) {
    int days = a->scenario->calendar.days;
    return period(a) == 1.0 ? "a year"
           : days == 1      ? "on this day"
                            : arena_format(arena, "in these %d days", days);
}

static const char *headline(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER], *apart = &a->metrics[CASE_APART];
    const char *town = town_words(a->scenario, arena);
    if (a->scenario->halls_count == 0) {
        return arena_format(arena, "There is no data centre here; %s heats itself as before.",
                            town);
    }
    bool heats = m->heat_share_frac > 0.005, cools = m->cold_share_frac > 0.005;
    if (!(m->heat_demand_kwh_year > 0.0) && !(m->cold_demand_kwh_year > 0.0)) {
        return "Nobody near this data centre needs its heat; all of it goes to the sky.";
    }
    if (!heats && !cools) {
        return arena_format(
            arena, "Bringing this data centre's heat to %s does not pay; it goes to the sky.",
            town);
    }
    double bill_money = apart->heat_bill_money_year;
    double bill_frac = bill_money > 0.0 ? m->heat_bill_money_year / bill_money - 1.0 : 0.0;
    const char *bill = cools ? "bill for heat and cold" : "heat bill";
    const char *does =
        !cools  ? arena_format(arena, "heat %s", words_share(arena, m->heat_share_frac))
        : heats ? arena_format(arena, "heat %s and cool %s", words_share(arena, m->heat_share_frac),
                               words_share(arena, m->cold_share_frac))
                : arena_format(arena, "cool %s", words_share(arena, m->cold_share_frac));
    if (fabs(bill_frac) < 0.005) {
        return arena_format(arena, "The data centre can %s of %s, at the same %s.", does, town,
                            bill);
    }
    return arena_format(arena, "The data centre can %s of %s, and the %s %s by %s %%.", does, town,
                        bill, bill_frac < 0.0 ? "falls" : "rises",
                        words_number(arena, 100.0 * fabs(bill_frac), 2));
}

static const char *gain(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER], *apart = &a->metrics[CASE_APART];
    double saved_money = 0.0; /* what leaves the parties of the objective, without shadow prices */
    for (int party = 0; party < PARTY_COUNT; party++) {
        saved_money +=
            a->scenario->objective_party[party] ? a->change.net_money_year[party] * period(a) : 0.0;
    }
    double carbon_t =
        (m->carbon_marginal_kg_year - apart->carbon_marginal_kg_year) / 1000.0 * period(a);
    const char *money = words_money(arena, a->scenario, fabs(saved_money));
    if (fabs(saved_money) < 1e-6 * fabs(apart->cost_money_year)) {
        return "Planned together, the two cost the same as planned apart.";
    }
    return arena_format(
        arena,
        "Planned together, the two cost %s %s %s than planned apart and put %s t %s CO₂ into "
        "the air.",
        money, saved_money > 0.0 ? "less" : "more", period_words(a, arena),
        words_number(arena, fabs(carbon_t), 3), carbon_t <= 0.0 ? "less" : "more");
}

static const char *limit(const struct accounts *a, struct arena *arena) {
    const struct metrics *m = &a->metrics[CASE_TOGETHER];
    if (!(m->data_centre_kwh_year > 0.0)) {
        return "There is no data centre in this plan.";
    }
    double used_frac = m->reused_kwh_year / (m->reused_kwh_year + m->heat_rejected_kwh_year);
    if (!(used_frac > 0.005)) {
        return "All of its heat goes to the sky.";
    }
    return arena_format(arena, "%s %% of its heat is used; the rest goes to the sky.",
                        words_number(arena, 100.0 * used_frac, 2));
}

/* Losers as large as winners. */
static const char *losers(const struct accounts *a, struct arena *arena) {
    struct text_buffer words;
    text_buffer_init(&words, arena);
    int count = 0;
    for (int party = 0; party < PARTY_COUNT; party++) {
        double money = a->change.net_money_year[party] * period(a);
        double scale = fabs(a->metrics[CASE_APART].cost_money_year);
        if (party == PARTY_SOCIETY || money > -1e-6 * scale || money > -1.0) {
            continue;
        }
        text_add(&words, count++ ? ", " : "");
        text_add(&words, party_title((enum party)party));
        text_add(&words, " ");
        text_add(&words, words_money(arena, a->scenario, money));
    }
    if (count == 0) {
        return "No party is worse off than apart.";
    }
    return arena_format(arena, "Worse off than apart, %s: %s.", period_words(a, arena),
                        words.data ? words.data : "");
}

enum status account_finding(struct accounts *accounts, struct arena *arena) {
    accounts->finding.headline = headline(accounts, arena);
    accounts->finding.sentences[0] = gain(accounts, arena);
    accounts->finding.sentences[1] = limit(accounts, arena);
    accounts->finding.sentences[2] = losers(accounts, arena);
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
