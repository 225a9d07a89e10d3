/* sent = count made sent_frac,  stored = sent kept copies / compression,  IT = stored kW/TB + sent compute / 24 h + always on; all
   of them ranges of positive numbers, so that low goes with low. Light in fibre: c / 1.468 (ITU-T G.652 fibre at 1,550 nm). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/data_needs.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "scenario/reading.h"

enum { USERS_MAX = 500, FORM = 1 };
static const double light_m_s = 299792458.0, fibre_index_ratio = 1.468, day_h = 24.0;
static const double site_s = 0.01, region_s = 0.05; /* up to these the answer must be near */

static const struct {
    const char *name, *counted;
    struct data_range made_tb_day, sent_frac, kept_day;
    double latency_s;
    int availability_class;
    const char *claim;
} kinds[DATA_KINDS] = {
#define DATA_KIND(kind, counted, made_low, made_high, sent_low, sent_high, kept_low, kept_high,    \
                  latency_s, level, claim)                                                         \
    {                                                                                              \
        #kind,                                                                                     \
        counted,                                                                                   \
        {made_low, made_high},                                                                     \
        {sent_low, sent_high},                                                                     \
        {kept_low, kept_high},                                                                     \
        latency_s,                                                                                 \
        level,                                                                                     \
        claim},
#include "studies/data_needs.def"
#undef DATA_KIND
};

const char *data_kind_name(enum data_kind kind) { return kinds[kind].name; }
const char *data_kind_counted(enum data_kind kind) { return kinds[kind].counted; }
const char *data_kind_claim(enum data_kind kind) { return kinds[kind].claim; }

/* ---- ranges ---- */

static struct data_range times(struct data_range a, struct data_range b) {
    return (struct data_range){a.low_value * b.low_value, a.high_value * b.high_value};
}

static struct data_range over(struct data_range a, struct data_range b) {
    return (struct data_range){a.low_value / b.high_value, a.high_value / b.low_value};
}

static struct data_range plus(struct data_range a, struct data_range b) {
    return (struct data_range){a.low_value + b.low_value, a.high_value + b.high_value};
}

/* A number, or [low, high]. */
static struct data_range read_range(struct reading *r, const struct node *map, const char *key,
                                    struct data_range fallback, double min, double max) {
    const struct node *node = document_find(map, key);
    struct data_range range = fallback;
    if (!node) {
        return fallback;
    }
    if (node->kind == NODE_SCALAR) {
        (void)reading_scalar(r, node, key, min, max, &range.low_value);
        range.high_value = range.low_value;
        return range;
    }
    if (node->kind != NODE_LIST || node->count != 2) {
        reading_wrong_kind(r, node, key, "a number, or the least and the most", "[0.5, 2]");
        return fallback;
    }
    bool good = reading_scalar(r, node->children[0], key, min, max, &range.low_value);
    good = reading_scalar(r, node->children[1], key, min, max, &range.high_value) && good;
    if (good && range.low_value > range.high_value) {
        diag_error(r->diag, node->place, "%s: the first is the most", key);
        diag_remedy(r->diag, "write the least first:  %s: [0.5, 2]", key);
    }
    return good ? range : fallback;
}

/* ---- a user ---- */

static void work_out(const struct data_needs *needs, struct data_user *user) {
    const struct data_range count = {user->count, user->count};
    const struct data_range none = {0.0, 0.0};
    user->sent_tb_day = times(times(count, user->made_tb_day), user->sent_frac);
    user->stored_tb = over(times(times(user->sent_tb_day, user->kept_day), user->copies_ratio),
                           user->compression_ratio);
    struct data_range compute_kw = isnan(user->compute_kwh_tb.low_value)
                                       ? none
                                       : times(user->sent_tb_day, user->compute_kwh_tb);
    compute_kw.low_value /= day_h;
    compute_kw.high_value /= day_h;
    user->it_kw =
        plus(plus(times(user->stored_tb, needs->stored_kw_tb), compute_kw), user->always_on_kw);
    user->fibre_m = 0.5 * user->latency_s * light_m_s / fibre_index_ratio;
    user->place = user->latency_s <= site_s                    ? DATA_AT_SITE
                  : user->latency_s <= region_s || user->stays ? DATA_IN_REGION
                                                               : DATA_ANYWHERE;
}

static void read_user(struct reading *r, const struct node *map, struct data_user *user) {
    static const char *const known[] = {
        "name",           "kind",         "count",        "made_tb_day",
        "sent_frac",      "kept_day",     "copies_ratio", "compression_ratio",
        "compute_kwh_tb", "always_on_kw", "latency_s",    "availability_class",
        "stays",          "confirmed_by"};
    const char *names[DATA_KINDS];
    const struct data_range unknown = {(double)NAN, (double)NAN}, none = {0.0, 0.0};
    for (int k = 0; k < DATA_KINDS; k++) {
        names[k] = kinds[k].name;
    }
    if (!reading_check_keys(r, map, "a user of data", known, COUNT(known))) {
        return;
    }
    user->name = reading_text(r, map, "name", "?");
    user->confirmed_by = reading_text(r, map, "confirmed_by", NULL);
    user->kind = (enum data_kind)reading_word(r, map, "kind", names, DATA_KINDS, DATA_other);
    user->count = reading_number(r, map, "count", HUGE_VAL, 0.0, 1e9);
    user->made_tb_day = read_range(r, map, "made_tb_day", kinds[user->kind].made_tb_day, 0.0, 1e6);
    user->sent_frac = read_range(r, map, "sent_frac", kinds[user->kind].sent_frac, 0.0, 1.0);
    user->kept_day = read_range(r, map, "kept_day", kinds[user->kind].kept_day, 0.0, 36525.0);
    user->copies_ratio =
        read_range(r, map, "copies_ratio", (struct data_range){2.0, 3.0}, 1.0, 10.0);
    user->compression_ratio =
        read_range(r, map, "compression_ratio", (struct data_range){1.0, 1.0}, 0.1, 1000.0);
    user->compute_kwh_tb = read_range(r, map, "compute_kwh_tb", unknown, 0.0, 1e5);
    user->always_on_kw = read_range(r, map, "always_on_kw", none, 0.0, 1e6);
    user->latency_s = reading_number(r, map, "latency_s", kinds[user->kind].latency_s, 1e-5, 1e7);
    user->availability_class = (int)reading_number(r, map, "availability_class",
                                                   kinds[user->kind].availability_class, 1.0, 4.0);
    user->stays = reading_flag(r, map, "stays", false);
}

/* ---- the file ---- */

static void read_users(struct reading *r, struct data_needs *needs) {
    const struct node *list =
        reading_list(r, "users", "[{name: ward, kind: hospital, count: 600}]");
    if (!list || list->count == 0 || list->count > USERS_MAX) {
        if (list || !document_find(r->root, "users")) {
            diag_error(r->diag, list ? list->place : r->root->place,
                       "users: from one to %d of them are needed", USERS_MAX);
            diag_remedy(r->diag, "write  users: [{name: ward, kind: hospital, count: 600}]");
        }
        return;
    }
    needs->users = ARENA_TAKE(r->arena, struct data_user, list->count);
    for (int k = 0; needs->users && k < list->count; k++) {
        if (list->children[k]->kind == NODE_MAP) { /* else it was told */
            read_user(r, list->children[k], &needs->users[needs->users_count++]);
        }
    }
}

static void add_up(struct data_needs *needs) {
    for (int k = 0; k < needs->users_count; k++) {
        struct data_user *user = &needs->users[k];
        work_out(needs, user);
        needs->it_kw[user->place] = plus(needs->it_kw[user->place], user->it_kw);
        needs->all_kw = plus(needs->all_kw, user->it_kw);
        needs->confirmed += user->confirmed_by != NULL;
        needs->without_compute += isnan(user->compute_kwh_tb.low_value);
    }
}

enum status data_needs_read(struct arena *arena, struct diag *diag, const char *path,
                            struct data_needs **ret) {
    static const char *const known[] = {"data_needs", "name", "offered_kw", "stored_kw_tb",
                                        "users"};
    struct reading r = {.arena = arena, .diag = diag, .file = path};
    struct place place = {path, 0, 0};
    struct data_needs *needs = ARENA_TAKE(arena, struct data_needs, 1);
    char *text = NULL;
    size_t size = 0;
    if (!needs) {
        return STATUS_NO_MEMORY;
    }
    TRY(file_read(arena, diag, place, path, DOCUMENT_BYTES_MAX, &text, &size));
    diag_file(diag, path, text, size);
    TRY(document_parse(arena, diag, path, text, size, &r.root));
    if (!reading_check_keys(&r, r.root, "a file of data needs", known, COUNT(known))) {
        return STATUS_BAD_SCENARIO;
    }
    if ((int)reading_number(&r, r.root, "data_needs", HUGE_VAL, 1.0, 1e6) != FORM) {
        diag_error(diag, r.root->place, "this program reads data needs of form %d", FORM);
        diag_remedy(diag, "write  data_needs: %d", FORM);
    }
    needs->name = reading_text(&r, r.root, "name", "this community");
    needs->offered_kw = document_find(r.root, "offered_kw")
                            ? reading_number(&r, r.root, "offered_kw", HUGE_VAL, 0.0, 1e7)
                            : (double)NAN;
    needs->stored_kw_tb = read_range(&r, r.root, "stored_kw_tb", (struct data_range){0.001, 0.002},
                                     0.0, 1.0); /* raw, with its servers; recalled */
    read_users(&r, needs);
    if (diag_errors(diag) > 0) {
        return STATUS_BAD_SCENARIO;
    }
    add_up(needs);
    *ret = needs;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
