/* The generators against published streams, and the shapes of their distributions. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/random.h"

/* splitmix64 from seed 1234567: the check values of Rosetta Code, "Pseudo-random
   numbers/Splitmix64". */
static void the_seed_is_spread_by_splitmix64(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 1234567);
    assert_true(random.state[0] == 6457827717110365317U);
    assert_true(random.state[1] == 3203168211198807973U);
    assert_true(random.state[2] == 9817491932198370423U);
    assert_true(random.state[3] == 4593380528125082431U);
}

/* xoshiro256** from the state 1, 2, 3, 4: the check values of the Rust crate rand_xoshiro, which
   come from the authors' reference code. */
static void xoshiro_gives_its_published_stream(void **state) {
    (void)state;
    static const uint64_t expected[] = {11520U,
                                        0U,
                                        1509978240U,
                                        1215971899390074240U,
                                        1216172134540287360U,
                                        607988272756665600U,
                                        16172922978634559625U,
                                        8476171486693032832U,
                                        10595114339597558777U,
                                        2904607092377533576U};
    struct random random = {{1, 2, 3, 4}};
    for (int i = 0; i < 10; i++) {
        assert_true(random_bits(&random) == expected[i]);
    }
}

static void uniform_numbers_fill_the_interval(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 1);
    double sum = 0.0, least = 1.0, most = 0.0;
    for (int i = 0; i < 100000; i++) {
        double u = random_uniform(&random);
        assert_true(u >= 0.0 && u < 1.0);
        sum += u;
        least = fmin(least, u);
        most = fmax(most, u);
    }
    assert_true(fabs(sum / 100000.0 - 0.5) < 0.005);
    assert_true(least < 1e-4 && most > 0.9999);
}

static void normal_numbers_have_their_moments(void **state) {
    (void)state;
    struct random random;
    random_seed(&random, 2);
    double sum = 0.0, squares = 0.0, within = 0.0;
    for (int i = 0; i < 200000; i++) {
        double x = random_normal(&random);
        sum += x;
        squares += x * x;
        within += fabs(x) < 1.0 ? 1.0 : 0.0;
    }
    assert_true(fabs(sum / 200000.0) < 0.01);
    assert_true(fabs(squares / 200000.0 - 1.0) < 0.02);
    assert_true(fabs(within / 200000.0 - 0.6826895) < 0.005); /* the share within one deviation */
}

static void equal_seeds_give_equal_streams(void **state) {
    (void)state;
    struct random a, b, c;
    random_seed(&a, 42);
    random_seed(&b, 42);
    random_seed(&c, 43);
    int different = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t draw = random_bits(&a);
        assert_true(draw == random_bits(&b));
        different += draw != random_bits(&c);
    }
    assert_int_equal(different, 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seed_is_spread_by_splitmix64),
        cmocka_unit_test(xoshiro_gives_its_published_stream),
        cmocka_unit_test(uniform_numbers_fill_the_interval),
        cmocka_unit_test(normal_numbers_have_their_moments),
        cmocka_unit_test(equal_seeds_give_equal_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
