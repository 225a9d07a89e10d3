/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/outcome.h"

const char *outcome_name(enum outcome_kind kind) {
    switch (kind) {
    case OUTCOME_OPTIMAL:
        return "optimal";
    case OUTCOME_INFEASIBLE:
        return "infeasible";
    case OUTCOME_UNBOUNDED:
        return "unbounded";
    case OUTCOME_STALLED:
        return "stalled";
    case OUTCOME_LIMIT:
        return "limit";
    }
    return "unknown";
}
