/* The feeder's verbs as tables, JSON and CSV: kW, pu, per cent. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/feeder.h"

#include <math.h>
#include <string.h>

#include "base/file.h"
#include "networks/feeder_host.h"
#include "physics/headroom.h"
#include "scenario/table.h"

static const struct place nowhere = {NULL, 0, 0};
static const double curtail_fracs[] = {0.0, 0.0025, 0.005, 0.01, 0.02, 0.05};

struct told {
    struct arena *arena;
    struct diag *diag;
    const struct tell_feeder_ask *ask;
    struct feeder feeder;
    struct feeder_work *work;
    struct feeder_state *state;
    int bus; /* -1: none */
    double kvar_ratio;
    const double *load_ratio; /* by hour */
    int hours;
    double most_ratio;
    struct rows rows;
};

static double amperes(const struct feeder *feeder, const struct feeder_state *s, int k) {
    const struct feeder_bus *bus = &feeder->bus[feeder->branch[k].from];
    double kva = sqrt(s->from_kw[k] * s->from_kw[k] + s->from_kvar[k] * s->from_kvar[k]);
    return bus->nominal_kv > 0.0
               ? kva / (sqrt(3.0) * bus->nominal_kv * s->v_pu[feeder->branch[k].from])
               : (double)NAN;
}

/* ---- solve ------------------------------------------------------------------------------------- */
static void tell_state(struct told *t, const struct feeder_state *s) {
    const struct feeder *feeder = &t->feeder;
    rows_word(&t->rows, "method", "method",
              s->method == FEEDER_SWEEP ? "backward/forward sweep" : "Newton");
    rows_figure(&t->rows, "iterations_count", "iterations", s->iterations_count, 0);
    rows_figure(&t->rows, "source_kw", "from the source, kW", s->source_kw, 3);
    rows_figure(&t->rows, "source_kvar", "from the source, kvar", s->source_kvar, 3);
    rows_figure(&t->rows, "loss_kw", "losses, kW", s->loss_kw, 3);
    rows_figure(&t->rows, "loss_kvar", "reactive losses, kvar", s->loss_kvar, 3);
    rows_figure(&t->rows, "lowest_pu", "lowest voltage, pu", s->lowest_pu, 5);
    rows_word(&t->rows, "lowest_bus", "  at bus", feeder->bus[s->lowest_bus].name);
    if (s->loaded_branch >= 0) {
        rows_figure(&t->rows, "loading_ratio", "highest loading of its rating", s->loading_ratio,
                    3);
        rows_word(&t->rows, "loaded_branch", "  of branch",
                  feeder_branch_name(t->arena, feeder, s->loaded_branch));
    }
    rows_word(&t->rows, "binding", "beyond its limit",
              feeder_limit_words(t->arena, feeder, feeder_violation(feeder, s)));
    rows_figure(&t->rows, "mismatch_kw", "largest mismatch of a bus, kW", s->mismatch_kw, 9);
}

static void tell_buses(struct told *t, const struct feeder_state *s) {
    static const struct column columns[] = {{"bus", "bus", -12, 0},
                                            {"v_pu", "V pu", 9, 5},
                                            {"v_deg", "angle deg", 10, 3},
                                            {"load_kw", "load kW", 12, 1},
                                            {"load_kvar", "load kvar", 12, 1}};
    rows_begin(&t->rows, columns, COUNT(columns), "buses");
    for (int b = 0; b < t->feeder.buses_count; b++) {
        const struct feeder_bus *bus = &t->feeder.bus[b];
        double extra = b == t->bus ? t->ask->extra_kw : 0.0;
        struct cell cells[] = {{bus->name, 0.0},
                               {NULL, s->v_pu[b]},
                               {NULL, s->v_rad[b] * 57.295779513082323},
                               {NULL, bus->load_kw * t->most_ratio + extra},
                               {NULL, bus->load_kvar * t->most_ratio + extra * t->kvar_ratio}};
        rows_add(&t->rows, columns, COUNT(columns), cells, b == 0);
    }
    rows_end(&t->rows);
}

static void tell_branches(struct told *t, const struct feeder_state *s) {
    static const struct column columns[] = {
        {"branch", "branch", -12, 0}, {"from_kw", "kW in", 12, 3},
        {"to_kw", "kW out", 12, 3},   {"loss_kw", "loss kW", 10, 3},
        {"current_a", "A", 10, 1},    {"load_ratio", "loading", 8, 3}};
    rows_begin(&t->rows, columns, COUNT(columns), "branches");
    bool first = true;
    for (int k = 0; k < t->feeder.branches_count; k++) {
        if (!t->feeder.branch[k].closed) {
            continue;
        }
        bool rated = isfinite(t->feeder.branch[k].rating_kva);
        struct cell cells[] = {{feeder_branch_name(t->arena, &t->feeder, k), 0.0},
                               {NULL, s->from_kw[k]},
                               {NULL, 0.0 - s->to_kw[k]},
                               {NULL, s->from_kw[k] + s->to_kw[k]},
                               {NULL, amperes(&t->feeder, s, k)},
                               {NULL, rated ? s->load_ratio[k] : (double)NAN}};
        rows_add(&t->rows, columns, COUNT(columns), cells, first);
        first = false;
    }
    rows_end(&t->rows);
}

static enum status no_state(struct told *t, const struct feeder_ask *ask) {
    double share = feeder_nearest_ratio(&t->feeder, t->work, ask, t->state);
    rows_word(&t->rows, "outcome", "outcome",
              "no state: the load is beyond what the feeder can carry");
    rows_figure(&t->rows, "nearest_ratio", "nearest load, share of it", share, 4);
    tell_state(t, t->state);
    diag_error(t->diag, nowhere, "the power flow diverges: there is no state at this load");
    struct text_buffer words;
    text_buffer_init(&words, t->arena);
    text_add_fixed(&words, 100.0 * share, 2);
    text_add(&words, " % of it has one, with ");
    text_add_fixed(&words, t->state->lowest_pu, 4);
    text_add_format(&words, " pu at bus %s", t->feeder.bus[t->state->lowest_bus].name);
    diag_remedy(t->diag, "%s", words.data ? words.data : "");
    return STATUS_INFEASIBLE;
}

/* Each hour of the series: how often, how much, the worst. */
static void tell_hours(struct told *t) {
    int bad = 0, worst = 0;
    double loss_kwh = 0.0, lowest_pu = (double)INFINITY;
    for (int h = 0; h < t->hours; h++) {
        struct feeder_ask ask = {t->load_ratio[h] * t->ask->load_ratio, t->bus, t->ask->extra_kw,
                                 t->ask->extra_kw * t->kvar_ratio};
        feeder_solve(&t->feeder, t->work, &ask, t->state);
        bad += feeder_violation(&t->feeder, t->state).limit != FEEDER_NO_LIMIT;
        if (t->state->outcome == FEEDER_SOLVED) {
            loss_kwh += t->state->loss_kw;
            worst = t->state->lowest_pu < lowest_pu ? h : worst;
            lowest_pu = fmin(lowest_pu, t->state->lowest_pu);
        }
    }
    rows_figure(&t->rows, "hours_count", "hours", t->hours, 0);
    rows_figure(&t->rows, "hours_beyond_count", "hours beyond a limit", bad, 0);
    rows_figure(&t->rows, "loss_kwh", "losses of these hours, kWh", loss_kwh, 1);
    rows_figure(&t->rows, "hours_lowest_pu", "lowest voltage of these hours, pu", lowest_pu, 5);
    rows_figure(&t->rows, "hours_lowest_hour", "  in hour (from 0)", worst, 0);
}

static enum status solve(struct told *t) {
    struct feeder_ask ask = {t->most_ratio, t->bus, t->ask->extra_kw,
                             t->ask->extra_kw * t->kvar_ratio};
    if (t->hours) {
        tell_hours(t);
    }
    feeder_solve(&t->feeder, t->work, &ask, t->state);
    if (t->state->outcome != FEEDER_SOLVED) {
        return no_state(t, &ask);
    }
    tell_state(t, t->state);
    if (t->ask->format == TELL_TEXT) {
        text_add(&t->rows.out, "\n");
    }
    tell_buses(t, t->state);
    if (t->ask->format != TELL_CSV) {
        text_add(&t->rows.out, t->ask->format == TELL_TEXT ? "\n" : "");
        tell_branches(t, t->state);
    }
    return STATUS_OK;
}

/* ---- host -------------------------------------------------------------------------------------- */
static void tell_map(struct told *t) {
    static const struct column columns[] = {{"bus", "bus", -12, 0},
                                            {"room_kw", "room kW", 11, 0},
                                            {"lowest_pu", "V pu then", 10, 4},
                                            {"binding", "what stops more", -34, 0}};
    rows_begin(&t->rows, columns, COUNT(columns), "buses");
    bool first = true;
    for (int b = 0; b < t->feeder.buses_count; b++) {
        if (b == t->feeder.source || !feeder_work_reaches(t->work, b)) {
            continue;
        }
        struct feeder_room room =
            feeder_host(&t->feeder, t->work, b, t->most_ratio, t->kvar_ratio, t->state);
        struct cell cells[] = {{t->feeder.bus[b].name, 0.0},
                               {NULL, room.extra_kw},
                               {NULL, room.lowest_pu},
                               {feeder_limit_words(t->arena, &t->feeder, room.binding), 0.0}};
        rows_add(&t->rows, columns, COUNT(columns), cells, first);
        first = false;
    }
    rows_end(&t->rows);
}

/* The load against the share of its energy that is curtailed where each step has its room. */
static void tell_headroom(struct told *t, const double *room_kw, double step_h, const char *name) {
    static const struct column columns[] = {
        {"curtail_frac", "curtailed", 10, 4}, {"load_kw", "load kW", 11, 0},
        {"hours_h", "hours", 9, 2},           {"events_count", "events", 7, 0},
        {"event_mean_h", "mean h", 8, 2},     {"event_longest_h", "longest h", 9, 2},
        {"half_frac", "half served", 11, 3}};
    rows_heading(&t->rows, "\nFlexible load: share of its energy curtailed; in how many of those "
                           "hours half of it is served\n");
    rows_begin(&t->rows, columns, COUNT(columns), name);
    for (int k = 0; k < COUNT(curtail_fracs); k++) {
        struct headroom found = headroom_of(room_kw, t->hours, curtail_fracs[k]);
        double hours_h = found.steps_count * step_h;
        struct cell cells[] = {
            {NULL, curtail_fracs[k]},
            {NULL, found.load_kw},
            {NULL, hours_h},
            {NULL, found.events_count},
            {NULL, found.events_count ? hours_h / found.events_count : (double)NAN},
            {NULL, found.longest_count * step_h},
            {NULL, found.half_frac}};
        rows_add(&t->rows, columns, COUNT(columns), cells, k == 0);
    }
    rows_end(&t->rows);
}

static enum status tell_flexible(struct told *t) {
    double *room_kw = ARENA_TAKE(t->arena, double, t->hours),
           *scaled = ARENA_TAKE(t->arena, double, t->hours);
    if (!room_kw || !scaled) {
        return STATUS_NO_MEMORY;
    }
    for (int h = 0; h < t->hours; h++) {
        scaled[h] = t->load_ratio[h] * t->ask->load_ratio;
    }
    feeder_host_hours(&t->feeder, t->work, t->bus, scaled, t->hours, t->kvar_ratio, t->state,
                      room_kw);
    tell_headroom(t, room_kw, 1.0, "flexible");
    return STATUS_OK;
}

static enum status tell_options(struct told *t) {
    static const struct column columns[] = {
        {"option", "option", -24, 0},         {"possible", "works", -6, 0},
        {"branches_count", "branches", 9, 0}, {"length_m", "m", 9, 0},
        {"cost_money", "EUR 2025", 12, 0},    {"deep_money", "deep", 12, 0},
        {"shallow_money", "shallow", 12, 0}};
    struct feeder_option options[FEEDER_OPTIONS];
    bool *doubled = ARENA_TAKE(t->arena, bool, t->feeder.branches_count);
    if (!doubled) {
        return STATUS_NO_MEMORY;
    }
    TRY(feeder_options(t->arena, &t->feeder, t->bus, t->most_ratio, t->ask->extra_kw, t->kvar_ratio,
                       options, doubled));
    text_add(&t->rows.out,
             t->ask->format == TELL_TEXT
                 ? "\nFor the load asked; what the applicant pays under deep and shallow "
                   "charging, the rest falls on all customers\n"
                 : "");
    rows_begin(&t->rows, columns, COUNT(columns), "options");
    for (int k = 0; k < FEEDER_OPTIONS; k++) {
        bool priced = options[k].possible && k != FEEDER_CURTAIL;
        double none = (double)NAN;
        struct cell cells[] = {{feeder_option_words[k], 0.0},
                               {options[k].possible ? "yes" : "no", 0.0},
                               {NULL, k == FEEDER_STRENGTHEN ? options[k].branches_count : none},
                               {NULL, priced ? options[k].length_m : none},
                               {NULL, priced ? options[k].cost_money : none},
                               {NULL, priced ? options[k].deep_money : none},
                               {NULL, priced ? options[k].shallow_money : none}};
        rows_add(&t->rows, columns, COUNT(columns), cells, k == 0);
    }
    rows_end(&t->rows);
    return STATUS_OK;
}

static enum status host(struct told *t) {
    if (t->bus < 0) {
        tell_map(t);
        return STATUS_OK;
    }
    struct feeder_room room =
        feeder_host(&t->feeder, t->work, t->bus, t->most_ratio, t->kvar_ratio, t->state);
    if (t->ask->format != TELL_CSV) {
        rows_word(&t->rows, "bus", "bus", t->feeder.bus[t->bus].name);
        rows_figure(&t->rows, "room_kw", "room at the highest load, kW", room.extra_kw, 0);
        rows_word(&t->rows, "binding", "what stops more",
                  feeder_limit_words(t->arena, &t->feeder, room.binding));
        rows_figure(&t->rows, "lowest_pu", "lowest voltage then, pu", room.lowest_pu, 4);
        rows_figure(&t->rows, "loading_ratio", "highest loading then", room.loading_ratio, 3);
    }
    if (t->hours) {
        TRY(tell_flexible(t));
    }
    return t->ask->extra_kw > 0.0 && t->ask->format != TELL_CSV ? tell_options(t) : STATUS_OK;
}

/* ---- one branch out ------------------------------------------------------------------------------ */
static enum status one_out(struct told *t) {
    static const struct column columns[] = {
        {"branch", "branch out", -12, 0},      {"tie", "closed then", -12, 0},
        {"unserved_kw", "unserved kW", 12, 1}, {"lowest_pu", "V pu", 8, 4},
        {"loading_ratio", "loading", 8, 3},    {"binding", "beyond its limit", -34, 0}};
    struct feeder_contingency *found =
        ARENA_TAKE(t->arena, struct feeder_contingency, t->feeder.branches_count);
    struct feeder_ask ask = {t->most_ratio, t->bus, t->ask->extra_kw,
                             t->ask->extra_kw * t->kvar_ratio};
    int count = 0, good = 0;
    if (!found) {
        return STATUS_NO_MEMORY;
    }
    TRY(feeder_n1(&t->feeder, &ask, found, &count));
    for (int k = 0; k < count; k++) {
        good += found[k].unserved_kw == 0.0 && found[k].binding.limit == FEEDER_NO_LIMIT;
    }
    rows_figure(&t->rows, "branches_count", "branches, one out at a time", count, 0);
    rows_figure(&t->rows, "good_count", "  without a limit or a load hurt", good, 0);
    rows_begin(&t->rows, columns, COUNT(columns), "outages");
    for (int k = 0; k < count; k++) {
        struct cell cells[] = {
            {feeder_branch_name(t->arena, &t->feeder, found[k].branch), 0.0},
            {found[k].tie < 0 ? "-" : feeder_branch_name(t->arena, &t->feeder, found[k].tie), 0.0},
            {NULL, found[k].unserved_kw},
            {NULL, found[k].lowest_pu},
            {NULL, found[k].loading_ratio},
            {feeder_limit_words(t->arena, &t->feeder, found[k].binding), 0.0}};
        rows_add(&t->rows, columns, COUNT(columns), cells, k == 0);
    }
    rows_end(&t->rows);
    return STATUS_OK;
}

/* ---- the door ------------------------------------------------------------------------------------ */
static enum status read_series(struct told *t) {
    const struct tell_feeder_ask *ask = t->ask;
    char *text = NULL;
    size_t size = 0;
    const struct table_cell *cells = NULL;
    struct table_ask column = {ask->column, {ask->series_file, 1, 1}, false};
    t->most_ratio = ask->load_ratio;
    if (!ask->series_file) {
        return STATUS_OK;
    }
    TRY(file_read(t->arena, t->diag, nowhere, ask->series_file, (size_t)16 << 20, &text, &size));
    struct table_text table = {ask->series_file, text, size};
    diag_file(t->diag, ask->series_file, text, size);
    TRY(table_read(t->arena, t->diag, &table, &column, 1, &cells, &t->hours));
    double *value = ARENA_TAKE(t->arena, double, t->hours), most = -(double)INFINITY;
    if (!value) {
        return STATUS_NO_MEMORY;
    }
    bool good = true;
    for (int h = 0; h < t->hours; h++) {
        good = table_number(t->diag, ask->series_file, ask->column, &cells[h], &value[h]) && good;
        most = fmax(most, value[h]);
    }
    t->load_ratio = value;
    t->most_ratio = ask->load_ratio * most;
    return good ? STATUS_OK : STATUS_BAD_SCENARIO;
}

/* Steps of a year's series; 1 where it is no year. */
static double step_of_h(int count) {
    static const int years_h[] = {8760, 8784};
    for (int k = 0; k < 2 * COUNT(years_h); k++) {
        int per_hour = k < COUNT(years_h) ? 2 : 4;
        if (count == years_h[k % COUNT(years_h)] * per_hour) {
            return 1.0 / per_hour;
        }
    }
    return 1.0;
}

/* Any series of loads below a capacity: no feeder is asked. */
static enum status headroom(struct told *t) {
    const struct tell_feeder_ask *ask = t->ask;
    double cap_kw = isnan(ask->cap_kw) ? t->most_ratio : ask->cap_kw, sum_kw = 0.0;
    if (!(t->most_ratio > 0.0)) {
        diag_error(t->diag, (struct place){ask->series_file, 0, 0},
                   "%s: no load above 0 stands in the column", ask->column);
        return STATUS_BAD_SCENARIO;
    }
    double *room_kw = ARENA_TAKE(t->arena, double, t->hours);
    if (!room_kw) {
        return STATUS_NO_MEMORY;
    }
    for (int h = 0; h < t->hours; h++) {
        double load_kw = t->load_ratio[h] * ask->load_ratio;
        room_kw[h] = cap_kw - load_kw;
        sum_kw += load_kw;
    }
    if (ask->format != TELL_CSV) {
        rows_figure(&t->rows, "cap_kw", "capacity, kW", cap_kw, 1);
        rows_figure(&t->rows, "peak_kw", "highest load, kW", t->most_ratio, 1);
        rows_figure(&t->rows, "load_factor_frac", "load factor",
                    sum_kw / (t->hours * t->most_ratio), 3);
    }
    tell_headroom(t, room_kw, step_of_h(t->hours), "headroom");
    return STATUS_OK;
}

static enum status read_feeder(struct told *t) {
    const struct tell_feeder_ask *ask = t->ask;
    TRY(feeder_read(t->arena, t->diag, ask->files, ask->files_count, &t->feeder));
    for (int b = 0; b < t->feeder.buses_count; b++) {
        struct feeder_bus *bus = &t->feeder.bus[b];
        bus->lowest_pu = isnan(ask->lowest_pu) ? bus->lowest_pu : ask->lowest_pu;
        bus->highest_pu = isnan(ask->highest_pu) ? bus->highest_pu : ask->highest_pu;
    }
    t->kvar_ratio = tan(acos(ask->power_factor));
    t->work = feeder_work_new(t->arena, &t->feeder);
    t->state = feeder_state_new(t->arena, &t->feeder);
    if (!t->work || !t->state) {
        return STATUS_NO_MEMORY;
    }
    if (ask->bus) {
        t->bus = feeder_bus_find(&t->feeder, ask->bus);
        if (t->bus < 0 || !feeder_work_reaches(t->work, t->bus)) {
            diag_error(t->diag, nowhere, "there is no connected bus %.60s in %s", ask->bus,
                       ask->files[0]);
            return STATUS_USAGE;
        }
    }
    return STATUS_OK;
}

enum status tell_feeder(struct arena *arena, struct diag *diag, const struct tell_feeder_ask *ask,
                        const char **ret_text) {
    struct told t = {
        .arena = arena, .diag = diag, .ask = ask, .bus = -1, .rows.format = ask->format};
    static const struct {
        const char *name;
        bool of_feeder;
        enum status (*tell)(struct told *t);
    } verbs[] = {{"solve", true, solve},
                 {"host", true, host},
                 {"n1", true, one_out},
                 {"headroom", false, headroom}};
    int which = 0;
    while (which < COUNT(verbs) && strcmp(verbs[which].name, ask->what) != 0) {
        which++;
    }
    if (which == COUNT(verbs)) {
        diag_error(diag, nowhere, "feeder: there is no %.40s", ask->what);
        diag_remedy(diag, "it is solve, host, n1 or headroom");
        return STATUS_USAGE;
    }
    if (verbs[which].of_feeder) {
        TRY(read_feeder(&t));
    }
    TRY(read_series(&t));
    text_buffer_init(&t.rows.out, arena);
    if (ask->format == TELL_JSON) {
        text_add(&t.rows.out, "{\n  \"hearth_feeder\": 1");
    }
    enum status status = verbs[which].tell(&t);
    text_add(&t.rows.out, ask->format == TELL_JSON ? "\n}\n" : "");
    *ret_text = t.rows.out.data;
    return t.rows.out.failed ? STATUS_NO_MEMORY : status;
}
