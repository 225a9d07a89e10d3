/* Numbers: whatever is read agrees with strtod, prints short and reads back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void demand(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { LONGEST = 4000 };
    char text[LONGEST + 1];
    size = size < LONGEST ? size : LONGEST;
    memcpy(text, data, size);
    text[size] = '\0';
    double value = 0.0;
    if (text_number(text, size, &value)) {
        demand(isfinite(value));
        demand(value == strtod(text, NULL));
    }
    long whole;
    if (text_integer(text, size, &whole)) {
        demand(whole == strtol(text, NULL, 10));
    }
    if (size >= sizeof value) {
        memcpy(&value, text, sizeof value);
    }
    char printed[TEXT_NUMBER_SIZE];
    double back = 0.0;
    int length = text_from_number(printed, value);
    demand(length > 0 && length < TEXT_NUMBER_SIZE && strlen(printed) == (size_t)length);
    demand(text_number(printed, (size_t)length, &back) == isfinite(value));
    demand(!isfinite(value) || back == value);
    char fixed[400];
    demand(text_from_number_fixed(fixed, sizeof fixed, value, (int)(size % 16)) > 0);
    (void)text_is_utf8(text, size);
    return 0;
}
