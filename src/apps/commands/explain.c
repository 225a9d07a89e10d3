/* hearth explain [TOPIC] [--json] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_explain.h"

static int explain(int argc, char **argv, struct hearth_context *context) {
    const char *topic = NULL;
    bool json = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--json") == 0) {
            json = true;
        } else if (argv[k][0] == '-' || topic) {
            return command_usage("explain", "what is %s?", argv[k]);
        } else {
            topic = argv[k];
        }
    }
    const char *text = NULL;
    if (hearth_explain(context, topic, json, &text) != HEARTH_OK) {
        return command_usage("explain",
                             "nothing is called %s; `hearth explain` lists what there is",
                             topic ? topic : "");
    }
    return command_print(text);
}

const struct command command_explain = {
    "explain", "a component, its parameters, defaults and their sources", help_explain, explain};
