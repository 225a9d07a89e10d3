/* hearth feeder solve|host|n1|headroom FILE... [options] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_feeder.h"

enum { FILES_MAX = 8, OPTIONS_MAX = 32 };

static int feeder(int argc, char **argv, struct hearth_context *context) {
    static const char *const valued[] = {
        "load", "bus", "add", "power-factor", "lowest-pu", "highest-pu", "series", "column", "cap"};
    const char *files[FILES_MAX], *options[OPTIONS_MAX + 1], *text = NULL;
    int files_count = 0, options_count = 0;
    if (argc < 3 || argv[1][0] == '-') {
        return command_usage("feeder", "what, and which files? (hearth feeder solve case.m)");
    }
    for (int k = 2; k < argc; k++) {
        bool option = strncmp(argv[k], "--", 2) == 0, known = false;
        for (size_t n = 0; option && n < sizeof valued / sizeof valued[0]; n++) {
            if (strcmp(argv[k] + 2, valued[n]) == 0 && k + 1 < argc &&
                options_count + 2 <= OPTIONS_MAX) {
                options[options_count++] = argv[k] + 2;
                options[options_count++] = argv[++k];
                known = true;
                break;
            }
        }
        if (option && !known && (strcmp(argv[k], "--json") == 0 || strcmp(argv[k], "--csv") == 0) &&
            options_count + 2 <= OPTIONS_MAX) {
            options[options_count++] = "format";
            options[options_count++] = argv[k] + 2;
        } else if (option && !known) {
            return command_usage("feeder", "what is %s?", argv[k]);
        } else if (!option && files_count == FILES_MAX) {
            return command_usage("feeder", "at most %d files", FILES_MAX);
        } else if (!option) {
            files[files_count++] = argv[k];
        }
    }
    options[options_count] = NULL;
    enum hearth_status status = hearth_feeder(context, argv[1], files, files_count, options, &text);
    if (text && command_print(text) != 0) {
        return 73;
    }
    return hearth_status_exit_code(status);
}

const struct command command_feeder = {
    "feeder", "power flow, room for load and outages of a feeder", help_feeder, feeder};
