/* hearth calc LAW key=value ... [--json] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_calc.h"

enum { ARGUMENTS_MAX = 64 };

static int calc(int argc, char **argv, struct hearth_context *context) {
    const char *law = NULL, *arguments[ARGUMENTS_MAX];
    int count = 0;
    bool json = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--json") == 0) {
            json = true;
        } else if (strchr(argv[k], '=')) {
            if (count == ARGUMENTS_MAX) {
                return command_usage("calc", "at most %d arguments", ARGUMENTS_MAX);
            }
            arguments[count++] = argv[k];
        } else if (argv[k][0] == '-' || law) {
            return command_usage("calc", "what is %s? (hearth calc LAW key=value ...)", argv[k]);
        } else {
            law = argv[k];
        }
    }
    const char *text = NULL;
    enum hearth_status status = hearth_calc(context, law, count, arguments, json, &text);
    return status == HEARTH_OK ? command_print(text) : hearth_status_exit_code(status);
}

const struct command command_calc = {
    "calc", "evaluate a law of physics or a component: the pocket calculator", help_calc, calc};
