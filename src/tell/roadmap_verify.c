/* hearth verify of a roadmap: every stage as a result folder, then roadmap.json against the stages, without a solver.

   weight     discounted years, from the years alone
   kept       the capacity of the stage's plan, which is what stands
   standing   what was built and lives
   capital    built * investment * annuity * weights of the years it stands
   operation  weight * cost of the stage's year, less the annuities of what is kept
   present    operation and capital of all stages
   servers    each vintage where it may stand, and no more than before; their work, money and carbon; the data centre's
              work, power, heat and carbon by stage

   The stages of the myopic path have no folders: of it the sums alone are checked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "physics/finance.h"
#include "tell/roadmap.h"
#include "tell/verify.h"

static const double same_ratio = 1e-9;
enum { ROADMAP_BYTES_MAX = 1 << 24 };

struct checking {
    struct arena *arena;
    struct diag *diag;
    const char *folder;
    struct text_buffer words;
    const struct json *root;
    struct stages stages;
    double weight_year[STAGES_MAX];
    struct plan *plan[STAGES_MAX];
    int wrong;
};

static void check(struct checking *c, double found, double should, double scale, const char *what) {
    if (!(fabs(found - should) <= same_ratio * fmax(1.0, fmax(fabs(should), scale)))) {
        struct place place = {arena_format(c->arena, "%s/roadmap.json", c->folder), 0, 0};
        diag_error(c->diag, place, "%s reads %.12g, but computed again it is %.12g", what, found,
                   should);
        c->wrong++;
    }
}

static double at(const struct json *object, const char *key, int k) {
    return json_number(json_at(json_find(object, key), k));
}

/* ---- reading ---- */

static enum status no_roadmap(struct checking *c) {
    struct place place = {arena_format(c->arena, "%s/roadmap.json", c->folder), 0, 0};
    diag_error(c->diag, place, "it is no roadmap that this version reads");
    diag_remedy(c->diag, "write it again with `hearth roadmap`");
    return STATUS_CHECK_FAILED;
}

static enum status read_stages(struct checking *c) {
    const struct json *years = json_find(c->root, "year");
    int count = json_count(years);
    if (json_number(json_find(c->root, "hearth_roadmap")) != 1.0 || count < 1 ||
        count > STAGES_MAX) {
        return no_roadmap(c);
    }
    c->stages.count = count;
    double until_year = json_number(json_find(c->root, "until_year"));
    for (int k = 0; k <= count; k++) {
        double year = k < count ? json_number(json_at(years, k)) : until_year;
        bool good = year == floor(year) && year >= 2000.0 && year <= 2200.0 &&
                    (k == 0 || year > c->stages.year[k - 1]);
        if (!good) {
            return no_roadmap(c);
        }
        *(k < count ? &c->stages.year[k] : &c->stages.until_year) = (int)year;
    }
    return STATUS_OK;
}

static enum status verify_stages(struct checking *c) {
    for (int k = 0; k < c->stages.count; k++) {
        const char *words = NULL;
        const char *folder = arena_format(c->arena, "%s/%d", c->folder, c->stages.year[k]);
        if (!folder) {
            return STATUS_NO_MEMORY;
        }
        enum status status = tell_verify(c->arena, c->diag, folder, &words, &c->plan[k]);
        if (status != STATUS_CHECK_FAILED || !c->plan[k]) {
            TRY(status);
        }
        c->wrong += status != STATUS_OK;
        text_add_format(&c->words, "%s %d\n", status == STATUS_OK ? "ok  " : "!!  ",
                        c->stages.year[k]);
        double frac = c->plan[k]->scenario->discount_frac;
        c->weight_year[k] = finance_present_ratio(frac, stages_span_year(&c->stages, k + 1)) -
                            finance_present_ratio(frac, stages_span_year(&c->stages, k));
        check(c, at(c->root, "weight_year", k), c->weight_year[k], 0.0, "weight_year");
    }
    return STATUS_OK;
}

/* ---- an asset ---- */

static double life_of(const struct checking *c, int i, int k) {
    const struct scenario *scenario = c->plan[k]->scenario;
    return component_number(scenario->instances[i].kind, scenario->instances[i].self, "life_year",
                            scenario->life_year);
}

static double annuity_of(const struct checking *c, int i, int k) {
    return plan_annuity_frac_year(c->plan[k]->scenario->discount_frac, life_of(c, i, k));
}

static bool lives(const struct checking *c, int i, int s, int k) {
    return lifetime_lives(&c->stages, life_of(c, i, s), s, k);
}

/* kind CASES: of the myopic path, which has no folders. */
static void check_kept(struct checking *c, const struct json *asset, int i, int k, int kind) {
    const char *part = json_text(json_find(asset, "part"));
    double kept = at(asset, "kept", k), stands = at(asset, "standing", k);
    const struct flow *flow = kind < CASES ? &c->plan[k]->cases[kind].flow[i] : NULL;
    bool here = at(asset, "invest_money", k) != 0.0;
    if (here) {
        check(c, kept, stands, 1e3 * stands, "kept"); /* by a certificate's tolerance */
    }
    if (flow && here && part && strcmp(part, "built") != 0) {
        bool first = strcmp(part, "capacity") == 0;
        check(c, kept, first ? flow->capacity : flow->capacity2, 0.0, "kept");
    } else if (flow && here) {
        check(c, kept, flow->capacity > 0.0 ? 1.0 : 0.0, 0.0, "kept");
    }
}

static void check_asset(struct checking *c, const struct json *asset, int kind,
                        double *ret_annuity_money, double *ret_capital_money) {
    const char *name = json_text(json_find(asset, "name"));
    int i = name ? scenario_instance(c->plan[0]->scenario, name) : -1;
    if (i < 0) {
        check(c, 1.0, 0.0, 0.0, "an asset of an unknown name");
        return;
    }
    for (int k = 0; k < c->stages.count; k++) {
        double stands = 0.0, years = 0.0;
        for (int s = 0; s <= k; s++) {
            stands += lives(c, i, s, k) ? at(asset, "built", s) : 0.0;
        }
        for (int n = k; n < c->stages.count; n++) {
            years += lives(c, i, k, n) ? c->weight_year[n] : 0.0;
        }
        double yearly_money = at(asset, "invest_money", k) * annuity_of(c, i, k);
        check(c, at(asset, "standing", k), stands, 0.0, "standing");
        check(c, at(asset, "capital_money", k), at(asset, "built", k) * yearly_money * years, 0.0,
              "capital_money");
        check_kept(c, asset, i, k, kind);
        ret_annuity_money[k] += yearly_money * at(asset, "kept", k) * c->weight_year[k];
        *ret_capital_money += at(asset, "capital_money", k);
    }
}

/* ---- servers ---- */

/* A vintage in a stage: allowed there, and no more than before. */
static void check_vintage(struct checking *c, const struct lifetime_servers *servers, int v,
                          int k) {
    double stands_kw = servers->stands_kw[v][k], need_kw = servers->fleet->need_kw[k];
    bool may = lifetime_servers_may_stand(&c->stages, servers->fleet, v, k);
    double most_kw = !may         ? 0.0
                     : v - 1 == k ? HUGE_VAL
                     : k == 0     ? servers->fleet->stood_kw
                                  : servers->stands_kw[v][k - 1];
    if (stands_kw > most_kw) {
        check(c, stands_kw, most_kw, 1e3 * need_kw, "stands_kw");
    }
    check(c, fmin(stands_kw, 0.0), 0.0, 1e3 * need_kw, "stands_kw");
}

/* The work is what is needed, or the power; the hall's IT in the stage is what stands. */
static void check_need(struct checking *c, const struct lifetime_servers *servers, int k,
                       int kind) {
    const struct lifetime_fleet *fleet = servers->fleet;
    double it_kw = 0.0, need_kw = fleet->need_kw[k];
    for (int v = 0; v <= k + 1; v++) {
        it_kw += servers->stands_kw[v][k];
    }
    bool work = fleet->servers[k].refresh == HALL_REFRESH_WORK;
    check(c, work ? servers->served_kw[k] : it_kw, need_kw, 1e3 * need_kw,
          work ? "served_kw" : "stands_kw"); /* by a certificate's tolerance */
    if (kind < CASES) {
        check(c, it_kw, c->plan[k]->cases[kind].flow[fleet->instance].capacity, 1e3 * need_kw,
              "stands_kw");
    }
}

static void check_stage_servers(struct checking *c, const struct json *object,
                                struct lifetime_servers *servers, int k, int kind) {
    const struct lifetime_fleet *fleet = servers->fleet;
    double frac = c->plan[k]->scenario->discount_frac, kept_money = 0.0, served_kw = 0.0;
    double bought_kw = servers->stands_kw[k + 1][k];
    for (int v = 0; v <= k + 1; v++) {
        check_vintage(c, servers, v, k);
        served_kw += servers->stands_kw[v][k] * fleet->gain_ratio[v];
        kept_money +=
            servers->stands_kw[v][k] * lifetime_servers_kept_money(&c->stages, fleet, frac, v, k);
    }
    double paid_money = bought_kw * fleet->price_money_kw[k] *
                        plan_annuity_frac_year(frac, fleet->servers[k].life_year) *
                        lifetime_servers_paid_year(&c->stages, fleet, frac, k, c->stages.count - 1);
    servers->served_kw[k] = served_kw;
    servers->made_kg[k] = lifetime_servers_made_kg(&c->stages, fleet, k, bought_kw);
    check(c, at(object, "capital_money", k), paid_money, 0.0, "capital_money of servers");
    check(c, at(object, "kept_money", k), kept_money, 0.0, "kept_money of servers");
    check(c, at(object, "served_kw", k), served_kw, 0.0, "served_kw");
    check(c, at(object, "made_kg", k), servers->made_kg[k], 0.0, "made_kg");
    check_need(c, servers, k, kind);
}

static enum status check_servers(struct checking *c, const struct json *object, int kind,
                                 struct lifetime_servers *servers, double *ret_money) {
    const char *name = json_text(json_find(object, "hall"));
    int i = name ? scenario_instance(c->plan[0]->scenario, name) : -1;
    struct lifetime_fleet *fleet = ARENA_TAKE(c->arena, struct lifetime_fleet, 1);
    bool hall = i >= 0 && strcmp(c->plan[0]->scenario->instances[i].kind->name, "data_hall") == 0;
    if (!hall || !fleet) {
        check(c, 1.0, 0.0, 0.0, "servers of an unknown hall");
        return fleet ? STATUS_OK : STATUS_NO_MEMORY;
    }
    fleet->instance = i;
    servers->fleet = fleet;
    for (int k = 0; k < c->stages.count; k++) {
        lifetime_fleet_set(&c->stages, c->plan[k]->scenario, k, fleet);
        for (int v = 0; v <= c->stages.count; v++) {
            servers->stands_kw[v][k] =
                json_number(json_at(json_at(json_find(object, "stands_kw"), v), k));
        }
    }
    for (int k = 0; k < c->stages.count; k++) {
        check_stage_servers(c, object, servers, k, kind);
        *ret_money += at(object, "capital_money", k) + at(object, "kept_money", k);
    }
    return STATUS_OK;
}

static enum status check_all_servers(struct checking *c, const struct json *list, int kind,
                                     double *ret_money) {
    int count = json_count(list);
    struct lifetime_servers *servers = ARENA_TAKE(c->arena, struct lifetime_servers, count);
    if (!servers) {
        return STATUS_NO_MEMORY;
    }
    int wrong = c->wrong;
    for (int f = 0; f < count; f++) {
        TRY(check_servers(c, json_at(list, f), kind, &servers[f], ret_money));
    }
    for (int k = 0; kind == CASE_TOGETHER && c->wrong == wrong && k < c->stages.count; k++) {
        struct served served =
            served_in_stage(c->plan[k], CASE_TOGETHER, &c->stages, k, servers, count);
        const struct json *told = json_find(c->root, "data_centre");
        for (int n = 0; n < roadmap_served_columns(); n++) {
            check(c, at(told, roadmap_served_key(n), k), roadmap_served_value(&served, n), 0.0,
                  roadmap_served_key(n));
        }
    }
    return STATUS_OK;
}

/* ---- a case ---- */

static enum status check_case(struct checking *c, const char *name, int kind) {
    const struct json *object = json_find(c->root, name), *assets = json_find(object, "assets");
    double annuity_money[STAGES_MAX] = {0.0}, present_money = 0.0;
    for (int a = 0; a < json_count(assets); a++) {
        check_asset(c, json_at(assets, a), kind, annuity_money, &present_money);
    }
    TRY(check_all_servers(c, json_find(object, "servers"), kind, &present_money));
    for (int k = 0; k < c->stages.count; k++) {
        double found_money = at(object, "operation_money", k);
        present_money += found_money;
        if (kind == CASES) {
            continue;
        }
        const struct case_plan *result = &c->plan[k]->cases[kind];
        double year_frac = c->plan[k]->scenario->year_frac, carbon_kg = 0.0;
        double year_money = result->objective_money / year_frac * c->weight_year[k];
        for (int i = 0; i < c->plan[k]->scenario->instances_count; i++) {
            carbon_kg += result->flow[i].included ? result->flow[i].carbon_kg / year_frac : 0.0;
        }
        check(c, found_money, year_money - annuity_money[k], fabs(year_money), "operation_money");
        check(c, at(object, "carbon_kg_year", k), carbon_kg, 0.0, "carbon_kg_year");
    }
    check(c, json_number(json_find(object, "present_money")), present_money, 0.0, "present_money");
    return STATUS_OK;
}

bool roadmap_is_folder(struct arena *arena, const char *folder) {
    const char *path = arena_format(arena, "%s/roadmap.json", folder);
    struct diag *diag = diag_new(arena);
    char *text = NULL;
    size_t size = 0;
    return path && diag &&
           file_read(arena, diag, (struct place){path, 0, 0}, path, ROADMAP_BYTES_MAX, &text,
                     &size) == STATUS_OK;
}

static enum status check_all(struct checking *c) {
    TRY(read_stages(c));
    TRY(verify_stages(c));
    for (int kind = 0; kind < CASES; kind++) {
        TRY(check_case(c, case_name((enum plan_case)kind), kind));
    }
    if (c->stages.count > 1) {
        TRY(check_case(c, "myopic", CASES));
    }
    return STATUS_OK;
}

enum status roadmap_verify(struct arena *arena, struct diag *diag, const char *folder,
                           const char **ret_words) {
    struct checking c = {.arena = arena, .diag = diag, .folder = folder};
    char *text = NULL;
    size_t size = 0;
    struct json *root = NULL;
    const char *path = arena_format(arena, "%s/roadmap.json", folder);
    if (!path) {
        return STATUS_NO_MEMORY;
    }
    text_buffer_init(&c.words, arena);
    TRY(file_read(arena, diag, (struct place){path, 0, 0}, path, ROADMAP_BYTES_MAX, &text, &size));
    TRY(json_read_all(diag, path, text, size, &root));
    c.root = root;
    enum status status = check_all(&c);
    json_free(root);
    TRY(status);
    text_add(&c.words, c.wrong ? "The roadmap does not agree with its stages.\n"
                               : "Computed again from its stages without the solver: the roadmap "
                                 "agrees.\n");
    *ret_words = c.words.data;
    return c.wrong ? STATUS_CHECK_FAILED : STATUS_OK;
}
