/* What a page may move: of the sliders in web/content those that this scenario has, from where it stands. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_OFFERS_H
#define APPS_SERVE_OFFERS_H

#include <jansson.h>
#include <stddef.h>

#include "hearth/hearth.h"

struct offers;
/* text: the scenario. NULL: no memory. */
struct offers *offers_new(struct hearth_context *context, const char *text, size_t size);
void offers_free(struct offers *offers); /* accepts NULL */
/* Once the scenario is planned: where sliders stand whose values were left to the plan. */
void offers_complete(struct offers *offers, const char *summary);
json_t *offers_sliders(const struct offers *offers); /* borrowed */
json_t *offers_tries(const struct offers *offers);

#endif
