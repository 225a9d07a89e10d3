/* Random numbers from a seed that stands in the scenario: splitmix64 to seed, xoshiro256** to
   draw. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state[4];
};

void random_seed(struct random *random, uint64_t seed);
uint64_t random_bits(struct random *random);
double random_uniform(struct random *random); /* [0, 1) with 53 bits */
double
random_normal(struct random *random); /* mean 0, deviation 1 (polar method without stored spare) */

#endif
