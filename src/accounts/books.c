/* The figures of the books by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/books.h"

#include <string.h>

#include "accounts/inventory.h"
#include "accounts/life.h"
#include "accounts/neighbours.h"
#include "accounts/scales.h"
#include "accounts/thrown.h"

static const struct book table[] = {
#define BOOK(key, value, section, formula, meaning) {#key, section, formula, meaning, 0.0},
#include "accounts/books.def"
#undef BOOK
};

bool book_exists(const char *key) {
    for (int k = 0; k < COUNT(table); k++) {
        if (strcmp(table[k].key, key) == 0) {
            return true;
        }
    }
    return false;
}

enum status account_books(const struct accounts *a, struct arena *arena, const struct book **ret,
                          int *ret_count) {
    const struct community_account *c = &a->life->community;
    const struct inventory *v = a->inventory;
    const struct neighbours next = account_neighbours(a), *n = &next;
    const struct thrown thrown = account_thrown(a), *w = &thrown;
    struct scales *z = ARENA_TAKE(arena, struct scales, 1);
    struct book *books = ARENA_TAKE(arena, struct book, COUNT(table));
    if (!z || !books) {
        return STATUS_NO_MEMORY;
    }
    TRY(account_scales(a, arena, z));
    const double values[] = {
#define BOOK(key, value, section, formula, meaning) value,
#include "accounts/books.def"
#undef BOOK
    };
    memcpy(books, table, sizeof table);
    for (int k = 0; k < COUNT(table); k++) {
        books[k].value = values[k];
    }
    *ret = books;
    *ret_count = COUNT(table);
    return STATUS_OK;
}
