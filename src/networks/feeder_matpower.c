/* MATPOWER cases: baseMVA and the tables bus, gen, branch of case format 2, as text, without running
   the file. Two conversions that cases of distribution feeders carry behind their tables (ohms to
   per unit, kW to MW) are known by their words; any other code that changes a table is refused,
   since numbers read without it would be wrong. MATPOWER manual, appendix B. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "networks/feeder_reader.h"

enum { COLUMNS_MAX = 24, STATEMENT_MAX = 400 };
enum {
    BUS_ID,
    BUS_TYPE,
    BUS_PD,
    BUS_QD,
    BUS_GS,
    BUS_BS,
    BUS_AREA,
    BUS_VM,
    BUS_VA,
    BUS_KV,
    BUS_ZONE,
    BUS_VMAX,
    BUS_VMIN,
    BUS_COLUMNS
};
enum { GEN_BUS, GEN_PG, GEN_QG, GEN_QMAX, GEN_QMIN, GEN_VG, GEN_BASE, GEN_STATUS, GEN_COLUMNS };
enum { FROM, TO, BR_R, BR_X, BR_B, RATE_A, RATE_B, RATE_C, TAP, SHIFT, BR_STATUS, BRANCH_COLUMNS };
#define RAD_DEG 0.017453292519943295

struct matrix {
    int rows, columns, room;
    double *value;       /* row by row, COLUMNS_MAX apart */
    struct place *place; /* of each row */
};

struct scan {
    struct feeder_reader *reader;
    const char *file, *text;
    size_t size, at, line_at;
    int line;
    double base_kva;
    bool ohms, kilo; /* the two conversions */
    struct matrix bus, gen, branch;
    struct place bus_place;
};

static struct place place_at(const struct scan *scan) {
    int column = 1;
    for (size_t k = scan->line_at; k < scan->at && k < scan->size; k++) {
        column += ((unsigned char)scan->text[k] & 0xc0) != 0x80;
    }
    return (struct place){scan->file, scan->line, column};
}

static void step(struct scan *scan) {
    if (scan->text[scan->at] == '\n') {
        scan->line++;
        scan->line_at = scan->at + 1;
    }
    scan->at++;
}

static void to_line_end(struct scan *scan) {
    while (scan->at < scan->size && scan->text[scan->at] != '\n') {
        scan->at++;
    }
}

/* Over blanks, comments and continued lines; over line ends too when asked. */
static void skip(struct scan *scan, bool lines) {
    while (scan->at < scan->size) {
        char c = scan->text[scan->at];
        if (c == '%' || c == '#') {
            to_line_end(scan);
        } else if (scan->size - scan->at >= 3 && memcmp(scan->text + scan->at, "...", 3) == 0) {
            to_line_end(scan);
            if (scan->at < scan->size) {
                step(scan);
            }
        } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
            step(scan);
        } else {
            return;
        }
    }
}

static bool looks_at(const struct scan *scan, const char *word) {
    size_t length = strlen(word);
    return scan->size - scan->at >= length && memcmp(scan->text + scan->at, word, length) == 0;
}

/* A number, or Inf; told when it is none. */
static bool number(struct scan *scan, double *ret) {
    size_t from = scan->at;
    struct place place = place_at(scan);
    while (scan->at < scan->size && !strchr(" \t\r\n,;]%", scan->text[scan->at])) {
        scan->at++;
    }
    const char *text = scan->text + from;
    size_t length = scan->at - from;
    if ((length == 3 && memcmp(text, "Inf", 3) == 0) ||
        (length == 4 && memcmp(text, "-Inf", 4) == 0)) {
        *ret = length == 3 ? (double)INFINITY : -(double)INFINITY;
        return true;
    }
    if (length && text_number(text, length, ret)) {
        return true;
    }
    bool plain = length <= 40 && text_is_utf8(text, length);
    diag_error(scan->reader->diag, place, "%s%.*s%s is no number", plain ? "\"" : "this",
               plain ? (int)length : 0, text, plain ? "\"" : "");
    diag_remedy(scan->reader->diag, "tables are read as numbers only, without running the file");
    return false;
}

static double *new_row(struct scan *scan, struct matrix *matrix) {
    if (matrix->rows == matrix->room) {
        int room = matrix->room ? 2 * matrix->room : 64;
        double *value = ARENA_TAKE(scan->reader->arena, double, (long)room *COLUMNS_MAX);
        struct place *place = ARENA_TAKE(scan->reader->arena, struct place, room);
        if (!value || !place) {
            return NULL;
        }
        if (matrix->value) {
            memcpy(value, matrix->value, sizeof(double) * COLUMNS_MAX * (size_t)matrix->rows);
            memcpy(place, matrix->place, sizeof *place * (size_t)matrix->rows);
        }
        matrix->value = value;
        matrix->place = place;
        matrix->room = room;
    }
    matrix->place[matrix->rows] = place_at(scan);
    return matrix->value + (size_t)matrix->rows * COLUMNS_MAX;
}

static enum status refuse(struct scan *scan, struct place place, const char *text,
                          const char *remedy) {
    diag_error(scan->reader->diag, place, "%s", text);
    diag_remedy(scan->reader->diag, "%s", remedy);
    return STATUS_BAD_SCENARIO;
}

/* Rows up to "]"; a row ends at ";" or at the end of its line. */
static enum status read_matrix(struct scan *scan, const char *name, int least,
                               struct matrix *matrix) {
    struct place open = place_at(scan);
    if (!looks_at(scan, "[")) {
        return refuse(scan, open, "a table in [ ] belongs here", "write  mpc.bus = [ rows ];");
    }
    scan->at++;
    while (true) {
        skip(scan, true);
        while (scan->at < scan->size && scan->text[scan->at] == ';') {
            scan->at++;
            skip(scan, true);
        }
        if (scan->at >= scan->size) {
            return refuse(scan, open, "this table is never closed", "end it with  ];");
        }
        if (scan->text[scan->at] == ']') {
            scan->at++;
            return STATUS_OK;
        }
        double *row = new_row(scan, matrix), value = 0.0;
        if (!row) {
            return STATUS_NO_MEMORY;
        }
        int count = 0;
        while (scan->at < scan->size && !strchr(";\n]", scan->text[scan->at])) {
            if (!number(scan, &value)) {
                return STATUS_BAD_SCENARIO;
            }
            if (count < COLUMNS_MAX) {
                row[count] = value;
            }
            count++;
            skip(scan, false);
            if (scan->at < scan->size && scan->text[scan->at] == ',') {
                scan->at++;
                skip(scan, false);
            }
        }
        if (count < least || (matrix->rows && count != matrix->columns)) {
            diag_error(scan->reader->diag, matrix->place[matrix->rows],
                       "%s: a row of %d numbers where %d are needed", name, count,
                       matrix->rows ? matrix->columns : least);
            return STATUS_BAD_SCENARIO;
        }
        matrix->columns = count;
        if (++matrix->rows > FEEDER_BRANCHES_MAX) {
            return refuse(scan, open, "the table is too long", "40,000 rows are the most");
        }
    }
}

/* Over a statement we need not: to ";" or the line's end outside brackets and texts. Its letters
   without blanks go to ret. */
static void take_statement(struct scan *scan, char *ret) {
    int depth = 0, length = 0;
    bool quoted = false;
    while (scan->at < scan->size) {
        if (!quoted) {
            skip(scan, depth > 0);
        }
        if (scan->at >= scan->size) {
            break;
        }
        char c = scan->text[scan->at];
        if (!quoted && depth <= 0 && (c == ';' || c == '\n')) {
            break;
        }
        quoted = c == '\'' ? !quoted && (length == 0 || strchr("=[{(,;", ret[length - 1]) != NULL)
                           : quoted && c != '\n';
        depth +=
            quoted ? 0 : (c == '[' || c == '{' || c == '(') - (c == ']' || c == '}' || c == ')');
        if (length < STATEMENT_MAX - 1) {
            ret[length++] = c;
        }
        step(scan);
    }
    ret[length] = '\0';
}

static enum status read_code(struct scan *scan, struct place place) {
    static const char *const ohms[] = {
        "mpc.branch(:,[BR_RBR_X])=mpc.branch(:,[BR_RBR_X])/(Vbase^2/Sbase)",
        "mpc.branch(:,[BR_R,BR_X])=mpc.branch(:,[BR_R,BR_X])/(Vbase^2/Sbase)"};
    static const char *const kilo[] = {"mpc.bus(:,[PD,QD])=mpc.bus(:,[PD,QD])/1e3",
                                       "mpc.bus(:,[PDQD])=mpc.bus(:,[PDQD])/1e3"};
    char statement[STATEMENT_MAX];
    take_statement(scan, statement);
    for (int k = 0; k < 2; k++) {
        scan->ohms = scan->ohms || strcmp(statement, ohms[k]) == 0;
        scan->kilo = scan->kilo || strcmp(statement, kilo[k]) == 0;
        if (strcmp(statement, ohms[k]) == 0 || strcmp(statement, kilo[k]) == 0) {
            return STATUS_OK;
        }
    }
    if (strncmp(statement, "mpc.", 4) == 0 && strchr(statement, '(') && strchr(statement, '=') &&
        strchr(statement, '(') < strchr(statement, '=')) {
        return refuse(scan, place, "code that changes a table is not run",
                      "save the finished case (savecase), or write the numbers as they shall be");
    }
    return STATUS_OK;
}

static bool at_assignment(struct scan *scan, const char *name) {
    size_t at = scan->at, line_at = scan->line_at;
    int line = scan->line;
    if (!looks_at(scan, name)) {
        return false;
    }
    scan->at += strlen(name);
    skip(scan, false);
    if (scan->at < scan->size && scan->text[scan->at] == '=') {
        scan->at++;
        skip(scan, false);
        return true;
    }
    scan->at = at;
    scan->line = line;
    scan->line_at = line_at;
    return false;
}

static enum status read_statement(struct scan *scan) {
    struct place place = place_at(scan);
    if (at_assignment(scan, "mpc.bus")) {
        scan->bus_place = place;
        return read_matrix(scan, "bus", BUS_COLUMNS, &scan->bus);
    }
    if (at_assignment(scan, "mpc.gen")) {
        return read_matrix(scan, "gen", GEN_COLUMNS, &scan->gen);
    }
    if (at_assignment(scan, "mpc.branch")) {
        return read_matrix(scan, "branch", BRANCH_COLUMNS, &scan->branch);
    }
    if (at_assignment(scan, "mpc.baseMVA")) {
        if (!number(scan, &scan->base_kva)) {
            return STATUS_BAD_SCENARIO;
        }
        scan->base_kva *= 1000.0; /* from MVA */
        if (!(scan->base_kva > 0.0 && scan->base_kva <= 1e9)) {
            return refuse(scan, place, "baseMVA is not above 0", "100 is usual");
        }
        return STATUS_OK;
    }
    return read_code(scan, place);
}

/* ---- from the tables to the feeder -------------------------------------------------------------- */
static const char *id_name(struct scan *scan, double value, struct place place) {
    if (!(value >= 1.0 && value <= 1e9) || value != floor(value)) {
        diag_error(scan->reader->diag, place, "a bus number is a whole number above 0");
        return NULL;
    }
    return arena_format(scan->reader->arena, "%d", (int)value);
}

static enum status put_buses(struct scan *scan) {
    double to_kw = scan->kilo ? 1.0 : 1000.0;
    for (int r = 0; r < scan->bus.rows; r++) {
        const double *row = scan->bus.value + (size_t)r * COLUMNS_MAX;
        struct place place = scan->bus.place[r];
        const char *name = id_name(scan, row[BUS_ID], place);
        struct feeder_bus *bus = name ? feeder_reader_bus(scan->reader, name, place) : NULL;
        if (!bus) {
            return arena_failed(scan->reader->arena) ? STATUS_NO_MEMORY : STATUS_BAD_SCENARIO;
        }
        if (!(row[BUS_TYPE] >= 1.0 && row[BUS_TYPE] <= 4.0)) {
            return refuse(scan, place, "a bus is of type 1 to 4",
                          "1 load, 2 voltage held, 3 source, 4 isolated");
        }
        bus->kind = row[BUS_TYPE] == 3.0   ? FEEDER_SOURCE
                    : row[BUS_TYPE] == 2.0 ? FEEDER_HELD
                                           : FEEDER_LOAD;
        bool isolated = row[BUS_TYPE] == 4.0;
        bus->load_kw = isolated ? 0.0 : row[BUS_PD] * to_kw;
        bus->load_kvar = isolated ? 0.0 : row[BUS_QD] * to_kw;
        bus->shunt_kw = row[BUS_GS] * 1000.0;
        bus->shunt_kvar = row[BUS_BS] * 1000.0;
        bus->nominal_kv = row[BUS_KV];
        bus->set_pu = row[BUS_VM];
        bus->set_rad = row[BUS_VA] * RAD_DEG;
        bus->highest_pu = row[BUS_VMAX];
        bus->lowest_pu = row[BUS_VMIN];
        bus->least_kvar = bus->most_kvar = 0.0;
    }
    return feeder_reader_index(scan->reader);
}

static enum status put_generators(struct scan *scan) {
    for (int r = 0; r < scan->gen.rows; r++) {
        const double *row = scan->gen.value + (size_t)r * COLUMNS_MAX;
        struct place place = scan->gen.place[r];
        const char *name = id_name(scan, row[GEN_BUS], place);
        int b = name ? feeder_reader_find(scan->reader, name) : -1;
        if (b < 0) {
            diag_error(scan->reader->diag, place, "gen: there is no bus %s", name ? name : "?");
            continue;
        }
        if (!(row[GEN_STATUS] > 0.0)) {
            continue;
        }
        struct feeder_bus *bus = &scan->reader->feeder->bus[b];
        if (bus->kind != FEEDER_SOURCE) {
            bus->made_kw += row[GEN_PG] * 1000.0;
            bus->made_kvar += bus->kind == FEEDER_LOAD ? row[GEN_QG] * 1000.0 : 0.0;
        }
        bus->set_pu = bus->kind == FEEDER_LOAD ? bus->set_pu : row[GEN_VG];
        bus->most_kvar += row[GEN_QMAX] * 1000.0;
        bus->least_kvar += row[GEN_QMIN] * 1000.0;
    }
    return STATUS_OK;
}

static enum status put_branches(struct scan *scan) {
    struct feeder *feeder = scan->reader->feeder;
    struct feeder_branch *branch =
        ARENA_TAKE(scan->reader->arena, struct feeder_branch, scan->branch.rows);
    if (!branch) {
        return STATUS_NO_MEMORY;
    }
    double first_kv = feeder->buses_count ? feeder->bus[0].nominal_kv : 0.0;
    if (scan->ohms && !(first_kv > 0.0)) {
        return refuse(scan, scan->bus_place,
                      "branches are in ohms, but the first bus has no baseKV", "give baseKV");
    }
    double base_ohm = scan->ohms ? 1000.0 * first_kv * first_kv / scan->base_kva : 1.0;
    for (int r = 0; r < scan->branch.rows; r++) {
        const double *row = scan->branch.value + (size_t)r * COLUMNS_MAX;
        struct place place = scan->branch.place[r];
        int ends[2];
        for (int e = 0; e < 2; e++) {
            const char *name = id_name(scan, row[FROM + e], place);
            ends[e] = name ? feeder_reader_find(scan->reader, name) : -1;
            if (name && ends[e] < 0) {
                diag_error(scan->reader->diag, place, "branch: there is no bus %s", name);
            }
        }
        if (ends[0] < 0 || ends[1] < 0) {
            continue;
        }
        branch[feeder->branches_count++] = (struct feeder_branch){
            .place = place,
            .from = ends[0],
            .to = ends[1],
            .closed = row[BR_STATUS] > 0.0,
            .transformer = row[TAP] != 0.0,
            .r_pu = row[BR_R] / base_ohm,
            .x_pu = row[BR_X] / base_ohm,
            .b_pu = row[BR_B],
            .tap_ratio = row[TAP] == 0.0 ? 1.0 : row[TAP],
            .shift_rad = row[SHIFT] * RAD_DEG,
            .rating_kva = row[RATE_A] > 0.0 ? row[RATE_A] * 1000.0 : (double)INFINITY,
            .length_m = (double)NAN};
    }
    feeder->branch = branch;
    return STATUS_OK;
}

enum status feeder_read_matpower(struct feeder_reader *reader, const char *text, size_t size) {
    struct scan scan = {
        .reader = reader, .file = reader->feeder->file, .text = text, .size = size, .line = 1};
    while (true) {
        skip(&scan, true);
        while (scan.at < size && scan.text[scan.at] == ';') {
            scan.at++;
            skip(&scan, true);
        }
        if (scan.at >= size) {
            break;
        }
        size_t before = scan.at;
        TRY(read_statement(&scan));
        if (scan.at == before) { /* a stray bracket: go on behind it */
            step(&scan);
        }
    }
    struct place top = {scan.file, 1, 1};
    if (!(scan.base_kva > 0.0)) {
        return refuse(&scan, top, "no mpc.baseMVA in this file", "write  mpc.baseMVA = 100;");
    }
    if (scan.bus.rows == 0 || scan.branch.rows == 0) {
        return refuse(&scan, top, "no mpc.bus or no mpc.branch in this file",
                      "a MATPOWER case of format 2 has both");
    }
    reader->feeder->base_kva = scan.base_kva;
    TRY(put_buses(&scan));
    TRY(put_generators(&scan));
    return put_branches(&scan);
}
