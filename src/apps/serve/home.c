/* The address of this machine on its local network. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <string.h>

#include "apps/serve/serve.h"

bool home_find(struct request_home *ret, int *ret_count) {
    struct ifaddrs *all = NULL;
    *ret_count = 0;
    if (getifaddrs(&all) != 0) {
        return false;
    }
    for (const struct ifaddrs *one = all; one; one = one->ifa_next) {
        struct request_home home = {.port = ret->port};
        struct sockaddr_in address;
        char text[INET_ADDRSTRLEN];
        if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET) {
            continue;
        }
        memcpy(&address, one->ifa_addr, sizeof address);
        if (inet_ntop(AF_INET, &address.sin_addr, text, sizeof text) &&
            strncmp(text, "127.", 4) != 0 && request_home_read(text, &home)) {
            *ret = *ret_count == 0 ? home : *ret;
            (*ret_count)++;
        }
    }
    freeifaddrs(all);
    return *ret_count > 0;
}
