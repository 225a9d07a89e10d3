/* A network told: words for the terminal, JSON, GeoJSON that can be read again, a map. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_NETWORK_H
#define TELL_NETWORK_H

#include "base/text.h"
#include "networks/sizing.h"
#include "networks/state.h"
#include "plan/pipes.h"

struct network_told {
    const struct network *network;
    const struct network_state *state;
    const struct sizing *sizing; /* or NULL */
    double design_head_kpa;      /* with sizing: sizing_head_kpa, and whom it is for */
    int design_worst;
    const struct pipes_year
        *year; /* of a plan: told beside the state of its highest hour; or NULL */
};

void network_words(const struct network_told *told, struct text_buffer *out);
void network_json(const struct network_told *told, struct text_buffer *out);
/* What was given with what was found: keys that begin with "solved_". */
void network_geojson(const struct network_told *told, struct text_buffer *out);
/* An SVG that stands alone: lines to scale, as wide as they flow, as hot as they are. */
void network_map(const struct network_told *told, struct text_buffer *out);
/* The page of keys, for people (Markdown) and as JSON. */
void network_keys(bool json, struct text_buffer *out);

/* JSON pieces that the files above share. */
void network_json_text(struct text_buffer *out, const char *text);
void network_json_number(struct text_buffer *out, const char *key, double value); /* NaN: null */

#endif
