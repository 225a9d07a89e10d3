/* YAML as a tree with a place on every node. libyaml's events in, no yaml_ type out.
   Caps: 1 MiB, depth 64, 200,000 nodes, 256 anchors, 100,000 visits through aliases, one document.
   Duplicate keys, unknown anchors and self-references are errors. A scalar is text until a table
   wants a number. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_DOCUMENT_H
#define SCENARIO_DOCUMENT_H

#include "base/diag.h"

enum { DOCUMENT_BYTES_MAX = 1 << 20 };
enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP, NODE_NULL };

struct node {
    enum node_kind kind;
    struct place place;
    const char *text; /* scalar */
    bool quoted;
    int count;              /* children: entries of a list, pairs of a map */
    struct node **children; /* list: items; map: values */
    const char **keys;      /* map */
    struct place *key_places;
};

enum status document_parse(struct arena *arena, struct diag *diag, const char *file,
                           const char *text, size_t size, struct node **ret) MUST_CHECK;
struct node *document_find(const struct node *map,
                           const char *key); /* NULL when absent or no map */

#endif
