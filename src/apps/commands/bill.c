/* hearth bill TARIFF.json [LOAD.csv] [options] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_bill.h"

enum { OPTIONS_MAX = 32 };

static int bill(int argc, char **argv, struct hearth_context *context) {
    static const char *const valued[] = {"column", "flat",     "times",
                                         "year",   "contract", "min-share"};
    const char *tariff = NULL, *load = NULL, *options[OPTIONS_MAX + 1], *text = NULL;
    int count = 0;
    for (int k = 1; k < argc; k++) {
        bool option = strncmp(argv[k], "--", 2) == 0, known = false;
        for (size_t n = 0; option && n < sizeof valued / sizeof valued[0]; n++) {
            if (strcmp(argv[k] + 2, valued[n]) == 0 && k + 1 < argc && count + 2 <= OPTIONS_MAX) {
                options[count++] = argv[k] + 2;
                options[count++] = argv[++k];
                known = true;
                break;
            }
        }
        if (option && !known && count + 2 <= OPTIONS_MAX &&
            (strcmp(argv[k], "--json") == 0 || strcmp(argv[k], "--csv") == 0)) {
            options[count++] = "format";
            options[count++] = argv[k] + 2;
        } else if (!option && !tariff) {
            tariff = argv[k];
        } else if (!option && !load) {
            load = argv[k];
        } else if (!known) {
            return command_usage("bill", "what is %s?", argv[k]);
        }
    }
    if (!tariff) {
        return command_usage("bill", "which tariff? (hearth bill rate.json load.csv --column kw)");
    }
    options[count] = NULL;
    enum hearth_status status = hearth_bill(context, tariff, load, options, &text);
    if (text && command_print(text) != 0) {
        return 73;
    }
    return hearth_status_exit_code(status);
}

const struct command command_bill = {"bill", "the electricity bill of a load under a tariff",
                                     help_bill, bill};
