/* What a call can return. A function that can fail returns enum status and leaves its results
   untouched. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
#define STATUS(name, exit_code, text) STATUS_##name,
#include "base/status.def"
#undef STATUS
    STATUS_COUNT
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Passes a failure up. The only macro that hides control flow. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum status try_status_ = (call);                                                          \
        if (try_status_ != STATUS_OK) {                                                            \
            return try_status_;                                                                    \
        }                                                                                          \
    } while (0)

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

const char *status_text(enum status status);
const char *status_name(enum status status); /* "BAD_SCENARIO" */
int status_exit_code(enum status status);

#endif
