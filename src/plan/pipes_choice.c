/* What the scenario says of single pipes (heat_network: pipe_choice): required ones are laid whoever is joined, forbidden ones
   are not there. Everybody has to be reached without them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "plan/pipes.h"

enum { NAMES_SHOWN = 64 };

/* A pipe's name, or that name with _ for all that a key cannot hold. */
static bool is_named(const char *name, const char *key, bool loosely) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t k = 0;
    for (; name[k] != '\0' && key[k] != '\0'; k++) {
        bool kept = !loosely || strchr(plain, name[k]);
        if (key[k] != (kept ? name[k] : '_')) {
            return false;
        }
    }
    return name[k] == '\0' && key[k] == '\0';
}

/* -1: none; -2: several. */
static int link_of(const struct network *network, const char *key, bool loosely) {
    int found = -1;
    for (int k = 0; k < network->links_count; k++) {
        if (is_named(network->links[k].name, key, loosely)) {
            found = found == -1 ? k : -2;
        }
    }
    return found;
}

static void unknown_pipe(const struct network *network, const struct pipe_choice *said, int found,
                         struct diag *diag) {
    const char *names[NAMES_SHOWN];
    int count = 0;
    for (int k = 0; k < network->links_count && count < NAMES_SHOWN; k++) {
        names[count++] = network->links[k].name;
    }
    const char *near = diag_nearest(said->pipe, names, count);
    diag_error(diag, said->place, "pipe_choice: %s pipe is named %s",
               found == -2 ? "more than one" : "no", said->pipe);
    diag_remedy(diag, near ? "did you mean %s?" : "take a name from the file of the pipes%s",
                near ? near : "");
}

static int word_of(const char *word) {
    const struct param *param = network_key_find(2, "choice");
    for (int w = 0; param->words[w]; w++) {
        if (strcmp(param->words[w], word) == 0) {
            return w;
        }
    }
    return -1;
}

static void take_choices(const struct pipes_file *file, struct network *network,
                         struct diag *diag) {
    for (int c = 0; c < file->choices_count; c++) {
        const struct pipe_choice *said = &file->choices[c];
        int word = word_of(said->choice), k = link_of(network, said->pipe, false);
        k = k == -1 ? link_of(network, said->pipe, true) : k;
        if (k < 0) {
            unknown_pipe(network, said, k, diag);
        } else if (word < 0) {
            diag_error(diag, said->place, "pipe_choice: %s is no choice", said->choice);
            diag_remedy(diag, "write optional, required or forbidden");
        } else {
            network->links[k].choice = word;
        }
    }
}

/* Who can be reached from the node that holds the pressure, without forbidden pipes. */
static enum status find_cut_off(const struct pipes *pipes, const struct pipes_file *file,
                                struct arena *arena, struct diag *diag) {
    const struct network *network = pipes->network;
    bool *reached = ARENA_TAKE(arena, bool, network->nodes_count);
    TRY(reached ? STATUS_OK : STATUS_NO_MEMORY);
    reached[pipes->holder] = true;
    for (bool again = true; again;) {
        again = false;
        for (int k = 0; k < network->links_count; k++) {
            const struct network_link *link = &network->links[k];
            if (link->choice != CHOICE_FORBIDDEN && reached[link->from] != reached[link->to]) {
                reached[link->from] = reached[link->to] = again = true;
            }
        }
    }
    for (int n = 0; n < network->nodes_count; n++) {
        bool asks = pipes->tap[n] >= 0 || network->nodes[n].role == NODE_PRODUCER;
        if (asks && !reached[n]) {
            diag_error(diag, file->place, "no pipe that is not forbidden leads to %s",
                       network->nodes[n].name);
            diag_remedy(diag, "allow a pipe to it (heat_network: pipe_choice, or \"choice\" in %s)",
                        file->path);
            return STATUS_BAD_SCENARIO;
        }
    }
    return STATUS_OK;
}

bool pipes_forbid(const struct network *network) {
    for (int k = 0; k < network->links_count; k++) {
        if (network->links[k].choice == CHOICE_FORBIDDEN) {
            return true;
        }
    }
    return false;
}

enum status pipes_choose(struct pipes *pipes, const struct pipes_file *file, struct arena *arena,
                         struct diag *diag) {
    int errors = diag_errors(diag);
    take_choices(file, pipes->network, diag);
    if (diag_errors(diag) > errors) {
        return STATUS_BAD_SCENARIO;
    }
    return pipes->holder >= 0 && pipes_forbid(pipes->network)
               ? find_cut_off(pipes, file, arena, diag)
               : STATUS_OK;
}
