/* A network of pipes as data: heat or cold in pairs of supply and return, or water in single lines.
   Nodes carry what enters and leaves, links what lies between. Flow along a link counts from its
   `from` to its `to` in the supply line, the other way round in the return line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_NETWORK_H
#define NETWORKS_NETWORK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "components/component.h"

/* Limits of what one file may hold. */
enum { NETWORK_FEATURES_MAX = 1000000, NETWORK_POINTS_MAX = 4000000 };

enum node_role {
    NODE_JUNCTION,
    NODE_PRODUCER, /* holds pressure_kpa, or brings heat_kw or flow_kg_s */
    NODE_CONSUMER, /* takes heat_kw or flow_kg_s; a negative one brings it */
    NODE_TANK,     /* a water level: pressure at the bottom, changed by what flows in */
};
enum link_kind { LINK_PIPE, LINK_PUMP, LINK_VALVE };
enum link_state { LINK_OPEN, LINK_CLOSED, LINK_CHECK }; /* CHECK: lets nothing flow back */
enum link_laid { LAID_PAIR, LAID_TWIN, LAID_SINGLE };
enum link_line { LINE_BOTH, LINE_SUPPLY, LINE_RETURN }; /* where a pump or valve sits */
enum link_choice { CHOICE_OPTIONAL, CHOICE_REQUIRED, CHOICE_FORBIDDEN };

/* NaN: not given. */
struct network_node {
    const char *name, *town; /* town: whom of a scenario it stands for; NULL: that of its name */
    struct place place;      /* of its feature */
    int role;                /* enum node_role */
    bool located, implied;   /* implied: made from the end of a line */
    double x, y;             /* as in the file: degrees of longitude and latitude, or metres */
    double elevation_m;
    double pressure_kpa, return_pressure_kpa; /* gauge; held by this producer */
    double heat_kw, flow_kg_s;
    double supply_c;          /* producer: what it sends; consumer: the least it needs */
    double return_c, drop_dk; /* consumer: what it sends back, or by how much it cools */
    double dp_min_kpa;        /* consumer: pressure difference that its station needs */
    double station_kpa;       /* producer: pressure lost in its own plant */
    double secondary_supply_c, secondary_return_c, approach_dk; /* behind a substation */
    double diameter_m, level_m, level_min_m, level_max_m;       /* tank; levels above elevation */
    double dwellings_count; /* behind one consumer: they do not draw at the same time */
};

struct network_link {
    const char *name;
    struct place place;
    int kind, state, laid, line, series, choice; /* the enums above; series 0 to 2 */
    int from, to;                                /* indices of nodes */
    double length_m, nominal_mm, inner_m, outer_m, casing_m, roughness_m;
    double zeta_ratio, return_zeta_ratio; /* losses of fittings */
    double hazen_ratio;                   /* Hazen-Williams C, when that law holds */
    double loss_kw_mk, across_kw_mk; /* each line: symmetric and antisymmetric; from geometry */
    double heat_kw_m2k;              /* instead: on the inner surface */
    double cover_m, spacing_m, insulation_kw_mk, soil_kw_mk, ground_c;
    double lift_kpa, lift_slope_ratio, lift_power_ratio; /* pump: lift - slope (m3/s)^power */
    double lift_max_m3_s;                                /* beyond it the pump gives nothing */
    double speed_ratio;
    double cost_money_m; /* of trench, instead of the catalogue */
    double bridge_m;     /* lines at different heights may cross */
    const double *x, *y; /* the way it takes, points_count of them, ends included */
    int points_count;
};

/* A line that lies beside the network and is not solved: told as it was read. */
struct network_beside {
    const char *name, *layer;          /* "power", "water", "road", "fibre", ... */
    double capacity_kw, capacity_m3_h; /* NaN: not given */
    const double *x, *y;
    int points_count;
};

enum network_friction { FRICTION_COLEBROOK, FRICTION_SWAMEE_JAIN, FRICTION_HAZEN, FRICTION_POWER };
enum network_lines { LINES_PAIR, LINES_SINGLE };
enum network_units { UNITS_DEGREES, UNITS_METRES };

struct network_settings { /* the table of keys gives each its default */
    int preset, friction, lines, coordinates;
    double supply_c, return_c, ground_c;
    double density_kg_m3, viscosity_kpas,
        heat_kj_kgk; /* constant fluid; else water by temperature */
    double pump_eff, approach_dk;
    double gradient_kpa_m, branch_gradient_kpa_m, branch_flow_kg_s; /* sizing */
    double region_ratio;
    double snap_m; /* ends of lines that lie nearer are one node */
};

struct network {
    struct network_settings settings;
    struct network_node *nodes;
    int nodes_count, nodes_capacity;
    struct network_link *links;
    int links_count, links_capacity;
    struct network_beside *beside;
    int beside_count, beside_capacity;
    const char *file;
    struct arena *arena;
};

/* An empty network with all settings at their defaults; NULL when memory is out. */
struct network *network_new(struct arena *arena, const char *file);
/* A node or link with all members at their defaults ("not given"); NULL when memory is out. The
   pointer holds until the next is added. */
struct network_node *network_add_node(struct network *network, const char *name);
struct network_link *network_add_link(struct network *network, const char *name, int from, int to);

/* The tables from which the reader, the page of keys and the errors come. */
struct network_table {
    const char *name; /* "node", "link", "network" */
    const struct param *params;
    int count;
};
enum { NETWORK_TABLES = 3 };
const struct network_table *network_table_at(int index);
const struct param *network_key_find(int table, const char *key);
void network_table_defaults(int table, void *target);

/* Generations of heat networks and what they send and bring back; -1 when unknown. */
struct network_preset {
    const char *name, *meaning, *source;
    double supply_c, return_c;
};
int network_presets(void);
const struct network_preset *network_preset_at(int index);

/* Fills what follows from something else (lengths from the way, diameters and losses from size and
   series, temperatures from the preset), then looks for what cannot be a network: every mistake
   names its feature. */
enum network_need { NEED_SIZES, NEED_NO_SIZES }; /* sizing gives lines without diameter theirs */
enum status network_complete(struct network *network, enum network_need need,
                             struct diag *diag) MUST_CHECK;
/* The part of network_complete that looks for lines that cross without a node. */
void network_crossings(const struct network *network, struct diag *diag);

/* Diameters of EN 253 by nominal_mm and series, then the losses; false: no such size. */
bool network_link_size(struct network_link *link, int nominal_mm);
void network_link_losses(struct network_link *link);

/* Distance of two points in the units of the network's coordinates. */
double network_distance_m(const struct network *network, double x0, double y0, double x1,
                          double y1);

#endif
