/* Plant that somebody else pays for, owns and replaces, while its owner under plant: uses and runs it: a lease, a purchase
   of power or heat, a contractor who lives on what is saved. Booked over the life (accounts/lease.c), never seen by the
   optimum. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scenario/keys.h"
#include "scenario/reading.h"

enum { LEASES_MAX = 40 };
static const char section[] = "third_party";
static const char example[] = "[{plant: heat_pump, term_year: 15}]";

static bool refuse(struct reading *r, struct place place, const char *why, const char *remedy) {
    diag_error(r->diag, place, "third_party: %s", why);
    diag_remedy(r->diag, "%s", remedy);
    return false;
}

static bool read_leased(struct reading *r, const struct node *entry, struct lease *lease) {
    const struct node *plant = document_find(entry, "plant");
    const char *name = plant ? reading_plain_name(r, plant) : NULL;
    if (!plant) {
        return refuse(r, entry->place, "plant is missing", "write  {plant: heat_pump}");
    }
    lease->instance = name ? scenario_instance(r->s, name) : -1;
    if (name && lease->instance < 0) {
        diag_error(r->diag, plant->place, "third_party: nothing in this scenario is called %s",
                   name);
        diag_remedy(r->diag, "write a name under plant:, such as heat_pump");
    }
    if (lease->instance < 0) {
        return false;
    }
    const struct instance *it = &r->s->instances[lease->instance];
    if (it->existing || !it->kind->capacity) {
        return refuse(r, plant->place,
                      "it stands already, or costs nothing to build: nobody pays for it",
                      "name plant that the plan builds");
    }
    if (it->owner == lease->by) {
        return refuse(r, plant->place, "who owns it uses it already",
                      "write another owner under plant:, or another  by:");
    }
    for (int k = 0; k < r->s->leases_count; k++) {
        if (r->s->leases[k].instance == lease->instance) {
            return refuse(r, plant->place, "it stands here twice", "remove one of the two");
        }
    }
    return true;
}

static bool read_payment(struct reading *r, const struct node *entry, struct lease *lease) {
    lease->money_year = reading_key_value(r, entry, section, "money_year");
    lease->money_kwh = reading_key_value(r, entry, section, "money_kwh");
    lease->savings_frac = reading_key_value(r, entry, section, "savings_frac");
    int ways = !isnan(lease->money_year) + !isnan(lease->money_kwh) + !isnan(lease->savings_frac);
    if (ways > 1) {
        return refuse(r, entry->place, "more than one of money_year, money_kwh and savings_frac",
                      "write one of them, or none: then its owner earns just its rate");
    }
    if (!isnan(lease->savings_frac) && lease->instance >= 0 &&
        r->s->instances[lease->instance].in_case[CASE_APART]) {
        return refuse(r, entry->place, "plant that stands apart, too, saves nothing against apart",
                      "write money_year or money_kwh, or add  in: [together]  to the plant");
    }
    return true;
}

static void read_lease(struct reading *r, const struct node *entry) {
    struct lease lease = {.instance = -1, .place = entry->place};
    if (!reading_section(r, entry, section)) {
        return;
    }
    lease.by = (enum party)reading_key_word(r, entry, section, "by");
    lease.term_year = reading_key_value(r, entry, section, "term_year");
    lease.bought_frac = reading_key_value(r, entry, section, "bought_frac");
    lease.upkeep = reading_key_flag(r, entry, section, "upkeep");
    bool good = lease.by != PARTY_SOCIETY ||
                refuse(r, entry->place, "society owns no plant", "write another  by:");
    good = read_leased(r, entry, &lease) && good;
    if (read_payment(r, entry, &lease) && good) {
        r->s->leases[r->s->leases_count++] = lease;
    }
}

void read_third_party(struct reading *r) {
    const struct node *list = reading_list(r, section, example);
    r->s->leases = ARENA_TAKE(r->arena, struct lease, LEASES_MAX);
    if (list && list->count > LEASES_MAX) {
        (void)refuse(r, list->place, "more than 40 entries", "leave some out");
        return;
    }
    for (int k = 0; r->s->leases && list && k < list->count; k++) {
        read_lease(r, list->children[k]);
    }
}

static void add_number(struct text_buffer *out, const char *key, double value) {
    if (isfinite(value)) {
        text_add_format(out, ", %s: ", key);
        text_add_number(out, value);
    }
}

void write_third_party(const struct scenario *s, struct text_buffer *out) {
    text_add(out, s->leases_count ? "third_party:\n" : "");
    for (int k = 0; k < s->leases_count; k++) {
        const struct lease *one = &s->leases[k];
        text_add_format(out, "  - {plant: %s, by: %s", s->instances[one->instance].name,
                        party_name(one->by));
        add_number(out, "money_year", one->money_year);
        add_number(out, "money_kwh", one->money_kwh);
        add_number(out, "savings_frac", one->savings_frac);
        add_number(out, "term_year", one->term_year);
        add_number(out, "bought_frac", one->bought_frac);
        text_add_format(out, ", upkeep: %s}\n", one->upkeep ? "true" : "false");
    }
}
