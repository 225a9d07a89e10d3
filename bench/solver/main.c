/* bench_solver: the same programmes, side by side. See bench/README.md. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "command.h"
#include "machine.h"
#include "plot.h"
#include "race.h"

enum { ENTRIES_MOST = 256, PATH_MOST = 1024 };

/* A solver in one setting, and its runs on one programme. */
struct entry {
    const struct solver *solver;
    struct setting setting;
    char label[48], program[PATH_MOST];
    struct run runs[REPEATS_MOST];
};

struct table {
    struct plot_point points[ENTRIES_MOST];
    int count;
    double triad_bytes_s;
    bool wrong; /* two solvers disagree, or the judge refused an answer */
};

/* The program's own path, or the first of that name on the path. */
static bool find_program(const struct command *command, const char *self, struct entry *entry) {
    char folder[PATH_MOST];
    if (entry->solver->kind == SOLVER_LIBRARY) {
        return true;
    }
    if (entry->solver->kind == SOLVER_PROTOTYPE) {
        (void)snprintf(folder, sizeof folder, "%s", command->prototype ? command->prototype : self);
        char *slash = command->prototype ? NULL : strrchr(folder, '/');
        if (slash) {
            *slash = '\0';
        }
        (void)snprintf(entry->program, sizeof entry->program, "%.900s/prototype_%d%s", folder,
                       entry->setting.width_bits ? entry->setting.width_bits : 512,
                       entry->setting.threads > 1 ? "_threads" : "");
        return access(entry->program, X_OK) == 0;
    }
    (void)snprintf(folder, sizeof folder, "%.1000s", getenv("PATH") ? getenv("PATH") : "");
    for (char *rest = folder; rest;) {
        (void)snprintf(entry->program, sizeof entry->program, "%.1000s/highs", strsep(&rest, ":"));
        if (access(entry->program, X_OK) == 0) {
            return true;
        }
    }
    return false;
}

static bool wanted(const struct command *command, const struct solver *solver, int hours) {
    for (int s = 0; s < command->solvers_count; s++) {
        if (strcmp(command->solvers[s], solver->name) == 0) {
            return true;
        }
    }
    bool long_one = solver->hours_most > 0 && hours > solver->hours_most;
    return command->solvers_count == 0 && (!long_one || command->all_hours);
}

static int add_entry(const struct command *command, const char *self, const struct solver *solver,
                     struct setting setting, struct entry *entries, int count) {
    struct entry *entry = &entries[count];
    bool plain = setting.threads == 1 && setting.width_bits == 0;
    bool fits = plain || (solver->offers && solver->offers(setting)) ||
                solver->kind == SOLVER_PROTOTYPE;
    memset(entry, 0, sizeof *entry);
    entry->solver = solver;
    entry->setting = setting;
    if (!fits || count >= LIST_MOST || !find_program(command, self, entry)) {
        return count;
    }
    (void)snprintf(entry->label, sizeof entry->label, "%s", solver->name);
    if (setting.threads > 1) {
        (void)snprintf(entry->label, sizeof entry->label, "%s x%d", solver->name, setting.threads);
    } else if (setting.width_bits > 0) {
        (void)snprintf(entry->label, sizeof entry->label, "%s %d", solver->name,
                       setting.width_bits);
    }
    return count + 1;
}

/* Each solver on one thread at its full width, then the other threads, then the other widths. */
static int list_entries(const struct command *command, const char *self, int hours,
                        struct entry *entries) {
    int count = 0;
    for (int s = 0; s < solvers_count; s++) {
        if (!wanted(command, &solvers[s], hours)) {
            continue;
        }
        count = add_entry(command, self, &solvers[s], (struct setting){1, 0}, entries, count);
        for (int t = 0; t < command->threads_count; t++) {
            if (command->threads[t] > 1) {
                struct setting setting = {command->threads[t], 0};
                count = add_entry(command, self, &solvers[s], setting, entries, count);
            }
        }
        for (int w = 0; w < command->widths_count; w++) {
            struct setting setting = {1, command->widths[w]};
            count = add_entry(command, self, &solvers[s], setting, entries, count);
        }
    }
    return count;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, by_size);
    return count % 2 ? values[count / 2] : 0.5 * (values[count / 2 - 1] + values[count / 2]);
}

static double median_seconds(const struct entry *entry, int repeats) {
    double seconds[REPEATS_MOST];
    for (int r = 0; r < repeats; r++) {
        seconds[r] = entry->runs[r].seconds;
    }
    return median(seconds, repeats);
}

/* The same of the processor time on all cores: what a busy machine changes least. */
static double median_of_cores(const struct entry *entry, int repeats) {
    double seconds[REPEATS_MOST];
    for (int r = 0; r < repeats; r++) {
        seconds[r] = entry->runs[r].seconds_of_cores;
    }
    return median(seconds, repeats);
}

/* How many times as long the base took, round by round. */
static double median_ratio(const struct entry *entry, const struct entry *base, int repeats) {
    double ratio[REPEATS_MOST];
    for (int r = 0; r < repeats; r++) {
        ratio[r] = base->runs[r].seconds / entry->runs[r].seconds;
    }
    return median(ratio, repeats);
}

static bool all_ran(const struct entry *entry, int repeats) {
    for (int r = 0; r < repeats; r++) {
        if (!entry->runs[r].ran) {
            return false;
        }
    }
    return true;
}

/* What the first answer that a judge has passed says, else the first of all: a kind, and an optimum
   (NaN where there is none). */
struct agreed {
    enum outcome_kind kind;
    double optimum;
};

static bool claims(const struct run *run) {
    return run->ran && (run->kind == OUTCOME_OPTIMAL || run->kind == OUTCOME_INFEASIBLE ||
                        run->kind == OUTCOME_UNBOUNDED);
}

static struct agreed agree(const struct entry *entries, int count) {
    struct agreed agreed = {OUTCOME_STALLED, (double)NAN};
    for (int e = 0; e < count; e++) {
        const struct run *run = &entries[e].runs[0];
        bool judged = run->judged && run->passed;
        if (claims(run) && (judged || agreed.kind == OUTCOME_STALLED)) {
            agreed.kind = run->kind;
            agreed.optimum = run->kind == OUTCOME_OPTIMAL ? run->objective : (double)NAN;
            if (judged) {
                break;
            }
        }
    }
    return agreed;
}

static bool differs(const struct run *run, const struct agreed *agreed) {
    double apart = fabs(run->objective - agreed->optimum) / (1.0 + fabs(agreed->optimum));
    return claims(run) &&
           (run->kind != agreed->kind || (run->kind == OUTCOME_OPTIMAL && !(apart <= 1e-6)));
}

/* What the judge, or the solver itself, says of the answer. */
static void print_accuracy(const struct entry *entry) {
    const struct run *run = &entry->runs[0];
    const char *who = run->judged                               ? run->passed ? "passed " : "REFUSED"
                      : entry->solver->kind == SOLVER_PROTOTYPE ? "its own"
                                                                : NULL;
    if (who) {
        printf("%s %.0e %.0e %.0e", who, run->primal_ratio, run->dual_ratio, run->gap_ratio);
    } else {
        printf("its own");
    }
}

static void print_entry(const struct entry *entry, const struct entry *base,
                        const struct command *command, const struct agreed *agreed,
                        struct table *table) {
    const struct run *run = &entry->runs[0];
    int repeats = command->repeats;
    if (!all_ran(entry, repeats)) {
        printf("%s %-18s failed, or its answer was not understood\n", command->markdown ? "|" : " ",
               entry->label);
        table->wrong = true;
        return;
    }
    double seconds = median_seconds(entry, repeats), count = (double)run->iterations;
    double cores = median_of_cores(entry, repeats), each = count > 0.0 ? 1e3 * seconds / count : 0.0;
    double ratio = base ? median_ratio(entry, base, repeats) : (double)NAN;
    if (command->markdown) {
        printf("| %s | %s | %.10e | %.3g | %.3g | %.2f | %ld | %.3g | %.0f | ", entry->label,
               outcome_name(run->kind), run->objective, seconds, cores, ratio, run->iterations,
               each, run->peak_bytes / 1e6);
    } else {
        printf("  %-18s %-10s %18.10e %9.4f %9.4f %8.2f %6ld %9.3f %8.0f ", entry->label,
               outcome_name(run->kind), run->objective, seconds, cores, ratio, run->iterations,
               each, run->peak_bytes / 1e6);
    }
    print_accuracy(entry);
    bool other = differs(run, agreed);
    printf("%s%s\n", other ? "  DIFFERS" : "", command->markdown ? " |" : "");
    table->wrong = table->wrong || other || (run->judged && !run->passed);
}

static void print_head(const char *name, const struct shape *shape, const struct entry *base,
                       const struct command *command) {
    printf("%s  %d h  %ld columns x %ld rows, %ld nonzeros, %d rounds, ratio against %s\n", name,
           shape->hours, shape->columns, shape->rows, shape->nonzeros, command->repeats,
           base ? base->label : "nobody");
    if (command->markdown) {
        printf("\n| solver | outcome | objective | seconds | core s | ratio | iterations | "
               "ms/iteration | peak MB | judge: primal, dual, gap |\n"
               "|---|---|---|---|---|---|---|---|---|---|\n");
        return;
    }
    printf("  %-18s %-10s %18s %9s %9s %8s %6s %9s %8s %s\n", "solver", "outcome", "objective",
           "seconds", "core s", "ratio", "iter", "ms/iter", "peak MB", "judge: primal dual gap");
}

/* The bytes that the triad would move in one iteration's time, against the memory that the solver has
   taken: a solver that is bound by memory and touches all of it once per iteration stands at 1. */
static void print_roofline(const struct entry *entry, int repeats, double triad_bytes_s) {
    const struct run *run = &entry->runs[0];
    double own_bytes = run->peak_bytes - run->before_bytes;
    bool outside = entry->solver->kind == SOLVER_HIGHS; /* whose memory is mostly its program */
    if (outside || !all_ran(entry, repeats) || run->iterations < 1 || own_bytes <= 0.0 ||
        triad_bytes_s <= 0.0) {
        return;
    }
    double seconds = median_seconds(entry, repeats), cores = median_of_cores(entry, repeats);
    bool shared = entry->solver->kind == SOLVER_LIBRARY && entry->setting.threads == 1;
    /* on a busy machine one thread has worked less than it took */
    double iteration_s = (shared ? fmin(seconds, cores) : seconds) / (double)run->iterations;
    double moved_bytes = iteration_s * triad_bytes_s;
    printf(
        "  roofline %-18s iteration %.2f ms, in which the triad moves %.1f MB at %.1f GB/s: %.2f "
        "times the solver's own %.1f MB\n",
        entry->label, 1e3 * iteration_s, moved_bytes / 1e6, triad_bytes_s / 1e9,
        moved_bytes / own_bytes, own_bytes / 1e6);
}

static void note_points(const struct entry *entries, int count, const struct shape *shape,
                        const char *size, int places, int repeats, struct table *table) {
    for (int e = 0; e < count && table->count < ENTRIES_MOST; e++) {
        if (all_ran(&entries[e], repeats)) {
            const struct setting *setting = &entries[e].setting;
            table->points[table->count++] =
                (struct plot_point){entries[e].solver->name,
                                    size,
                                    {shape->hours, places, setting->threads, setting->width_bits},
                                    median_seconds(&entries[e], repeats)};
        }
    }
}

/* Returns the optimum they agree on, NaN where there is none. */
static double race(const struct command *command, const char *self, const struct source *source,
                   const char *name, struct table *table) {
    static struct entry entries[LIST_MOST];
    struct shape shape = race_shape(source);
    char folder[] = "/tmp/hearth_bench_XXXXXX", slp[PATH_MOST], mps[PATH_MOST];
    if (shape.mistake[0] || !mkdtemp(folder)) {
        (void)fprintf(stderr, "%s: %s\n", name, shape.mistake[0] ? shape.mistake : "no folder");
        table->wrong = true;
        return (double)NAN;
    }
    (void)snprintf(slp, sizeof slp, "%s/programme.slp", folder);
    (void)snprintf(mps, sizeof mps, "%s/programme.mps", folder);
    int count = list_entries(command, self, shape.hours, entries);
    const struct entry *base = count > 0 ? &entries[0] : NULL;
    bool needs[3] = {false, false, false};
    for (int e = 0; e < count; e++) {
        needs[entries[e].solver->kind] = true;
        bool chosen = strcmp(entries[e].label, command->base ? command->base : "prototype") == 0;
        base = chosen ? &entries[e] : base;
    }
    /* the prototype gets its own file as it is: the order of its columns matters to it */
    bool written = (source->slp_path || !needs[SOLVER_PROTOTYPE] || race_write(source, slp)) &&
                   (!needs[SOLVER_HIGHS] || race_write(source, mps));
    for (int round = 0; written && round < command->repeats; round++) {
        for (int e = 0; e < count; e++) {
            const char *own = source->slp_path ? source->slp_path : slp;
            const char *path = entries[e].solver->kind == SOLVER_HIGHS ? mps : own;
            entries[e].runs[round] =
                race_run(entries[e].solver, source, entries[e].setting, entries[e].program, path);
        }
    }
    print_head(name, &shape, base, command);
    struct agreed agreed = agree(entries, count);
    for (int e = 0; e < count; e++) {
        print_entry(&entries[e], base, command, &agreed, table);
    }
    printf("%s", command->markdown ? "\n" : "");
    for (int e = 0; e < count; e++) {
        print_roofline(&entries[e], command->repeats, table->triad_bytes_s);
    }
    static const char *const sizes[] = {"S", "M", "L"};
    note_points(entries, count, &shape, source->slp_path ? "file" : sizes[source->options.size],
                source->slp_path ? 1 : source->options.places, command->repeats, table);
    (void)unlink(slp), (void)unlink(mps), (void)rmdir(folder);
    (void)fflush(stdout);
    return agreed.optimum;
}

/* The named instance with the command's changes. */
static struct source source_of(const struct command *command, const char *name, int hours) {
    struct source source = {command->slp, command->changes};
    struct instance_options named;
    if (!instance_named(name, &named)) {
        command_refuse("instances are S, M, L, and c2 to c99: so many places of M");
    }
    source.options.size = named.size;
    source.options.places = named.places;
    source.options.hours = hours;
    return source;
}

static void race_all(const struct command *command, const char *self, struct table *table) {
    if (command->slp) {
        struct source source = source_of(command, "M", 24);
        (void)race(command, self, &source, command->slp, table);
        return;
    }
    for (int h = 0; h < command->hours_count; h++) {
        for (int i = 0; i < command->instances_count; i++) {
            struct source source = source_of(command, command->instances[i], command->hours[h]);
            (void)race(command, self, &source, command->instances[i], table);
        }
    }
}

/* Two days of S, with the solvers that are there; then the same as the prototype's file, written and
   read back. */
static int smoke(struct command *command, const char *self) {
    static struct table table;
    char file[] = "/tmp/hearth_bench_XXXXXX.slp";
    int opened = mkstemps(file, 4);
    command->repeats = 1;
    struct source made = source_of(command, "S", 48), read_back = made;
    read_back.slp_path = file;
    double optimum = race(command, self, &made, "S", &table), again = (double)NAN;
    if (opened >= 0 && race_write(&made, file)) {
        again = race(command, self, &read_back, "S read back", &table);
    }
    (void)close(opened);
    (void)unlink(file);
    bool same = fabs(optimum - again) <= 1e-9 * (1.0 + fabs(optimum));
    return table.wrong || !same;
}

static bool write_plot(const struct command *command, const struct table *table,
                       const char *machine) {
    struct arena *arena = arena_new(0);
    struct text_buffer out;
    text_buffer_init(&out, arena);
    bool drawn = plot_draw(table->points, table->count, machine, &out);
    bool written =
        drawn && file_write(diag_new(arena), command->svg, out.data, out.size) == STATUS_OK;
    if (!written) {
        (void)fprintf(stderr, "%s: %s\n", command->svg,
                      drawn ? "cannot be written" : "no axis has two points");
    }
    arena_free(arena);
    return written;
}

int main(int count, char **arguments) {
    static struct table table;
    struct command command = command_read(count, arguments);
    char machine[512];
    if (command.write) {
        struct source source = source_of(&command, command.instances[0], command.hours[0]);
        return race_write(&source, command.write) ? 0 : 73;
    }
    if (command.smoke) {
        return smoke(&command, arguments[0]);
    }
    machine_name(machine, sizeof machine);
    table.triad_bytes_s = machine_triad_bytes_s();
    printf("%s; triad %.1f GB/s on one thread\n", machine, table.triad_bytes_s / 1e9);
    race_all(&command, arguments[0], &table);
    bool plotted = !command.svg || write_plot(&command, &table, machine);
    return table.wrong || !plotted;
}
