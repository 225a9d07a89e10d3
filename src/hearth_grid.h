/* The local grid behind the door: options as texts become what tell/ is asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEARTH_GRID_H
#define HEARTH_GRID_H

#include "base/diag.h"

enum status grid_feeder(struct arena *arena, struct diag *diag, const char *what,
                        const char *const *files, int files_count, const char *const *options,
                        const char **ret_text) MUST_CHECK;
enum status grid_bill(struct arena *arena, struct diag *diag, const char *tariff, const char *load,
                      const char *const *options, const char **ret_text) MUST_CHECK;
enum status grid_outage(struct arena *arena, struct diag *diag, const char *load,
                        int arguments_count, const char *const *arguments, const char *format,
                        const char **ret_text) MUST_CHECK;

#endif
