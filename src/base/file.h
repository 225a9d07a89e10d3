/* Files as whole texts, with limits, and a folder written beside its place and renamed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/diag.h"

/* Reads a whole file of at most limit_bytes ("-" is standard input). Ended by NUL. On failure a
   message at place in diag and NO_FILE (missing, unreadable, a folder) or BAD_SCENARIO (too
   large). */
enum status file_read(struct arena *arena, struct diag *diag, struct place place, const char *path,
                      size_t limit_bytes, char **ret_text, size_t *ret_size) MUST_CHECK;

/* path relative to the folder of base, unless path is absolute; base may be NULL. */
const char *file_beside(struct arena *arena, const char *base, const char *path);

/* The same file whatever the current folder is: path behind the current folder, unless it is
   absolute. */
const char *file_absolute(struct arena *arena, const char *path);

/* Writes a file whole: to a sibling, synced, renamed. CANNOT_WRITE with a message. */
enum status file_write(struct diag *diag, const char *path, const char *data,
                       size_t size) MUST_CHECK;

/* Makes a folder and those above it; one that is there is good. CANNOT_WRITE with a message. */
enum status file_make_folder(struct diag *diag, const char *path) MUST_CHECK;

/* The names of what lies in a folder and ends so, in order; none where there is no such folder. */
enum status file_list(struct arena *arena, const char *folder, const char *ending,
                      const char ***ret_names, int *ret_count) MUST_CHECK;

/* A folder that appears at once: files go to a sibling folder; file_folder_commit renames it into
   place. What stands there already is replaced only if it is an empty folder, or holds nothing but
   plain files with a summary.json among them; anything else is refused, at the begin and again at
   the commit. Parent folders are made. file_folder_abandon removes the sibling; call it when begin,
   add or commit failed. name is plain: no "/" in it and no "." in front. */
struct file_folder {
    char path[4096], sibling[4096];
};
enum status file_folder_begin(struct file_folder *folder, struct diag *diag,
                              const char *path) MUST_CHECK;
enum status file_folder_add(struct file_folder *folder, struct diag *diag, const char *name,
                            const char *data, size_t size) MUST_CHECK;
enum status file_folder_commit(struct file_folder *folder, struct diag *diag) MUST_CHECK;
void file_folder_abandon(struct file_folder *folder);

/* For tests: the n-th write from now on fails (0 = none). */
void file_fail_after(long writes);

#endif
