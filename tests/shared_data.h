/* Where the reference data lies. A test that needs a file skips with a message when it is absent;
   with HEARTH_REQUIRE_SHARED=1 (as CI sets it) absence is a failure. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SHARED_DATA_H
#define TESTS_SHARED_DATA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "../shared/data/<name>", or HEARTH_SHARED_DATA in its place, written to path. */
static inline void shared_data_path(char *path, size_t size, const char *name) {
    const char *folder = getenv("HEARTH_SHARED_DATA");
    (void)snprintf(path, size, "%s/%s", folder ? folder : "../shared/data", name);
}

/* Call inside a cmocka test: fills path or skips (or fails) the test. */
static inline void shared_data_need(char *path, size_t size, const char *name) {
    shared_data_path(path, size, name);
    FILE *file = fopen(path, "rb");
    if (file) {
        (void)fclose(file);
        return;
    }
    const char *require = getenv("HEARTH_REQUIRE_SHARED");
    if (require && strcmp(require, "1") == 0) {
        fail_msg("%s not found, and HEARTH_REQUIRE_SHARED=1", path);
    }
    print_message("SKIP: %s not found (reference data not present)\n", path);
    skip();
}

#endif
