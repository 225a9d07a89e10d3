/* How a party is shown: its mark, its name, the token of its colour. Mark and name always stand
   together. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_PARTIES_H
#define TELL_PARTIES_H

#include "accounts/accounts.h"
#include "base/text.h"

struct party_look {
    enum party party;
    const char *mark, *name, *colour;
};
/* All parties in the order of the ledger's columns; *ret_count of them. */
const struct party_look *party_looks(int *ret_count);
const struct party_look *party_look_of(enum party party);
void party_mark(struct text_buffer *out, const struct party_look *look); /* mark and name as HTML */
/* Money of a period that counts as a change for a party: above the arithmetic's last digits. */
bool party_moves(const struct accounts *accounts, double money_year);

#endif
