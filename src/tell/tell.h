/* Results as files. The only floor with other units. Everything is written to memory first, then as
   one folder. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_TELL_H
#define TELL_TELL_H

#include "accounts/accounts.h"
#include "base/file.h"
#include "base/text.h"

enum status tell_report(const struct accounts *accounts, struct arena *arena,
                        struct text_buffer *out) MUST_CHECK;
enum status tell_summary(const struct accounts *accounts, struct arena *arena,
                         struct text_buffer *out) MUST_CHECK;
enum status tell_hourly(const struct accounts *accounts, struct arena *arena,
                        struct text_buffer *out) MUST_CHECK;
enum status tell_transfers(const struct accounts *accounts, struct arena *arena,
                           struct text_buffer *out) MUST_CHECK;
/* Terminal, 78 columns; colour: signs may be coloured; utf8: or ASCII signs. */
enum status tell_terminal(const struct accounts *accounts, bool colour, bool utf8,
                          struct arena *arena, struct text_buffer *out) MUST_CHECK;
/* summary.json of a run that found no plan (outcome infeasible, ...). */
enum status tell_no_plan(const struct plan *plan, struct arena *arena,
                         struct text_buffer *out) MUST_CHECK;
/* Every file of DESIGN 8 as name and bytes, in alphabetical order of names but summary.json last
   (it names the SHA-256 of the others under "files"). A status that take returns ends the call. */
enum status tell_files(const struct accounts *accounts, struct arena *arena,
                       enum status (*take)(void *data, const char *name, const char *text,
                                           size_t size),
                       void *data) MUST_CHECK;
/* "hourly.csv" (together), "hourly_apart.csv", "hourly_today.csv". Beside the ports they hold the
   columns of tell/record.h (rates by mode, levels, prices), and summary.json holds record_write
   under "record". */
const char *tell_hourly_name(enum plan_case kind);
/* The same as a folder that appears at once; CANCELLED, and no folder, where is_stopped (or NULL) says so between two files. */
enum status tell_folder_until(const struct accounts *accounts, struct diag *diag, const char *path,
                              bool (*is_stopped)(void *data), void *data,
                              struct arena *arena) MUST_CHECK;
enum status tell_folder(const struct accounts *accounts, struct diag *diag, const char *path,
                        struct arena *arena) MUST_CHECK;

#endif
