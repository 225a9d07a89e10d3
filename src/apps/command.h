/* A verb of the program: one file each, one line in the table of main.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_COMMAND_H
#define APPS_COMMAND_H

#include <stdbool.h>

#include "hearth/hearth.h"

struct command {
    const char *name, *summary; /* "run", one line */
    const char *help;           /* the page, generated from docs/verbs/<name>.md */
    int (*main)(int argc, char **argv, struct hearth_context *context);
};

extern const struct command command_run, command_check, command_explain, command_calc,
    command_network, command_feeder, command_bill, command_outage, command_compare, command_study,
    command_data, command_roadmap, command_robust, command_frontier, command_alternatives,
    command_rules, command_serve, command_verify, command_export, command_solve, command_new,
    command_why;

/* Says "hearth VERB: ..." and where the help is; returns exit code 64. */
int command_usage(const char *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Colour and UTF-8 of standard output. */
bool command_colour(void);
bool command_utf8(void);
/* Writes text to standard output whole; returns exit code 0, or 73. */
int command_print(const char *text);
/* Writes text to a file ("-": standard output). */
int command_write(const char *path, const char *text, size_t size);
/* Words on standard error, when something takes more than a second. */
bool command_progress(void *data, const char *words);
void command_progress_end(void);
void command_message(void *data, const struct hearth_message *message);

#endif
