/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char usage[] =
    "usage: bench_solver [option ...]\n"
    "  --instances S,M,L,c3,c10,...  (M)          --hours 744,8760   (744)\n"
    "  --solvers clp,prototype,...  those that are there; --base NAME: ratios against it\n"
    "  --threads 1,2   --widths 512,256,128,64 more settings, one at a time\n"
    "  --repeat N      rounds; each round runs every solver once (3)\n"
    "  --seed N  --first-hour N  --gas X  --carbon X  --price-shift X\n"
    "  --two-prices  --no-renewables  --infeasible\n"
    "  --slp FILE      this programme instead of instances\n"
    "  --all-hours     also the solvers that are left out of long programmes\n"
    "  --prototype DIR where prototype_512 and its like were built (beside bench_solver)\n"
    "  --svg FILE      the plot         --write FILE   the programme, as .slp .mps .lp or .replay\n"
    "  --markdown      the table as it stands in docs/solver.md\n"
    "  --smoke         a small race that must agree; the exit code tells\n";

_Noreturn void command_refuse(const char *what) {
    (void)fprintf(stderr, "bench_solver: %s\n%s", what, usage);
    exit(64);
}

static int split(char *text, const char **ret) {
    int count = 0;
    for (char *rest = text; rest && count < LIST_MOST; count++) {
        ret[count] = strsep(&rest, ",");
    }
    return count;
}

static double number(const char *text) {
    double value = 0.0;
    if (!text_number(text, strlen(text), &value)) {
        command_refuse(arena_format(arena_new(0), "%s is no number", text));
    }
    return value;
}

static int numbers(char *text, int *ret) {
    const char *words[LIST_MOST];
    int count = split(text, words);
    for (int i = 0; i < count; i++) {
        ret[i] = (int)number(words[i]);
        if (ret[i] < 1) {
            command_refuse("hours, threads and widths are positive");
        }
    }
    return count;
}

static bool take_flag(const char *option, struct command *command) {
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"--two-prices", &command->changes.two_prices},
                 {"--no-renewables", &command->changes.no_renewables},
                 {"--infeasible", &command->changes.infeasible},
                 {"--all-hours", &command->all_hours},
                 {"--markdown", &command->markdown},
                 {"--smoke", &command->smoke}};
    for (int f = 0; f < COUNT(flags); f++) {
        if (strcmp(option, flags[f].name) == 0) {
            *flags[f].flag = true;
            return true;
        }
    }
    return false;
}

static bool take_text(const char *option, const char *value, struct command *command) {
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"--slp", &command->slp},
                 {"--base", &command->base},
                 {"--prototype", &command->prototype},
                 {"--svg", &command->svg},
                 {"--write", &command->write}};
    for (int t = 0; t < COUNT(texts); t++) {
        if (strcmp(option, texts[t].name) == 0) {
            *texts[t].text = value;
            return true;
        }
    }
    return false;
}

static bool take_list(const char *option, char *value, struct command *command) {
    if (strcmp(option, "--instances") == 0) {
        command->instances_count = split(value, command->instances);
    } else if (strcmp(option, "--solvers") == 0) {
        command->solvers_count = split(value, command->solvers);
    } else if (strcmp(option, "--hours") == 0) {
        command->hours_count = numbers(value, command->hours);
    } else if (strcmp(option, "--threads") == 0) {
        command->threads_count = numbers(value, command->threads);
    } else if (strcmp(option, "--widths") == 0) {
        command->widths_count = numbers(value, command->widths);
    } else {
        return false;
    }
    return true;
}

static bool take_number(const char *option, const char *value, struct command *command) {
    if (strcmp(option, "--repeat") == 0) {
        double repeats = number(value);
        command->repeats = repeats < 1.0 ? 1 : repeats > REPEATS_MOST ? REPEATS_MOST : (int)repeats;
    } else if (strcmp(option, "--seed") == 0) {
        command->changes.seed = (uint64_t)number(value);
    } else if (strcmp(option, "--first-hour") == 0) {
        command->changes.first_hour = (int)number(value);
    } else if (strcmp(option, "--gas") == 0) {
        command->changes.gas_money_mwh = number(value);
    } else if (strcmp(option, "--carbon") == 0) {
        command->changes.carbon_ratio = number(value);
    } else if (strcmp(option, "--price-shift") == 0) {
        command->changes.price_shift_money_mwh = number(value);
    } else {
        return false;
    }
    return true;
}

struct command command_read(int count, char **arguments) {
    struct command command = {.instances = {"M"},
                              .instances_count = 1,
                              .hours = {744},
                              .hours_count = 1,
                              .threads = {1},
                              .threads_count = 1,
                              .repeats = 3};
    (void)instance_named("M", &command.changes);
    for (int i = 1; i < count; i++) {
        if (take_flag(arguments[i], &command)) {
            continue;
        }
        bool taken = i + 1 < count && (take_text(arguments[i], arguments[i + 1], &command) ||
                                       take_list(arguments[i], arguments[i + 1], &command) ||
                                       take_number(arguments[i], arguments[i + 1], &command));
        if (!taken) {
            command_refuse(arguments[i]);
        }
        i++;
    }
    return command;
}
