/* hearth verify: the folder again from its record. A file is right when the same plan, computed
   again, writes the same bytes; the first line that differs is named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/verify.h"

#include <string.h>

#include "tell/restored.h"
#include "tell/tell.h"

enum { LINE_SHOWN = 60 };

struct check {
    struct arena *arena;
    struct diag *diag;
    const char *folder;
    struct text_buffer words;
    int wrong;
};

static void line_of(const char *text, size_t size, size_t at, char *ret_line) {
    size_t from = at > LINE_SHOWN / 2 ? at - LINE_SHOWN / 2 : 0, k = 0;
    for (size_t s = from; s < at; s++) {
        from = text[s] == '\n' ? s + 1 : from;
    }
    for (; k < LINE_SHOWN && from + k < size && text[from + k] != '\n'; k++) {
        ret_line[k] = text[from + k];
    }
    ret_line[k] = '\0';
}

static enum status compare(void *data, const char *name, const char *text, size_t size) {
    struct check *check = data;
    char *found = NULL;
    size_t found_size = 0, at = 0;
    TRY(restored_file(check->arena, check->diag, check->folder, name, &found, &found_size));
    while (at < size && at < found_size && text[at] == found[at]) {
        at++;
    }
    if (at == size && at == found_size) {
        text_add_format(&check->words, "ok   %s\n", name);
        return STATUS_OK;
    }
    int line = 1, column = 1;
    for (size_t k = 0; k < at; k++) {
        line += found[k] == '\n';
        column = found[k] == '\n' ? 1 : column + 1;
    }
    char is[LINE_SHOWN + 1], should[LINE_SHOWN + 1];
    line_of(found, found_size, at, is);
    line_of(text, size, at, should);
    struct place place = {arena_format(check->arena, "%s/%s", check->folder, name), line, column};
    diag_error(check->diag, place, "reads \"%s\", but the plan computed again gives \"%s\"", is,
               should);
    text_add_format(&check->words, "!!   %s: differs from line %d on\n", name, line);
    check->wrong++;
    return STATUS_OK;
}

enum status tell_verify(struct arena *arena, struct diag *diag, const char *folder,
                        const char **ret_words) {
    struct check check = {.arena = arena, .diag = diag, .folder = folder};
    struct plan *plan = NULL;
    struct accounts *accounts = NULL;
    text_buffer_init(&check.words, arena);
    const char *path = arena_format(arena, "%s/plan.yaml", folder);
    if (!path) {
        return STATUS_NO_MEMORY;
    }
    TRY(restored_plan(arena, diag, folder, &plan));
    for (int k = 0; k < CASES; k++) {
        const struct audit *audit = &plan->cases[k].audit;
        if (!audit->passed) {
            diag_error(diag, (struct place){path, 0, 0},
                       "%s: the recorded flows do not balance: worst at %s",
                       case_name((enum plan_case)k), audit->balance_worst);
            check.wrong++;
        } else if (audit->prices_judged && !audit->prices_hold) {
            diag_error(diag, (struct place){path, 0, 0},
                       "%s: the recorded prices do not support the recorded flows: worst at %s",
                       case_name((enum plan_case)k), audit->price_worst);
            check.wrong++;
        }
    }
    enum status made = accounts_make(plan, arena, &accounts);
    if (made != STATUS_AUDIT_FAILED) {
        TRY(made);
        TRY(tell_files(accounts, arena, compare, &check));
    } else {
        diag_error(diag, (struct place){path, 0, 0},
                   "the accounts of the recorded flows do not close");
        check.wrong++;
    }
    text_add_format(&check.words, "%s\n",
                    check.wrong ? "The files do not agree with the plan they describe."
                                : "Computed again without the solver: every number agrees.");
    *ret_words = check.words.data;
    return check.wrong ? STATUS_CHECK_FAILED : STATUS_OK;
}
