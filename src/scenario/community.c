/* Beside energy: taxes, work and homes of the community, how parties pay for their plant, grants and credits, promises.
   Nothing of it enters the programme; accounts/life.c books it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "scenario/keys.h"
#include "scenario/reading.h"
#include "scenario/rule_pack.h"

enum { INCENTIVES_MAX = 40, COMMITMENTS_MAX = 40, HOUSEHOLDS_MAX = 20, FIGURES_MAX = 40 };

static double value_of(const char *section, const double *value, const char *key) {
    const char *names[FIGURES_MAX];
    int count = keys_of(section, names, FIGURES_MAX);
    for (int k = 0; k < count; k++) {
        if (strcmp(names[k], key) == 0) {
            return value[k];
        }
    }
    assert(false && "a key of the section");
    return (double)NAN;
}

double community_value(const struct scenario *scenario, const char *key) {
    return value_of("community", scenario->community_value, key);
}

double inventory_value(const struct scenario *scenario, const char *key) {
    return value_of("inventory", scenario->inventory_value, key);
}

double neighbours_value(const struct scenario *scenario, const char *key) {
    return value_of("neighbours", scenario->neighbours_value, key);
}

double growth_value(const struct scenario *scenario, const char *key) {
    return value_of("growth", scenario->growth_value, key);
}

/* A section of numbers, in the order of keys.c (a word: NaN); NULL when memory is out. */
static double *section_values(struct reading *r, const char *section, bool *ret_given) {
    const char *names[FIGURES_MAX];
    const struct node *map = document_find(r->root, section);
    int count = keys_of(section, names, FIGURES_MAX);
    double *value = ARENA_TAKE(r->arena, double, FIGURES_MAX);
    reading_section(r, map, section);
    *ret_given = map != NULL;
    for (int k = 0; value && k < count; k++) {
        bool word = keys_find(section, names[k])->kind == KEY_WORD;
        value[k] = word ? (double)NAN : reading_key_value(r, map, section, names[k]);
    }
    return value;
}

/* A wider boundary needs what lies within it. */
static void read_boundary(struct reading *r) {
    static const char *const within[BOUNDARIES] = {NULL, "networks_kg_year", "devices_kg_year"};
    const struct node *map = document_find(r->root, "inventory");
    int boundary = reading_key_word(r, map, "inventory", "boundary");
    for (int k = 1; k <= boundary; k++) {
        if (isnan(inventory_value(r->s, within[k]))) {
            diag_error(r->diag, document_find(map, "boundary")->place,
                       "boundary: %s takes in %s, which is not given",
                       keys_find("inventory", "boundary")->words[boundary], within[k]);
            diag_remedy(r->diag, "add  %s: NUMBER", within[k]);
        }
    }
    r->s->carbon_boundary = (enum carbon_boundary)boundary;
}

/* The list of a section, its entries maps with known keys; NULL with a message, or where it is not given. */
static const struct node *list_of(struct reading *r, const char *section, const char *example,
                                  int most) {
    const struct node *list = document_find(r->root, section);
    if (list && list->kind != NODE_LIST) {
        reading_wrong_kind(r, list, section, "a list", example);
        return NULL;
    }
    if (list && list->count > most) {
        diag_error(r->diag, list->place, "%s: %d entries, more than %d", section, list->count,
                   most);
        diag_remedy(r->diag, "merge those that are alike");
        return NULL;
    }
    bool good = true;
    for (int k = 0; list && k < list->count; k++) {
        if (list->children[k]->kind != NODE_MAP) {
            reading_wrong_kind(r, list->children[k], section, "a map of keys and values", example);
            good = false;
        } else {
            reading_section(r, list->children[k], section);
        }
    }
    return good ? list : NULL;
}

static bool need_party(struct reading *r, const struct node *entry, const char *section,
                       const char *key, enum party *ret) {
    const struct node *node = document_find(entry, key);
    if (!node) {
        diag_error(r->diag, entry->place, "%s: %s is missing", section, key);
        diag_remedy(r->diag, "add  %s: municipality,  or another party (`hearth explain %s`)", key,
                    section);
        return false;
    }
    return reading_party(r, node, key, ret);
}

static void read_finance(struct reading *r) {
    const struct node *list = list_of(
        r, "finance", "[{party: operator, discount_frac: 0.07, tax_frac: 0.26}]", PARTY_COUNT);
    for (int k = 0; k < PARTY_COUNT; k++) {
        r->s->finance[k] = (struct finance){.discount_frac = (double)NAN};
    }
    for (int k = 0; list && k < list->count; k++) {
        const struct node *entry = list->children[k];
        enum party party = PARTY_OPERATOR;
        if (!need_party(r, entry, "finance", "party", &party)) {
            continue;
        }
        struct finance *finance = &r->s->finance[party];
        if (finance->given || party == PARTY_LENDERS) {
            diag_error(r->diag, entry->place, "finance: %s %s", party_name(party),
                       finance->given ? "stands here twice" : "lend, they do not borrow");
            diag_remedy(r->diag, "remove this entry");
            continue;
        }
        finance->given = true;
        finance->discount_frac = reading_key_value(r, entry, "finance", "discount_frac");
        finance->loan_frac = reading_key_value(r, entry, "finance", "loan_frac");
        finance->loan_interest_frac = reading_key_value(r, entry, "finance", "loan_interest_frac");
        finance->loan_year = reading_key_value(r, entry, "finance", "loan_year");
        finance->tax_frac = reading_key_value(r, entry, "finance", "tax_frac");
    }
}

static bool read_plant_of(struct reading *r, const struct node *entry, int *ret_instance) {
    const struct node *plant = document_find(entry, "plant");
    *ret_instance = -1;
    if (!plant) {
        return true;
    }
    const char *name = reading_plain_name(r, plant);
    *ret_instance = name ? scenario_instance(r->s, name) : -1;
    if (name && *ret_instance < 0) {
        diag_error(r->diag, plant->place, "plant: nothing in this scenario is called %s", name);
        diag_remedy(r->diag, "write a name under plant:, such as heat_pump");
    }
    return *ret_instance >= 0;
}

static bool read_ends(struct reading *r, const struct node *entry, long *ret_day) {
    const struct node *ends = document_find(entry, "ends");
    *ret_day = -1;
    if (ends && (ends->kind != NODE_SCALAR || !rule_day_read(ends->text, ret_day))) {
        diag_error(r->diag, ends->place, "ends: %s is no day", reading_found(r, ends));
        diag_remedy(r->diag, "write  ends: 2026-07-04");
        return false;
    }
    return true;
}

static void read_incentive(struct reading *r, const struct node *entry) {
    struct incentive one = {.place = entry->place};
    bool good = need_party(r, entry, "incentives", "from", &one.from);
    good = need_party(r, entry, "incentives", "to", &one.to) && good;
    good = read_plant_of(r, entry, &one.instance) && good;
    good = read_ends(r, entry, &one.ends_day) && good;
    one.name = reading_text(r, entry, "name", "incentive");
    one.source = reading_text(r, entry, "source", NULL);
    one.invest_frac = reading_key_value(r, entry, "incentives", "invest_frac");
    one.most_money = reading_key_value(r, entry, "incentives", "most_money");
    one.money = reading_key_value(r, entry, "incentives", "money");
    one.money_kwh = reading_key_value(r, entry, "incentives", "money_kwh");
    one.first_year = reading_key_value(r, entry, "incentives", "first_year");
    one.last_year = reading_key_value(r, entry, "incentives", "last_year");
    int ways = !isnan(one.invest_frac) + !isnan(one.money) + !isnan(one.money_kwh);
    if (ways != 1) {
        diag_error(r->diag, entry->place, "incentives: %s of invest_frac, money and money_kwh",
                   ways ? "more than one" : "none");
        diag_remedy(r->diag, "write one of them");
        good = false;
    }
    one.first_year = isnan(one.first_year) ? (isnan(one.money_kwh) ? 0.0 : 1.0) : one.first_year;
    one.last_year = isnan(one.last_year) ? HUGE_VAL : one.last_year;
    if (good) {
        r->s->incentives[r->s->incentives_count++] = one;
    }
}

static void read_commitment(struct reading *r, const struct node *entry) {
    struct commitment one = {.place = entry->place};
    bool good = need_party(r, entry, "commitments", "by", &one.by);
    good = need_party(r, entry, "commitments", "to", &one.to) && good;
    const struct node *cause = document_find(entry, "if");
    const struct key *causes = keys_find("commitments", "if");
    int when = cause ? reading_word_at(r, cause, "if", causes->words, keys_words(causes), -1) : -1;
    one.what = reading_text(r, entry, "what", "a promise");
    one.money = reading_key_value(r, entry, "commitments", "money");
    one.until_year = reading_key_value(r, entry, "commitments", "until_year");
    if (!cause || isnan(one.money)) {
        diag_error(r->diag, entry->place, "commitments: %s is missing", cause ? "money" : "if");
        diag_remedy(r->diag, "write  {what: ..., by: operator, to: heat_utility, if: "
                             "operator_leaves, money: NUMBER}");
        good = false;
    }
    if (good && when >= 0) {
        one.when = (enum stress_kind)when;
        r->s->commitments[r->s->commitments_count++] = one;
    }
}

static void read_household(struct reading *r, const struct node *entry) {
    const struct key *tenures = keys_find("households", "tenure");
    struct household one = {.name = reading_text(r, entry, "class", "homes")};
    one.tenure = (enum tenure)reading_word(r, entry, "tenure", tenures->words, keys_words(tenures),
                                           TENURE_OWN);
    one.homes_count = reading_key_value(r, entry, "households", "homes_count");
    one.heat_kwh_year = reading_key_value(r, entry, "households", "heat_kwh_year");
    one.income_money_year = reading_key_value(r, entry, "households", "income_money_year");
    one.passed_on_frac = reading_key_value(r, entry, "households", "passed_on_frac");
    if (isnan(one.homes_count) || isnan(one.heat_kwh_year)) {
        diag_error(r->diag, entry->place, "households: %s is missing",
                   isnan(one.homes_count) ? "homes_count" : "heat_kwh_year");
        diag_remedy(r->diag, "write  {class: flats, tenure: rent, homes_count: 3000, "
                             "heat_kwh_year: 7000}");
        return;
    }
    r->s->households[r->s->households_count++] = one;
}

void read_community(struct reading *r) {
    struct scenario *s = r->s;
    const struct node *stress = document_find(r->root, "stress");
    s->community_value = section_values(r, "community", &s->community_given);
    s->neighbours_value = section_values(r, "neighbours", &s->neighbours_given);
    s->growth_value = section_values(r, "growth", &s->growth_given);
    bool given = false; /* its defaults hold for every plan */
    s->inventory_value = section_values(r, "inventory", &given);
    if (s->inventory_value) {
        read_boundary(r);
    }
    read_finance(r);
    s->incentives = ARENA_TAKE(r->arena, struct incentive, INCENTIVES_MAX);
    s->commitments = ARENA_TAKE(r->arena, struct commitment, COMMITMENTS_MAX);
    const struct node *incentives =
        list_of(r, "incentives", "[{name: grant, from: state, to: heat_utility, invest_frac: 0.3}]",
                INCENTIVES_MAX);
    const struct node *commitments =
        list_of(r, "commitments",
                "[{what: exit payment, by: operator, to: heat_utility, if: operator_leaves, "
                "money: 1000000}]",
                COMMITMENTS_MAX);
    for (int k = 0; s->incentives && incentives && k < incentives->count; k++) {
        read_incentive(r, incentives->children[k]);
    }
    for (int k = 0; s->commitments && commitments && k < commitments->count; k++) {
        read_commitment(r, commitments->children[k]);
    }
    s->households = ARENA_TAKE(r->arena, struct household, HOUSEHOLDS_MAX);
    const struct node *households = list_of(
        r, "households", "[{class: flats, tenure: rent, homes_count: 3000, heat_kwh_year: 7000}]",
        HOUSEHOLDS_MAX);
    for (int k = 0; s->households && households && k < households->count; k++) {
        read_household(r, households->children[k]);
    }
    reading_section(r, stress, "stress");
    s->leave_year = reading_key_value(r, stress, "stress", "leave_year");
    s->power_stress_frac = reading_key_value(r, stress, "stress", "power_frac");
}

/* ---- written out ---- */

/* ", key: value" where there is a value. */
static void add_number(struct text_buffer *out, const char *key, double value) {
    if (isfinite(value)) {
        text_add_format(out, ", %s: ", key);
        text_add_number(out, value);
    }
}

static void add_text(struct text_buffer *out, const char *key, const char *text) {
    if (text) {
        text_add_format(out, ", %s: ", key);
        write_quoted(out, text);
    }
}

static void write_finance(const struct scenario *s, struct text_buffer *out) {
    int count = 0;
    for (int k = 0; k < PARTY_COUNT; k++) {
        const struct finance *finance = &s->finance[k];
        if (finance->given) {
            text_add(out, count++ ? "" : "finance:\n");
            text_add_format(out, "  - {party: %s", party_name((enum party)k));
            add_number(out, "discount_frac", finance->discount_frac);
            add_number(out, "loan_frac", finance->loan_frac);
            add_number(out, "loan_interest_frac", finance->loan_interest_frac);
            add_number(out, "loan_year", finance->loan_year);
            add_number(out, "tax_frac", finance->tax_frac);
            text_add(out, "}\n");
        }
    }
}

static void write_incentives(const struct scenario *s, struct text_buffer *out) {
    text_add(out, s->incentives_count ? "incentives:\n" : "");
    for (int k = 0; k < s->incentives_count; k++) {
        const struct incentive *one = &s->incentives[k];
        text_add_format(out, "  - {from: %s, to: %s", party_name(one->from), party_name(one->to));
        add_text(out, "name", one->name);
        add_number(out, "invest_frac", one->invest_frac);
        add_number(out, "most_money", one->most_money);
        add_number(out, "money", one->money);
        add_number(out, "money_kwh", one->money_kwh);
        add_number(out, "first_year", one->first_year);
        add_number(out, "last_year", one->last_year);
        if (one->instance >= 0) {
            text_add_format(out, ", plant: %s", s->instances[one->instance].name);
        }
        if (one->ends_day >= 0) {
            text_add_format(out, ", ends: %s", rule_day_words(out->arena, one->ends_day));
        }
        add_text(out, "source", one->source);
        text_add(out, "}\n");
    }
}

static void write_figures(const char *section, const double *value, struct text_buffer *out) {
    const char *names[FIGURES_MAX];
    int count = keys_of(section, names, FIGURES_MAX);
    text_add_format(out, "%s:\n", section);
    for (int k = 0; k < count; k++) {
        if (isfinite(value[k])) {
            text_add_format(out, "  %s: ", names[k]);
            text_add_number(out, value[k]);
            text_add(out, "\n");
        }
    }
}

void write_community(const struct scenario *s, struct text_buffer *out) {
    if (s->community_given) {
        write_figures("community", s->community_value, out);
    }
    if (s->neighbours_given) {
        write_figures("neighbours", s->neighbours_value, out);
    }
    if (s->growth_given) {
        write_figures("growth", s->growth_value, out);
    }
    write_figures("inventory", s->inventory_value, out);
    text_add_format(out, "  boundary: %s\n",
                    keys_find("inventory", "boundary")->words[s->carbon_boundary]);
    write_finance(s, out);
    write_incentives(s, out);
    text_add(out, s->households_count ? "households:\n" : "");
    for (int k = 0; k < s->households_count; k++) {
        const struct household *one = &s->households[k];
        text_add_format(out, "  - {tenure: %s",
                        keys_find("households", "tenure")->words[one->tenure]);
        add_text(out, "class", one->name);
        add_number(out, "homes_count", one->homes_count);
        add_number(out, "heat_kwh_year", one->heat_kwh_year);
        add_number(out, "income_money_year", one->income_money_year);
        add_number(out, "passed_on_frac", one->passed_on_frac);
        text_add(out, "}\n");
    }
    text_add(out, s->commitments_count ? "commitments:\n" : "");
    for (int k = 0; k < s->commitments_count; k++) {
        const struct commitment *one = &s->commitments[k];
        text_add_format(out, "  - {by: %s, to: %s, if: %s", party_name(one->by),
                        party_name(one->to), keys_find("commitments", "if")->words[one->when]);
        add_text(out, "what", one->what);
        add_number(out, "money", one->money);
        add_number(out, "until_year", one->until_year);
        text_add(out, "}\n");
    }
    text_add(out, "stress: {leave_year: ");
    text_add_number(out, s->leave_year);
    text_add(out, ", power_frac: ");
    text_add_number(out, s->power_stress_frac);
    text_add(out, "}\n");
}
