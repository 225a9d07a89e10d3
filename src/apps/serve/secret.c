/* Chance from the kernel for tokens, keys and codes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <sys/random.h>

#include "apps/serve/class.h"
#include "apps/serve/serve.h"

bool secret_new(char ret[REQUEST_SECRET + 1]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[REQUEST_SECRET / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return false;
    }
    for (size_t k = 0; k < sizeof bytes; k++) {
        ret[2 * k] = digits[bytes[k] >> 4];
        ret[2 * k + 1] = digits[bytes[k] & 15];
    }
    ret[REQUEST_SECRET] = '\0';
    return true;
}

/* 32 letters: each as likely as another. */
bool secret_code(char ret[REQUEST_CODE + 1]) {
    unsigned char bytes[REQUEST_CODE];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        return false;
    }
    for (size_t k = 0; k < sizeof bytes; k++) {
        ret[k] = class_letters[bytes[k] & 31];
    }
    ret[REQUEST_CODE] = '\0';
    return true;
}
