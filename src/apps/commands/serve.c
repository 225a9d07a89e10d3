/* hearth serve [S.yaml] [--port N] [--no-browser] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <errno.h>
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
#include "apps/serve/serve.h"
#include "help_serve.h"

enum { SCENARIO_MAX = 1 << 20 };
extern char **environ; /* POSIX leaves its declaration to the user */

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
    serve->offers = offers_new(context, serve->text, serve->size);
    return serve->offers ? 0 : hearth_status_exit_code(HEARTH_NO_MEMORY);
}

/* Where there is a screen. That no browser comes is no mistake: the address stands there to be opened by hand. */
static void browser_open(const char *address) {
    char program[] = "xdg-open", copy[64];
    char *const arguments[] = {program, copy, NULL};
    pid_t child = 0;
    if (!getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY")) {
        return;
    }
    (void)snprintf(copy, sizeof copy, "%s", address);
    (void)posix_spawnp(&child, program, NULL, NULL, arguments, environ);
}

static bool folder_make(struct serve *serve) {
    const char *root = getenv("TMPDIR");
    int size = snprintf(serve->folder, sizeof serve->folder, "%s/hearth-serve-XXXXXX",
                        root && root[0] != '\0' ? root : "/tmp");
    if (size < 0 || (size_t)size >= sizeof serve->folder || !mkdtemp(serve->folder)) {
        (void)fprintf(stderr, "hearth serve: cannot make a folder for results: %s\n",
                      strerror(errno));
        return false;
    }
    return true;
}

static bool listen_start(struct serve *serve) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)serve->port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    serve->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO | MHD_ALLOW_SUSPEND_RESUME,
        (uint16_t)serve->port, NULL, NULL, api_request, serve, MHD_OPTION_SOCK_ADDR,
        (struct sockaddr *)&address, MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVE_CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVE_REQUEST_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_NOTIFY_CONNECTION,
        guard_connection, serve->guard, MHD_OPTION_NOTIFY_COMPLETED, api_completed, NULL,
        MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        serve->daemon ? MHD_get_daemon_info(serve->daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        (void)fprintf(stderr, "hearth serve: port %d is not free\n  try another: --port 0\n",
                      serve->port);
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

static bool base_want(struct serve *serve) {
    static const struct request_plan nothing;
    (void)pthread_mutex_lock(&serve->mutex);
    const struct plan *plan = plans_want(serve, NULL, &nothing);
    if (plan) {
        memcpy(serve->base, plan->hash, sizeof serve->base);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return plan != NULL;
}

static int serve_all(struct serve *serve, bool opens) {
    sigset_t stops;
    (void)sigemptyset(&stops);
    (void)sigaddset(&stops, SIGINT);
    (void)sigaddset(&stops, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &stops, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    int code = hearth_status_exit_code(HEARTH_INTERNAL);
    if (base_want(serve) && plans_start(serve) && listen_start(serve)) {
        char address[64], words[72];
        (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/", serve->port);
        (void)snprintf(words, sizeof words, "%s\n", address);
        code = command_print(words);
        if (code == 0) {
            (void)fprintf(stderr, "Open this address in a browser; Ctrl-C ends the server.\n");
            if (opens) {
                browser_open(address);
            }
            wait_for_stop(serve, &stops);
        }
    }
    events_stop(serve);
    if (serve->daemon) {
        MHD_stop_daemon(serve->daemon);
    }
    plans_stop(serve);
    return code;
}

static int serve_scenario(struct hearth_context *context, const char *path, int port, bool opens) {
    struct serve *serve = calloc(1, sizeof *serve);
    int code = hearth_status_exit_code(HEARTH_NO_MEMORY);
    if (!serve) {
        return code;
    }
    serve->port = port;
    serve->guard = guard_new();
    if (serve->guard && pthread_mutex_init(&serve->mutex, NULL) == 0 &&
        pthread_cond_init(&serve->work, NULL) == 0) {
        code = scenario_take(context, serve, path);
        if (code == 0 && !folder_make(serve)) {
            code = hearth_status_exit_code(HEARTH_CANNOT_WRITE);
        } else if (code == 0) {
            code = serve_all(serve, opens);
            (void)rmdir(serve->folder);
        }
        (void)pthread_cond_destroy(&serve->work);
        (void)pthread_mutex_destroy(&serve->mutex);
    }
    guard_free(serve->guard);
    offers_free(serve->offers);
    free(serve->text);
    free(serve);
    return code;
}

static int serve(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL;
    long port = 0;
    bool opens = true;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--port") == 0 && k + 1 < argc) {
            char *end = NULL;
            port = strtol(argv[++k], &end, 10);
            if (end == argv[k] || *end != '\0' || port < 0 || port > 65535) {
                return command_usage("serve", "--port is 0 to 65535, not %s", argv[k]);
            }
        } else if (strcmp(argv[k], "--no-browser") == 0) {
            opens = false;
        } else if (argv[k][0] == '-') {
            return command_usage("serve", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("serve", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    return serve_scenario(context, path, (int)port, opens);
}

const struct command command_serve = {"serve", "the explorer's server: plans that follow the hand",
                                      help_serve, serve};
