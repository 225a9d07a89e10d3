/* The explorer's server: one polling thread answers requests, workers plan, one stream of events per tab.

   One mutex guards plans, tabs and streams. A plan is wanted by the tabs that asked for it last and by the server itself
   (the base); one that nobody wants any more is cancelled or never begun. Results lie in a folder of the server's own,
   named by their hash, and the least used ones go when there are too many. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef APPS_SERVE_SERVE_H
#define APPS_SERVE_SERVE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "apps/serve/request.h"
#include "hearth/hearth.h"

enum {
    SERVE_PLANS_MAX = 128,
    SERVE_TABS_MAX = 96,
    SERVE_WORKERS_MAX = 16, /* of each stage */
    SERVE_CONNECTIONS_MAX = 256,
    SERVE_MACHINE_MAX = 32, /* of them from one machine of a network */
    SERVE_REQUEST_S = 30,   /* a request that is not whole by then is cut off */
    SERVE_PLAN_S = 300      /* so is a plan */
};

enum plan_state { PLAN_NONE, PLAN_QUEUED, PLAN_RUNNING, PLAN_DONE, PLAN_INFEASIBLE, PLAN_ERROR };

enum plan_stage { STAGE_TYPICAL, STAGE_EXACT, STAGE_FULL, STAGES };

enum reasons_state { REASONS_NONE, REASONS_WANTED, REASONS_RUNNING, REASONS_DONE, REASONS_FAILED };

struct plan {
    enum plan_state state;
    enum plan_stage stage;      /* of one that is queued or running */
    enum reasons_state reasons; /* of a plan that is done */
    char hash[65];
    struct request_plan asked; /* its changes */
    int reading;               /* answers that are made of its files */
    int wanted;                /* tabs whose newest it is; the base has one more */
    long used, order;          /* least used goes first; first asked is planned first */
    double begun_s;            /* its first answer */
    atomic_bool cancel;
    char *answer; /* infeasible or error: words and messages as JSON, else NULL */
};

struct stream;
enum tab_rights { TAB_GUEST, TAB_MEMBER, TAB_OWNER }; /* by the key or token its stream brought */
struct tab {
    char name[REQUEST_TAB_MAX + 1]; /* "" free */
    enum tab_rights rights;
    int member; /* of the class; 0: none */
    long seq;
    struct plan *plan; /* the newest it asked for */
    struct stream *stream;
};

struct serve;
struct worker {
    struct serve *serve;
    enum plan_stage stage;
    pthread_t thread;
};

struct class;
struct guard;
struct later;
struct offers;
struct records;
struct serve {
    const char *path; /* of the scenario */
    struct offers *offers;
    char *text;
    size_t size;
    char scenario_hash[13]; /* enough to tell scenarios apart */
    char folder[64];
    int lock;                       /* of the folder */
    struct records *records;        /* NULL: nothing is kept */
    char token[REQUEST_SECRET + 1]; /* whoever has it may change the records and leads the class */
    bool is_classroom, caches;
    char address[16];
    atomic_int port; /* known to the polling thread from its first moment or soon after */
    int workers_count;
    struct MHD_Daemon *daemon;
    struct guard *guard;

    pthread_mutex_t mutex;
    pthread_cond_t work[STAGES];
    bool stopping;
    int resting[STAGES]; /* workers that wait for work */
    long clock;          /* counts uses */
    struct plan plans[SERVE_PLANS_MAX];
    struct tab tabs[SERVE_TABS_MAX];
    char base[65];
    bool
        remakes; /* the base was kept from another start: planned anew while nobody waits, to be a parent */
    double answered_s; /* when a quick answer was told last */
    struct near *near;
    struct parent *parent; /* what quick answers are like; NULL: none is planned yet */
    struct class *class;   /* NULL: none has begun */
    char *class_text;      /* its state as JSON, while nothing changes */
    pthread_cond_t later;
    struct later *laters; /* to be made, first asked first */
    bool answers_later;
    pthread_t later_worker;
    struct worker workers[STAGES * SERVE_WORKERS_MAX];
};

/* plans.c */
/* The scenario as it stands is wanted as long as the server runs; before workers begin. */
bool plans_base(struct serve *serve);
/* The hash of what decides a plan: the program's version, the scenario's bytes, the changes in the order of their paths. */
bool plans_hash(const struct serve *serve, const struct request_plan *asked, char ret[65]);
void plans_release(struct serve *serve,
                   const char *hash); /* mutex held: the server wants it no more */
void plans_stop(struct serve *serve); /* cancels, joins, clears the folder */
struct plan *plans_find(struct serve *serve, const char *hash); /* mutex held */
void plans_leave(struct serve *serve, struct tab *tab);         /* mutex held: wants it no more */
/* The tab (NULL: the server) wants this plan now, and what it wanted before no more; tells the tab at once when it is
   there already. NULL: all places are taken by plans that others want. Mutex held. */
struct plan *plans_want(struct serve *serve, struct tab *tab, const struct request_plan *asked);
static inline bool plans_is_settled(const struct plan *plan) { return plan->state >= PLAN_DONE; }
void plans_clear(const struct serve *serve, struct plan *plan); /* mutex held: its place is free */
/* Mutex held: what a plan that is settled says. */
void plans_tell(struct serve *serve, struct tab *tab, const struct plan *plan);

/* work.c */
struct worked {
    double begun_s;
    atomic_long still_us;
};
/* Of whoever plans in full: waits while a quick answer is made, within bounds, and not once it is cancelled (or NULL). */
void work_stand_still(struct serve *serve, struct worked *worked, const atomic_bool *cancel);
bool work_start(struct serve *serve);
void work_stop(struct serve *serve); /* once it is stopping, and no plan is wanted: joins */
void plans_queue(struct serve *serve, struct plan *plan, enum plan_stage stage); /* mutex held */
bool plans_waiting(
    struct serve *serve); /* mutex held: one is to be planned in full, and no worker free */
enum hearth_status plans_parse(struct serve *serve, const struct request_plan *asked,
                               struct hearth_context *context, struct hearth_scenario **ret);

double plans_now_s(void);

/* quick.c: answers of typical weeks and of one programme per hour, told as "approx" and "exact" before a plan is solved in
   full; and the newest full plan, with all it hangs on, for those that follow. */
struct parent;
/* Returns what comes behind this answer, or behind none. */
enum plan_stage quick_answer(struct serve *serve, const struct plan *plan, enum plan_stage stage,
                             struct hearth_scenario *scenario);
/* The scenario with these values changed; what takes time and is the same as in that plan's is taken from there. */
enum hearth_status quick_parse(struct serve *serve, struct hearth_context *context,
                               const char *const *changes, struct hearth_scenario **ret);
/* Takes a plan in full over, with what it hangs on: from now on answers are like it. Afterwards, while they are already:
   how far they may be off (parent NULL: nothing). */
struct parent *quick_keep(struct serve *serve, const struct request_plan *asked,
                          struct hearth_context *context, struct hearth_scenario *scenario,
                          struct hearth_plan *plan);
void quick_measure(struct serve *serve, struct parent *parent);
/* The base planned anew as such a plan, where that came from another start; true: this worker did so, or began to and made way
   for a plan that is waited for. Mutex held, and let go while planning. */
bool quick_remake(struct serve *serve);
void quick_stop(struct serve *serve);

/* later.c: a figure explained. RESTS: the connection does until that is made, and the request comes again with *later, its to
   free. MADE: ret_text is it, or NULL. NONE: there cannot be any. */
enum later_state { LATER_NONE, LATER_RESTS, LATER_MADE };
enum later_state later_explained(struct serve *serve, struct MHD_Connection *connection,
                                 const char *hash, const char *figure, struct later **later,
                                 const char **ret_text);
void later_free(struct later *later);
bool later_start(struct serve *serve);
void later_stop(struct serve *serve); /* once it is stopping: nothing rests any more */

/* reasons.c */
struct plan *reasons_next(struct serve *serve); /* mutex held */
void reasons_find(struct serve *serve, struct plan *plan);

/* view.c: view.json in the plan's folder. rules: as JSON, or NULL. */
bool view_write(const char *folder, const char *hash, double spent_s, const char *rules);

/* figures.c: currency, finding, money by party and a few figures of the cases; NULL: there is no such plan. */
json_t *figures_read(const struct serve *serve, const char *hash);

/* folder.c: removes what killed servers left behind, makes this one's own */
bool folder_make(struct serve *serve);
void folder_leave(struct serve *serve);
void folder_clear(const char *path); /* with the files in it */
bool folder_parents(char *path);     /* makes each folder of a path but its last part */

/* cache.c: the base from the last start into this server's folder, if it still holds; and for the next start */
bool cache_take(const struct serve *serve, const char *hash);
void cache_give(const struct serve *serve, const char *hash);

/* home.c: the first address on a local network, and how many there are */
bool home_find(struct request_home *ret, int *ret_count);

/* secret.c */
bool secret_new(char ret[REQUEST_SECRET + 1]);
bool secret_code(char ret[REQUEST_CODE + 1]);

/* api_class.c: the plan of a proposal has an end; mutex held. figures: NULL: not read yet. */
void classroom_found(struct serve *serve, struct plan *plan, json_t *figures);
void classroom_end(struct serve *serve); /* mutex held, or alone */
long classroom_now_s(void);

/* events.c */
enum MHD_Result events_open(struct serve *serve, struct MHD_Connection *connection,
                            const char *name, /* of the tab */
                            enum tab_rights rights, int member);
/* To each tab that may know; mutex held. */
void events_class(struct serve *serve, const char *data);
void events_records(struct serve *serve, const char *kind);
/* A member, or all (0), are guests again; mutex held. */
void events_forget(struct serve *serve, int member);
void events_send(struct serve *serve, struct tab *tab, const char *event,
                 const char *data);    /* mutex held */
void events_beat(struct serve *serve); /* every second: a closed tab is noticed by writing to it */
void events_stop(struct serve *serve);

/* guard.c: requests that never become whole are cut off */
struct guard *guard_new(void);
void guard_free(struct guard *guard);
void guard_connection(void *data, struct MHD_Connection *connection, void **socket_context,
                      enum MHD_ConnectionNotificationCode code);
void guard_answering(struct MHD_Connection *connection, bool answering);
void guard_sweep(struct guard *guard);

/* answer.c: every answer carries the same protecting headers */
enum MHD_Result answer_text(struct MHD_Connection *connection, unsigned status, const char *kind,
                            const char *text);
enum MHD_Result answer_words(struct MHD_Connection *connection, unsigned status, const char *words);
enum MHD_Result answer_file(struct MHD_Connection *connection, const char *path, const char *kind,
                            bool is_report);
enum MHD_Result answer_page(struct MHD_Connection *connection, const char *path); /* embedded */
void answer_protect(struct MHD_Response *response, bool is_report);

/* api.c */
enum MHD_Result api_request(void *data, struct MHD_Connection *connection, const char *url,
                            const char *method, const char *version, const char *upload,
                            size_t *upload_size, void **context);
void api_completed(void *data, struct MHD_Connection *connection, void **context,
                   enum MHD_RequestTerminationCode code);

#endif
