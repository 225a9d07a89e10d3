/* hearth explain [TOPIC | DIR [FIGURE]] [--json] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "apps/command.h"
#include "help_explain.h"

/* Topics are words; results lie in a folder with a plan. */
static bool is_folder(const char *name) {
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/plan.yaml", name);
    FILE *file = size > 0 && (size_t)size < sizeof path ? fopen(path, "r") : NULL;
    if (file) {
        (void)fclose(file);
    }
    return file != NULL;
}

static int explain(int argc, char **argv, struct hearth_context *context) {
    const char *topic = NULL, *figure = NULL;
    bool json = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--json") == 0) {
            json = true;
        } else if (argv[k][0] == '-' || figure) {
            return command_usage("explain", "what is %s?", argv[k]);
        } else {
            *(topic ? &figure : &topic) = argv[k];
        }
    }
    const char *text = NULL;
    if (topic && (figure || is_folder(topic))) {
        enum hearth_status status =
            hearth_explain_result(context, topic, figure, json, command_utf8(), &text);
        if (status == HEARTH_USAGE) {
            return command_usage(
                "explain", "no figure is called %s; `hearth explain %s` lists them", figure, topic);
        }
        return text ? command_print(text) : hearth_status_exit_code(status);
    }
    if (hearth_explain(context, topic, json, &text) != HEARTH_OK) {
        return command_usage("explain",
                             "nothing is called %s; `hearth explain` lists what there is",
                             topic ? topic : "");
    }
    return command_print(text);
}

const struct command command_explain = {
    "explain", "a component, its parameters, defaults and their sources", help_explain, explain};
