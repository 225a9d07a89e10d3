/* SPDX-License-Identifier: Apache-2.0 */
#include "race.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "optimise/export.h"
#include "slp.h"

static const size_t arena_bytes_most = (size_t)24 << 30;
static const double judge_tolerance = 1e-6;

static double now_s(clockid_t clock) {
    struct timespec at;
    (void)clock_gettime(clock, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static double peak_bytes(const struct rusage *usage) { return 1024.0 * (double)usage->ru_maxrss; }

struct programme *race_programme(struct arena *arena, const struct source *source, char *mistake) {
    struct programme *programme = NULL;
    const char *why = NULL;
    if (source->slp_path) {
        struct diag *diag = diag_new(arena);
        char *text = NULL;
        size_t size = 0, most = (size_t)4 << 30;
        enum status status =
            file_read(arena, diag, (struct place){0}, source->slp_path, most, &text, &size);
        why = status == STATUS_OK ? slp_read(text, size, arena, &programme) : status_text(status);
    } else {
        programme = instance_build(arena, &source->options);
        why = programme ? programme_mistake(programme, arena) : "memory is out";
    }
    (void)snprintf(mistake, 256, "%s", why ? why : "");
    return why ? NULL : programme;
}

/* Runs work in a child, which writes size bytes to ret; false when it did not. */
static bool in_child(void (*work)(const void *job, void *ret), const void *job, void *ret,
                     size_t size, struct rusage *usage) {
    int ends[2], status = 0;
    if (pipe(ends) != 0) {
        return false;
    }
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)close(ends[0]);
        work(job, ret);
        bool told = write(ends[1], ret, size) == (ssize_t)size;
        _exit(told ? 0 : 1);
    }
    (void)close(ends[1]);
    ssize_t got = child > 0 ? read(ends[0], ret, size) : -1;
    (void)close(ends[0]);
    bool ended = child > 0 && wait4(child, &status, 0, usage) == child;
    return ended && got == (ssize_t)size && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void measure_shape(const void *job, void *ret) {
    const struct source *source = job;
    struct shape *shape = ret;
    struct arena *arena = arena_new(arena_bytes_most);
    const struct programme *programme = race_programme(arena, source, shape->mistake);
    if (programme) {
        shape->columns = programme_columns(programme);
        shape->rows = programme_rows(programme);
        shape->nonzeros = programme_nonzeros(programme);
        shape->hours = programme_steps(&programme->blocks[0]);
    }
}

struct shape race_shape(const struct source *source) {
    struct shape shape = {-1, -1, -1, 0, ""};
    struct rusage usage;
    if (!in_child(measure_shape, source, &shape, sizeof shape, &usage)) {
        (void)snprintf(shape.mistake, sizeof shape.mistake, "the process failed");
    }
    return shape;
}

struct writing {
    const struct source *source;
    const char *path;
};

static void write_programme(const void *job, void *ret) {
    const struct writing *writing = job;
    struct arena *arena = arena_new(arena_bytes_most);
    struct text_buffer out;
    char mistake[256];
    const char *why = NULL;
    text_buffer_init(&out, arena);
    const struct programme *programme = race_programme(arena, writing->source, mistake);
    enum status status = STATUS_OK;
    if (!programme) {
        why = mistake;
    } else if (text_ends_with(writing->path, ".slp")) {
        why = slp_write(programme, arena, &out);
    } else if (text_ends_with(writing->path, ".mps")) {
        status = export_mps(programme, arena, &out);
    } else if (text_ends_with(writing->path, ".lp")) {
        status = export_lp(programme, arena, &out);
    } else {
        status = export_replay(programme, arena, &out);
    }
    why = why || status == STATUS_OK ? why : status_text(status);
    if (!why) {
        status = file_write(diag_new(arena), writing->path, out.data, out.size);
        why = status == STATUS_OK ? NULL : status_text(status);
    }
    if (why) {
        (void)fprintf(stderr, "%s: %s\n", writing->path, why);
    }
    *(bool *)ret = !why;
}

bool race_write(const struct source *source, const char *path) {
    struct writing writing = {source, path};
    struct rusage usage;
    bool written = false;
    return in_child(write_programme, &writing, &written, sizeof written, &usage) && written;
}

struct job {
    const struct solver *solver;
    const struct source *source;
    struct setting setting;
};

static void run_library(const void *data, void *ret) {
    const struct job *job = data;
    struct run *run = ret;
    struct arena *arena = arena_new(arena_bytes_most);
    char mistake[256];
    const struct programme *programme = race_programme(arena, job->source, mistake);
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    struct rusage usage;
    if (!programme) {
        return;
    }
    (void)getrusage(RUSAGE_SELF, &usage);
    run->before_bytes = peak_bytes(&usage);
    double begun_s = now_s(CLOCK_MONOTONIC), worked_s = now_s(CLOCK_PROCESS_CPUTIME_ID);
    enum status status = job->solver->solve(programme, job->setting, arena, &outcome);
    run->seconds = now_s(CLOCK_MONOTONIC) - begun_s;
    run->seconds_of_cores = now_s(CLOCK_PROCESS_CPUTIME_ID) - worked_s;
    (void)getrusage(RUSAGE_SELF, &usage);
    run->peak_bytes = peak_bytes(&usage);
    if (status != STATUS_OK) {
        (void)fprintf(stderr, "%s: %s\n", job->solver->name, status_text(status));
        return;
    }
    run->ran = true;
    run->kind = outcome.kind;
    run->objective = outcome.objective_ratio;
    run->iterations = outcome.iterations_count;
    run->judged =
        certificate_check(programme, &outcome, judge_tolerance, arena, &certificate) == STATUS_OK;
    run->passed = certificate.passed;
    run->primal_ratio = certificate.primal_residual_ratio;
    run->dual_ratio = certificate.dual_residual_ratio;
    run->gap_ratio = certificate.gap_ratio;
}

/* Starts a program with its output on a pipe; the child's id, or -1. */
static pid_t start(char *const arguments[], int threads, FILE **ret_output) {
    int ends[2];
    char count[16];
    if (pipe(ends) != 0) {
        return -1;
    }
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)dup2(ends[1], 1);
        (void)close(ends[0]);
        (void)close(ends[1]);
        (void)snprintf(count, sizeof count, "%d", threads);
        (void)setenv("OMP_NUM_THREADS", count, 1);
        (void)execvp(arguments[0], arguments);
        _exit(127);
    }
    (void)close(ends[1]);
    *ret_output = fdopen(ends[0], "r");
    return child;
}

/* Takes what a line of the program's output says. */
typedef void take_line(const char *line, struct run *run);

static struct run run_program(char *const arguments[], int threads, take_line *take) {
    struct run run = {0};
    FILE *output = NULL;
    char line[1024];
    struct rusage usage;
    int status = 0;
    double begun_s = now_s(CLOCK_MONOTONIC);
    pid_t child = start(arguments, threads, &output);
    run.seconds = NAN;
    while (output && fgets(line, sizeof line, output)) {
        take(line, &run);
    }
    if (output) {
        (void)fclose(output);
    }
    bool ended = child > 0 && wait4(child, &status, 0, &usage) == child;
    run.ran = run.ran && ended && WIFEXITED(status);
    if (run.ran) {
        run.peak_bytes = peak_bytes(&usage);
        run.seconds_of_cores = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                               1e-6 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
        run.seconds = isfinite(run.seconds) ? run.seconds : now_s(CLOCK_MONOTONIC) - begun_s;
    }
    return run;
}

/* The number behind a mark in a line; NaN where the mark is not there. */
static double behind(const char *line, const char *mark) {
    const char *at = strstr(line, mark);
    return at ? strtod(at + strlen(mark), NULL) : (double)NAN;
}

/* "status 0 it 26 refs 2 ... pobj 1.03e+06 dobj ... gap 1.8e-11 pinf 2.9e-15 dinf 3.6e-13 | total
   0.050 s (start 0.002 ...) per it 1.86 ms". Its own clock, from the first iterate on; the time per
   iteration has more digits than the total. Status 4 is a breakdown into NaN. */
static void take_prototype(const char *line, struct run *run) {
    static const enum outcome_kind kinds[] = {OUTCOME_OPTIMAL, OUTCOME_LIMIT, OUTCOME_INFEASIBLE,
                                              OUTCOME_UNBOUNDED, OUTCOME_STALLED};
    double status = behind(line, "status ");
    if (strncmp(line, "status ", 7) != 0 || !(status >= 0.0 && status < COUNT(kinds))) {
        return;
    }
    run->ran = true;
    run->kind = kinds[(int)status];
    run->iterations = (long)behind(line, " it ");
    run->objective = behind(line, " pobj ");
    run->primal_ratio = behind(line, " pinf ");
    run->dual_ratio = behind(line, " dinf ");
    run->gap_ratio = behind(line, " gap ");
    double precise =
        behind(line, "(start ") + 1e-3 * behind(line, " per it ") * (double)run->iterations;
    run->seconds = fmax(precise, 1e-3);
}

static void take_highs(const char *line, struct run *run) {
    static const struct {
        const char *word;
        enum outcome_kind kind;
    } words[] = {{"Optimal", OUTCOME_OPTIMAL},
                 {"Infeasible", OUTCOME_INFEASIBLE},
                 {"Unbounded", OUTCOME_UNBOUNDED},
                 {"limit", OUTCOME_LIMIT}};
    if (strncmp(line, "Model status", 12) == 0) {
        run->ran = true;
        run->kind = OUTCOME_STALLED;
        for (int w = COUNT(words) - 1; w >= 0; w--) {
            run->kind = strstr(line, words[w].word) ? words[w].kind : run->kind;
        }
    } else if (strncmp(line, "Objective value", 15) == 0) {
        run->objective = behind(line, ":");
    } else if (strncmp(line, "HiGHS run time", 14) == 0) {
        run->seconds = behind(line, ":");
    } else if (strstr(line, " iterations: ") && line[0] != ' ') {
        run->iterations += (long)behind(line, " iterations: ");
    }
}

static struct run run_prototype(struct setting setting, const char *program, const char *path) {
    char groups[16], *file = strdup(path), *name = strdup(program);
    (void)snprintf(groups, sizeof groups, "%d", setting.threads);
    char *arguments[] = {name, file, groups, NULL};
    struct run run = run_program(arguments, setting.threads, take_prototype);
    free(file);
    free(name);
    return run;
}

static struct run run_highs(const struct solver *solver, const char *program, const char *path) {
    struct run none = {0};
    char options[512];
    (void)snprintf(options, sizeof options, "%s.options", path);
    FILE *file = fopen(options, "w");
    if (!file) {
        return none;
    }
    (void)fputs(solver->options, file);
    (void)fclose(file);
    char *name = strdup(program), *model = strdup(path);
    char model_flag[] = "--model_file", options_flag[] = "--options_file";
    char *arguments[] = {name, model_flag, model, options_flag, options, NULL};
    struct run run = run_program(arguments, 1, take_highs);
    free(name);
    free(model);
    (void)unlink(options);
    return run;
}

struct run race_run(const struct solver *solver, const struct source *source,
                    struct setting setting, const char *program, const char *path) {
    if (solver->kind == SOLVER_PROTOTYPE) {
        return run_prototype(setting, program, path);
    }
    if (solver->kind == SOLVER_HIGHS) {
        return run_highs(solver, program, path);
    }
    struct job job = {solver, source, setting};
    struct run run = {0};
    struct rusage usage;
    if (!in_child(run_library, &job, &run, sizeof run, &usage)) {
        run.ran = false;
    }
    return run;
}
