/* One request on its way to its answer, and the answers by topic. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_ASK_H
#define APPS_SERVE_ASK_H

#include <jansson.h>

#include "apps/serve/serve.h"

struct ask {
    struct serve *serve;
    struct MHD_Connection *connection;
    const char *rest; /* of the path, behind the route's own */
    char hash[65];
    const char *body;
    size_t size;
    struct later **later; /* of the request */
    int member;           /* of the classroom, by its key; 0: none */
};

/* Takes root over. */
enum MHD_Result ask_answer(const struct ask *ask, unsigned status, json_t *root);
/* Reads the body or answers what is wrong with it (ret). */
json_t *ask_body(const struct ask *ask, enum request_form_name form, enum MHD_Result *ret);

/* api_records.c */
enum MHD_Result saved_list(struct ask *ask);
enum MHD_Result saved_add(struct ask *ask);
enum MHD_Result saved_remove(struct ask *ask);
enum MHD_Result history_list(struct ask *ask);
enum MHD_Result history_remove(struct ask *ask);
enum MHD_Result comments_list(struct ask *ask);
enum MHD_Result comments_add(struct ask *ask);
enum MHD_Result comments_answer(struct ask *ask);
enum MHD_Result comments_remove(struct ask *ask);

/* api_class.c */
enum MHD_Result class_begin(struct ask *ask);
enum MHD_Result class_see(struct ask *ask);
enum MHD_Result class_enter(struct ask *ask);
enum MHD_Result class_put(struct ask *ask);
enum MHD_Result class_assent(struct ask *ask);
enum MHD_Result class_turn(struct ask *ask);
enum MHD_Result class_save(struct ask *ask);
enum MHD_Result class_expel(struct ask *ask);
enum MHD_Result class_picture(struct ask *ask);

#endif
