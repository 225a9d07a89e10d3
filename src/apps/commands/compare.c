/* hearth compare --KEY LIST S.yaml [--json|--csv] [-o FILE] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_compare.h"

static int compare(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *key = NULL, *values = NULL, *format = "text", *file = "-";
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--json") == 0) {
            format = "json";
        } else if (strcmp(argv[k], "--csv") == 0) {
            format = "csv";
        } else if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            file = argv[++k];
        } else if (strncmp(argv[k], "--", 2) == 0 && k + 1 < argc) {
            if (key) {
                return command_usage("compare", "one key at a time (%s and %s)", key, argv[k] + 2);
            }
            key = argv[k] + 2;
            values = argv[++k];
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("compare", "what is %s?", argv[k]);
        } else if (path) {
            return command_usage("compare", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path || !key) {
        return command_usage("compare", "%s (hearth compare --cooling all scenario.yaml)",
                             path ? "compare what?" : "which scenario?");
    }
    const char *text = NULL;
    enum hearth_status status =
        hearth_compare(context, path, key, values, format, command_utf8(), &text);
    command_progress_end();
    return status == HEARTH_OK ? command_write(file, text, strlen(text))
                               : hearth_status_exit_code(status);
}

const struct command command_compare = {
    "compare", "cooling methods, or any key of the data centre, side by side", help_compare,
    compare};
