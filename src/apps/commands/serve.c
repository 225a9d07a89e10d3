/* hearth serve [S.yaml] [--port N] [--no-browser] [--store FILE | --no-store] [--classroom [ADDRESS[:PORT]]] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "apps/command.h"
#include "apps/serve/offers.h"
#include "apps/serve/qr.h"
#include "apps/serve/records.h"
#include "apps/serve/serve.h"
#include "help_serve.h"

enum { SCENARIO_MAX = 1 << 20, ADDRESS_MAX = 128 };
extern char **environ; /* POSIX leaves its declaration to the user */

struct options {
    const char *scenario; /* NULL: the starter */
    const char *store;    /* NULL: where it is usual */
    bool keeps, opens, is_classroom;
    struct request_home home;
};

static bool file_take(const char *path, char **ret_text, size_t *ret_size) {
    FILE *file = fopen(path, "rb");
    char *text = file ? malloc(SCENARIO_MAX + 1) : NULL;
    size_t size = text ? fread(text, 1, SCENARIO_MAX + 1, file) : 0;
    bool good = text && !ferror(file) && size <= SCENARIO_MAX;
    if (file) {
        (void)fclose(file);
    }
    if (!good) {
        free(text);
        return false;
    }
    *ret_text = text;
    *ret_size = size;
    return true;
}

static bool starter_take(struct hearth_context *context, struct serve *serve) {
    const char *text = NULL;
    if (hearth_new(context, NULL, NULL, NULL, NAN, NAN, NAN, &text) != HEARTH_OK) {
        return false;
    }
    serve->text = strdup(text);
    serve->size = strlen(text);
    return serve->text != NULL;
}

/* The scenario is checked before anything is served: its mistakes are told where the user started the server. */
static int scenario_take(struct hearth_context *context, struct serve *serve, const char *path) {
    serve->path = path ? path : "starter.yaml";
    if (path) {
        struct hearth_scenario *scenario = NULL;
        enum hearth_status status = hearth_scenario_read(context, path, &scenario);
        hearth_scenario_free(scenario);
        if (status != HEARTH_OK) {
            return hearth_status_exit_code(status);
        }
        if (!file_take(path, &serve->text, &serve->size)) {
            (void)fprintf(stderr, "hearth serve: cannot read %s again\n", path);
            return hearth_status_exit_code(HEARTH_NO_FILE);
        }
    } else if (!starter_take(context, serve)) {
        return hearth_status_exit_code(HEARTH_NO_MEMORY);
    }
    char hash[65];
    hearth_sha256(serve->text, serve->size, hash);
    memcpy(serve->scenario_hash, hash, sizeof serve->scenario_hash - 1);
    serve->offers = offers_new(context, serve->text, serve->size);
    return serve->offers ? 0 : hearth_status_exit_code(HEARTH_NO_MEMORY);
}

/* Where there is a screen. That no browser comes is no mistake: the address stands there to be opened by hand. */
static void browser_open(const char *address) {
    char program[] = "xdg-open", copy[ADDRESS_MAX];
    char *const arguments[] = {program, copy, NULL};
    pid_t child = 0;
    if (!getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY")) {
        return;
    }
    (void)snprintf(copy, sizeof copy, "%s", address);
    (void)posix_spawnp(&child, program, NULL, NULL, arguments, environ);
}

/* Where nothing can be kept the user decides: a plan that seems saved and is not would be worse. */
static bool records_take(struct serve *serve, const struct options *options) {
    char path[PATH_MAX], words[PATH_MAX + 80] = "there is no folder for data (HOME, XDG_DATA_HOME)";
    if (!options->keeps) {
        return true;
    }
    bool known = options->store || records_path(options->scenario, path, sizeof path);
    serve->records =
        known ? records_open(options->store ? options->store : path, words, sizeof words) : NULL;
    if (!serve->records) {
        (void)fprintf(stderr,
                      "hearth serve: cannot keep records: %s\n"
                      "  --store FILE keeps them elsewhere, --no-store keeps none\n",
                      words);
    }
    return serve->records != NULL;
}

static bool home_take(struct serve *serve, struct options *options) {
    int count = 1;
    serve->is_classroom = options->is_classroom;
    if (options->home.address[0] == '\0' && options->is_classroom &&
        !home_find(&options->home, &count)) {
        (void)fprintf(stderr, "hearth serve: this machine is on no local network\n"
                              "  name its address: --classroom ADDRESS\n");
        return false;
    }
    if (count > 1) {
        (void)fprintf(stderr,
                      "This machine has %d addresses; --classroom ADDRESS takes another than %s.\n",
                      count, options->home.address);
    }
    const char *address = options->home.address[0] ? options->home.address : "127.0.0.1";
    memcpy(serve->address, address, strlen(address) + 1);
    serve->port = options->home.port;
    return true;
}

static bool listen_start(struct serve *serve) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)serve->port)};
    (void)inet_pton(AF_INET, serve->address, &address.sin_addr);
    bool is_own = strncmp(serve->address, "127.", 4) == 0;
    serve->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_ALLOW_SUSPEND_RESUME,
        (uint16_t)serve->port, NULL, NULL, api_request, serve, MHD_OPTION_SOCK_ADDR,
        (struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVE_CONNECTIONS_MAX,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, is_own ? 0U : (unsigned)SERVE_MACHINE_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVE_REQUEST_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_NOTIFY_CONNECTION,
        guard_connection, serve->guard, MHD_OPTION_NOTIFY_COMPLETED, api_completed, NULL,
        MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        serve->daemon ? MHD_get_daemon_info(serve->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        (void)fprintf(stderr, "hearth serve: port %d of %s is not free\n  try another: --port 0\n",
                      serve->port, serve->address);
        return false;
    }
    serve->port = info->port;
    return true;
}

/* Beats until somebody stops the program; every thread began with these signals blocked. */
static void wait_for_stop(struct serve *serve, const sigset_t *stops) {
    struct timespec second = {.tv_sec = 1};
    while (sigtimedwait(stops, NULL, &second) < 0) {
        events_beat(serve);
        guard_sweep(serve->guard);
    }
}

/* The address for cameras, where somebody sees it. */
static void say_address(const struct serve *serve) {
    char address[40];
    struct qr qr;
    (void)snprintf(address, sizeof address, "http://%s:%d/", serve->address, serve->port);
    char *lines =
        isatty(STDERR_FILENO) && command_utf8() && qr_make(address, &qr) ? qr_lines(&qr) : NULL;
    if (lines) {
        (void)fputs(lines, stderr);
    }
    free(lines);
}

/* Who may come, and with what. */
static void say_where(const struct serve *serve) {
    if (serve->is_classroom && strncmp(serve->address, "127.", 4) != 0) {
        (void)fprintf(stderr,
                      "THE LOCAL NETWORK CAN REACH THIS SERVER: whoever is on it may open "
                      "http://%s:%d/ and read along.\n"
                      "Only the address above, with its token, leads the class; members join with "
                      "its code. Nothing of the class outlasts the server.\n",
                      serve->address, serve->port);
        say_address(serve);
    }
    (void)fprintf(stderr, "Open this address in a browser; Ctrl-C ends the server.\n");
}

static int serve_all(struct serve *serve, bool opens) {
    sigset_t stops;
    (void)sigemptyset(&stops);
    (void)sigaddset(&stops, SIGINT);
    (void)sigaddset(&stops, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &stops, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    int code = hearth_status_exit_code(HEARTH_INTERNAL);
    if (plans_base(serve) && work_start(serve) && later_start(serve) && listen_start(serve)) {
        char address[ADDRESS_MAX], words[ADDRESS_MAX + 1];
        (void)snprintf(address, sizeof address, "http://%s:%d/#token=%s", serve->address,
                       serve->port, serve->token);
        (void)snprintf(words, sizeof words, "%s\n", address);
        code = command_print(words);
        if (code == 0) {
            say_where(serve);
            if (opens) {
                browser_open(address);
            }
            wait_for_stop(serve, &stops);
        }
    }
    events_stop(serve);
    later_stop(serve);
    if (serve->daemon) {
        MHD_stop_daemon(serve->daemon);
    }
    plans_stop(serve);
    classroom_end(serve);
    return code;
}

/* The scenario is known to be good: what it needs of the machine. */
static int serve_prepared(struct serve *serve, struct options *options) {
    serve->caches = options->keeps;
    if (!records_take(serve, options)) {
        return hearth_status_exit_code(HEARTH_CANNOT_WRITE);
    }
    if (!folder_make(serve)) {
        (void)fprintf(stderr, "hearth serve: cannot make a folder for results: %s\n",
                      strerror(errno));
        return hearth_status_exit_code(HEARTH_CANNOT_WRITE);
    }
    bool ready = home_take(serve, options) && secret_new(serve->token);
    int code = ready ? serve_all(serve, options->opens) : hearth_status_exit_code(HEARTH_INTERNAL);
    folder_leave(serve);
    return code;
}

static int serve_scenario(struct hearth_context *context, struct options *options) {
    struct serve *serve = calloc(1, sizeof *serve);
    int code = hearth_status_exit_code(HEARTH_NO_MEMORY);
    if (!serve) {
        return code;
    }
    serve->lock = -1;
    serve->guard = guard_new();
    if (serve->guard && pthread_mutex_init(&serve->mutex, NULL) == 0) {
        for (int stage = 0; stage < STAGES; stage++) { /* which cannot fail */
            (void)pthread_cond_init(&serve->work[stage], NULL);
        }
        (void)pthread_cond_init(&serve->later, NULL);
        code = scenario_take(context, serve, options->scenario);
        code = code == 0 ? serve_prepared(serve, options) : code;
        records_close(serve->records);
        (void)pthread_cond_destroy(&serve->later);
        for (int stage = 0; stage < STAGES; stage++) {
            (void)pthread_cond_destroy(&serve->work[stage]);
        }
        (void)pthread_mutex_destroy(&serve->mutex);
    }
    guard_free(serve->guard);
    offers_free(serve->offers);
    free(serve->text);
    free(serve);
    return code;
}

/* 0, or the exit code. */
static int option_take(int argc, char **argv, int *k, struct options *options) {
    const char *name = argv[*k], *value = *k + 1 < argc ? argv[*k + 1] : NULL;
    if (value && strcmp(name, "--port") == 0) {
        (*k)++;
        char *end = NULL;
        long port = strtol(value, &end, 10);
        if (end == value || *end != '\0' || port < 0 || port > 65535) {
            return command_usage("serve", "--port is 0 to 65535, not %s", value);
        }
        options->home.port = (int)port;
    } else if (value && strcmp(name, "--store") == 0) {
        (*k)++;
        options->store = value;
    } else if (strcmp(name, "--no-store") == 0) {
        options->keeps = false;
    } else if (strcmp(name, "--no-browser") == 0) {
        options->opens = false;
    } else if (strcmp(name, "--classroom") == 0) {
        bool is_named = value && value[0] >= '0' && value[0] <= '9';
        options->is_classroom = true;
        *k += is_named;
        if (is_named && !request_home_read(value, &options->home)) {
            return command_usage("serve",
                                 "--classroom takes an address of a local network, as "
                                 "192.168.1.20 or 192.168.1.20:8080, not %s",
                                 value);
        }
    } else {
        return command_usage("serve", "unknown option %s", name);
    }
    return 0;
}

static int serve(int argc, char **argv, struct hearth_context *context) {
    struct options options = {.keeps = true, .opens = true};
    for (int k = 1; k < argc; k++) {
        if (argv[k][0] == '-') {
            int code = option_take(argc, argv, &k, &options);
            if (code != 0) {
                return code;
            }
        } else if (options.scenario) {
            return command_usage("serve", "one scenario at a time (%s and %s)", options.scenario,
                                 argv[k]);
        } else {
            options.scenario = argv[k];
        }
    }
    if (options.store && !options.keeps) {
        return command_usage("serve", "--store and --no-store exclude each other");
    }
    return serve_scenario(context, &options);
}

const struct command command_serve = {"serve", "the explorer's server: plans that follow the hand",
                                      help_serve, serve};
