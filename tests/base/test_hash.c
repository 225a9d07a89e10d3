/* SHA-256 against the known answers of FIPS 180-2 appendix B and of NIST CAVP (SHA256ShortMsg). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/hash.h"

static void expect_hash(const void *data, size_t size, const char *expected) {
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_init(&hash);
    hash_add(&hash, data, size);
    hash_hex(&hash, hex);
    assert_string_equal(hex, expected);
}

static void known_answers(void **state) {
    (void)state;
    expect_hash("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    expect_hash("\xd3", 1, "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
}

static void a_million_letters(void **state) {
    (void)state;
    static char letters[1000000];
    memset(letters, 'a', sizeof letters);
    expect_hash(letters, sizeof letters,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void pieces_do_not_matter(void **state) {
    (void)state;
    unsigned char data[300];
    for (int i = 0; i < 300; i++) {
        data[i] = (unsigned char)(i * 7);
    }
    for (size_t size = 0; size <= 300; size++) {
        struct hash whole, parts;
        char whole_hex[HASH_HEX_SIZE], parts_hex[HASH_HEX_SIZE];
        hash_init(&whole);
        hash_add(&whole, data, size);
        hash_hex(&whole, whole_hex);
        hash_init(&parts);
        for (size_t at = 0; at < size;) {
            size_t piece = 1 + at % 67 < size - at ? 1 + at % 67 : size - at;
            hash_add(&parts, data + at, piece);
            at += piece;
        }
        hash_hex(&parts, parts_hex);
        assert_string_equal(parts_hex, whole_hex);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(a_million_letters),
        cmocka_unit_test(pieces_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
