/* xoshiro256** after Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
   TOMS 47 (2021), doi:10.1145/3460772, seeded by splitmix64 as its authors advise; normal numbers
   by Marsaglia's polar method (SIAM Review 6, 1964, doi:10.1137/1006063). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/random.h"

#include <math.h>

static uint64_t splitmix(uint64_t *state) {
    *state += 0x9e3779b97f4a7c15U;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

void random_seed(struct random *random, uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        random->state[i] = splitmix(&seed);
    }
}

static uint64_t rotated(uint64_t bits, int by) { return (bits << by) | (bits >> (64 - by)); }

uint64_t random_bits(struct random *random) {
    uint64_t *s = random->state;
    uint64_t drawn = rotated(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotated(s[3], 45);
    return drawn;
}

double random_uniform(struct random *random) {
    return (double)(random_bits(random) >> 11) * 0x1p-53;
}

double random_normal(struct random *random) {
    for (;;) {
        double x = 2.0 * random_uniform(random) - 1.0;
        double y = 2.0 * random_uniform(random) - 1.0;
        double square = x * x + y * y;
        if (square > 0.0 && square < 1.0) {
            return x * sqrt(-2.0 * log(square) / square);
        }
    }
}
