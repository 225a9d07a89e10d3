/* SHA-256 (FIPS 180-4) of inputs, so that a result names what it was made from. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_HEX_SIZE = 65 };
struct hash {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
};
void hash_init(struct hash *hash);
void hash_add(struct hash *hash, const void *data, size_t size);
void hash_hex(struct hash *hash, char ret_hex[HASH_HEX_SIZE]); /* ends the hash */

#endif
