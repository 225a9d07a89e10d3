/* The figures of the books by name: what they are, how they are made, on which section of the scenario they rest. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_BOOKS_H
#define ACCOUNTS_BOOKS_H

#include "accounts/accounts.h"

struct book {
    const char *key, *section, *formula, *meaning; /* section NULL: none of its own */
    double value;                                  /* NaN: does not apply */
};
/* All of them, by key. */
enum status account_books(const struct accounts *accounts, struct arena *arena,
                          const struct book **ret, int *ret_count) MUST_CHECK;
/* The same without values: whether there is a figure of that name. */
bool book_exists(const char *key);

#endif
