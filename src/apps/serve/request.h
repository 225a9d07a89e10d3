/* What a request may say, judged before anything is done with it. Pure functions over bytes from outside. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_REQUEST_H
#define APPS_SERVE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

enum {
    REQUEST_BODY_MAX = 1 << 20,
    REQUEST_CHANGES_MAX = 64,
    REQUEST_PATH_MAX = 160, /* letters of a change's path */
    REQUEST_TEXT_MAX = 40,  /* of its value */
    REQUEST_TAB_MAX = 40
};

struct request_change {
    char path[REQUEST_PATH_MAX + 1], text[REQUEST_TEXT_MAX + 1];
};

struct request_plan {
    char tab[REQUEST_TAB_MAX + 1];
    long seq;
    int count; /* of changes, sorted by path, each path once */
    struct request_change changes[REQUEST_CHANGES_MAX];
};

/* The whole name, with or without the port: 127.0.0.1, localhost, [::1]. Without Host: false. */
bool request_host_allowed(const char *host, int port);
/* http://HOST of the same list with the port; none at all is allowed where the reader demands no Origin. */
bool request_origin_allowed(const char *origin, int port);
/* 64 hexadecimal digits in small letters. */
bool request_is_hash(const char *text, size_t size);
/* 1 to REQUEST_TAB_MAX letters, digits, - and _. */
bool request_is_tab(const char *text);
/* Reads {"tab","seq","set":{path:text}}. Returns NULL, or what is wrong in words. */
const char *request_plan_read(const char *body, size_t size, struct request_plan *ret);

#endif
