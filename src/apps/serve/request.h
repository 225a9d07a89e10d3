/* What a request may say, judged before anything is done with it. Pure functions over bytes from outside. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_REQUEST_H
#define APPS_SERVE_REQUEST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    REQUEST_BODY_MAX = 1 << 20,
    REQUEST_CHANGES_MAX = 64,
    REQUEST_PATH_MAX = 160, /* letters of a change's path */
    REQUEST_TEXT_MAX = 40,  /* of its value */
    REQUEST_TAB_MAX = 40,
    REQUEST_SECRET = 64, /* hexadecimal digits of a token or a key */
    REQUEST_CODE = 6,    /* letters of a classroom's code */
    REQUEST_KEYS_MAX = 3,
    REQUEST_WORDS_MAX = 200
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

/* What stands under a key of a body. */
enum request_kind {
    REQUEST_NONE,
    REQUEST_WORD,   /* letters, digits, - and _ */
    REQUEST_PLACE,  /* the same and points: a criterion */
    REQUEST_LINE,   /* text of one line */
    REQUEST_TEXT,   /* text of several lines */
    REQUEST_WHOLE,  /* a whole number from 1 */
    REQUEST_COUNT,  /* a whole number from 0 */
    REQUEST_YES_NO, /* true or false */
    REQUEST_TRUE,   /* true alone */
    REQUEST_HASH,   /* of a plan */
    REQUEST_SET,    /* {path: text} */
    REQUEST_CHANGE, /* {path, text}, or null */
    REQUEST_KINDS
};

/* A body: its keys, all of them needed. */
struct request_form {
    const char *name;
    struct request_key {
        const char *name;
        enum request_kind kind;
        int most; /* bytes of a text, or the number itself */
    } keys[REQUEST_KEYS_MAX];
};
enum request_form_name {
    REQUEST_FORM_PLAN,
    REQUEST_FORM_SAVED,
    REQUEST_FORM_COMMENT,
    REQUEST_FORM_ANSWER,
    REQUEST_FORM_CLASS,
    REQUEST_FORM_JOIN,
    REQUEST_FORM_PROPOSE,
    REQUEST_FORM_AGREE,
    REQUEST_FORM_ROUND,
    REQUEST_FORMS
};
extern const struct request_form request_forms[REQUEST_FORMS];

/* Where the server is asked for: ADDRESS:PORT, and for 127.0.0.1 also localhost and [::1]. */
struct request_home {
    char address[16];
    int port;
};

/* The whole name of home; the port may be left out where it is 80. Without Host: false. */
bool request_host_allowed(const char *host, const struct request_home *home);
/* http://HOST of home; none at all is allowed where the reader demands no Origin. */
bool request_origin_allowed(const char *origin, const struct request_home *home);
/* ADDRESS or ADDRESS:PORT of this machine or of a local network (RFC 1918, 3927, 6598). The port stays where none is named. */
bool request_home_read(const char *text, struct request_home *ret);
/* 64 hexadecimal digits in small letters. */
bool request_is_hash(const char *text, size_t size);
/* 1 to REQUEST_TAB_MAX letters, digits, - and _. */
bool request_is_tab(const char *text);
/* A whole number from 1 and nothing else; 0: it is none. */
long request_id(const char *text);
/* "Bearer SECRET" with this secret; takes the same time wherever they differ. NULL and "" are never right. */
bool request_bearer_is(const char *authorization, const char *secret);
bool request_secret_is(const char *text, const char *secret);
/* Small letters are as good as capitals. */
bool request_code_is(const char *text, const char *code);

/* Reads a body of this form: ret has all its keys, and each is what the form says. False: what is wrong stands in words. */
bool request_form_read(const char *body, size_t size, enum request_form_name name, json_t **ret,
                       char ret_words[REQUEST_WORDS_MAX]);
/* The changes of a set that was read. */
void request_set_take(json_t *set, struct request_plan *ret);
bool request_plan_read(const char *body, size_t size, struct request_plan *ret,
                       char ret_words[REQUEST_WORDS_MAX]);

#endif
