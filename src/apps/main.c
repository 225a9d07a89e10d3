/* hearth: one program, verbs in a table. Data to standard output, words to standard error. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "apps/command.h"

static const struct command *const commands[] = {
    &command_run,    &command_check,   &command_explain, &command_calc,     &command_network,
    &command_feeder, &command_bill,    &command_outage,  &command_compare,  &command_study,
    &command_data,   &command_roadmap, &command_robust,  &command_frontier, &command_alternatives,
    &command_rules,  &command_serve,   &command_verify,  &command_export,   &command_solve,
    &command_new,    &command_why};
enum { COMMANDS = sizeof commands / sizeof commands[0], USAGE = 64, CANNOT_WRITE = 73 };

static volatile sig_atomic_t interrupted;
static bool is_utf8, progress_shown;
static time_t started;

static void on_interrupt(int number) {
    (void)number;
    interrupted = 1;
}

int command_usage(const char *verb, const char *format, ...) {
    va_list list;
    va_start(list, format);
    (void)fprintf(stderr, "hearth %s: ", verb);
    (void)vfprintf(stderr, format, list);
    (void)fprintf(stderr, "\n  see: hearth %s --help\n", verb);
    va_end(list);
    return USAGE;
}

bool command_colour(void) { return isatty(STDOUT_FILENO) && !getenv("NO_COLOR"); }
bool command_utf8(void) { return is_utf8; }

int command_print(const char *text) {
    if (fputs(text, stdout) == EOF || fflush(stdout) == EOF) {
        (void)fprintf(stderr, "hearth: cannot write to standard output: %s\n", strerror(errno));
        return CANNOT_WRITE;
    }
    return 0;
}

int command_write(const char *path, const char *text, size_t size) {
    bool out = strcmp(path, "-") == 0;
    FILE *file = out ? stdout : fopen(path, "wb");
    bool good = file && fwrite(text, 1, size, file) == size;
    good = file && fflush(file) == 0 && good;
    if (file && !out) {
        good = fclose(file) == 0 && good;
    }
    if (!good) {
        (void)fprintf(stderr, "hearth: cannot write %s: %s\n", path, strerror(errno));
        return CANNOT_WRITE;
    }
    return 0;
}

bool command_progress(void *data, const char *words) {
    (void)data;
    if (isatty(STDERR_FILENO) && time(NULL) > started) {
        (void)fprintf(stderr, "\r%-76.76s", words);
        (void)fflush(stderr);
        progress_shown = true;
    }
    return interrupted != 0;
}

void command_progress_end(void) {
    if (progress_shown) {
        (void)fprintf(stderr, "\r%76s\r", "");
        progress_shown = false;
    }
}

void command_message(void *data, const struct hearth_message *message) {
    (void)data;
    command_progress_end();
    (void)fputs(message->rendered ? message->rendered : message->text, stderr);
}

static void print_verbs(FILE *file) {
    (void)fprintf(file, "hearth plans a data centre and its community as one energy system.\n\n"
                        "  hearth run scenario.yaml -o out      plan it and write the report\n\n");
    for (int k = 0; k < COMMANDS; k++) {
        (void)fprintf(file, "  %-8s %s\n", commands[k]->name, commands[k]->summary);
    }
    (void)fprintf(
        file,
        "\n  hearth VERB --help    a verb's options      hearth --version\n"
        "Exit codes: 0 done, 1 verify failed, 3 infeasible, 4 unbounded, 5 stalled or limit,\n"
        "6 audit failed, 64 usage, 65 bad scenario, 66 no file, 70 internal, 73 cannot write,\n"
        "130 interrupted.\n");
}

/* A verb's help is asked for wherever the word stands: `hearth why S.yaml --help`. */
static bool asks_help(int argc, char **argv) {
    for (int k = 2; k < argc; k++) {
        if (strcmp(argv[k], "--help") == 0) {
            return true;
        }
    }
    return false;
}

static int unknown_verb(const char *verb) {
    (void)fprintf(stderr, "hearth: \"%s\" is no verb\n", verb);
    print_verbs(stderr);
    return USAGE;
}

int main(int argc, char **argv) {
    started = time(NULL);
    (void)setlocale(LC_CTYPE, "");
    is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    (void)setlocale(LC_CTYPE, "C");
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_verbs(argc < 2 ? stderr : stdout);
        return argc < 2 ? USAGE : 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("hearth %s (%s)\n", hearth_version(), hearth_build());
        return 0;
    }
    for (int k = 0; k < COMMANDS; k++) {
        if (strcmp(argv[1], commands[k]->name) != 0) {
            continue;
        }
        if (asks_help(argc, argv)) {
            return command_print(commands[k]->help);
        }
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = on_interrupt;
        (void)sigaction(SIGINT, &action, NULL);
        struct hearth_context *context = hearth_context_new();
        if (!context) {
            (void)fprintf(stderr, "hearth: out of memory\n");
            return 70;
        }
        hearth_context_on_message(context, command_message, NULL);
        hearth_context_on_progress(context, command_progress, NULL);
        int code = commands[k]->main(argc - 1, argv + 1, context);
        command_progress_end();
        hearth_context_free(context);
        return interrupted ? 130 : code;
    }
    return unknown_verb(argv[1]);
}
