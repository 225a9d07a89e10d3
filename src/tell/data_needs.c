/* Ranges, who vouches for them, and what stays open. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/data_needs.h"

#include <math.h>

#include "tell/number.h"
#include "tell/page.h"

static const double ms_per_s = 1000.0, m_per_km = 1000.0, percent = 100.0;

static const char *const place_words[DATA_PLACES] = {[DATA_AT_SITE] = "at the user's own site",
                                                     [DATA_IN_REGION] = "in the region",
                                                     [DATA_ANYWHERE] = "anywhere"};

static const char *range_words(struct page *page, struct data_range range, const char *unit) {
    struct arena *arena = page->arena;
    if (range.low_value == range.high_value) {
        return number_format(arena, "%s %s", number_digits(arena, range.low_value, 3), unit);
    }
    return number_format(arena, "%s to %s %s", number_digits(arena, range.low_value, 3),
                         number_digits(arena, range.high_value, 3), unit);
}

/* As it would be written in a file. */
static const char *plain_number(struct arena *arena, double value) {
    char text[TEXT_NUMBER_SIZE];
    (void)text_from_number(text, value);
    return number_format(arena, "%s", text);
}

static void say(struct page *page, const char *text, int indent) {
    page_pad(page, indent);
    page_wrap(page, page_plain(page, text), indent, indent + 2);
}

static void say_user(struct page *page, const struct data_user *user) {
    struct arena *arena = page->arena;
    say(page,
        number_format(
            arena,
            "%s (%s, %s %s): sends %s, keeps %s, needs %s of IT%s; an answer within %s ms, so %s "
            "(light "
            "alone crosses %s km of fibre to and fro); availability class %d.",
            user->name, data_kind_name(user->kind), plain_number(arena, user->count),
            data_kind_counted(user->kind), range_words(page, user->sent_tb_day, "TB a day"),
            range_words(page, user->stored_tb, "TB"), range_words(page, user->it_kw, "kW"),
            isnan(user->compute_kwh_tb.low_value) ? " before any computing" : "",
            plain_number(arena, user->latency_s * ms_per_s), place_words[user->place],
            number_digits(arena, user->fibre_m / m_per_km, 3), user->availability_class),
        2);
    say(page,
        user->confirmed_by
            ? number_format(arena, "Confirmed by %s.", user->confirmed_by)
            : number_format(arena, "Claims, not confirmed: %s.", data_kind_claim(user->kind)),
        4);
}

/* What is offered against what is needed: the rest serves others beyond the community. */
static void say_offer(struct page *page, const struct data_needs *needs) {
    struct arena *arena = page->arena;
    double low_frac = needs->all_kw.low_value / needs->offered_kw;
    double high_frac = needs->all_kw.high_value / needs->offered_kw;
    if (isnan(needs->offered_kw) || needs->offered_kw <= 0.0) {
        return;
    }
    say(page,
        number_format(
            arena, "Of the %s kW of IT offered, the community's own needs are %s to %s %%; %s",
            number_digits(arena, needs->offered_kw, 4), number_digits(arena, low_frac * percent, 2),
            number_digits(arena, high_frac * percent, 2),
            low_frac > 1.0    ? "more than it can serve."
            : high_frac > 1.0 ? "whether it can serve them hangs on what is confirmed."
                              : "the rest serves others beyond its borders."),
        2);
}

void data_needs_words(const struct data_needs *needs, bool utf8, struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    struct arena *arena = out->arena;
    text_add_format(out, "Data needs of %s\n", needs->name);
    for (int k = 0; k < needs->users_count; k++) {
        say_user(&page, &needs->users[k]);
    }
    for (int k = 0; k < DATA_PLACES; k++) {
        if (needs->it_kw[k].high_value > 0.0) {
            say(&page,
                number_format(arena, "IT %s: %s.", place_words[k],
                              range_words(&page, needs->it_kw[k], "kW")),
                2);
        }
    }
    say_offer(&page, needs);
    if (needs->without_compute > 0) {
        say(&page,
            number_format(arena,
                          "Not known for %d of %d users: what computing takes (compute_kwh_tb).",
                          needs->without_compute, needs->users_count),
            2);
    }
    if (needs->confirmed < needs->users_count) {
        say(&page,
            number_format(
                arena,
                "Not confirmed: %d of %d users. So no IT power is proposed, since nothing may be "
                "sized by claims. Ask each for its own ranges, and write them down with "
                "confirmed_by.",
                needs->users_count - needs->confirmed, needs->users_count),
            2);
    } else {
        say(&page,
            number_format(arena, "All are confirmed. In a scenario:  it_kw: %s  (%s)",
                          plain_number(arena, ceil(needs->all_kw.high_value)),
                          range_words(&page, needs->all_kw, "kW")),
            2);
    }
}
