// SPDX-License-Identifier: Apache-2.0
/* Errors, addresses, namespaces. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "traffic.h"

static void complain(const char *fmt, va_list args, int err)
{
	fputs("traffic: ", stderr);
	vfprintf(stderr, fmt, args);
	if (err)
		fprintf(stderr, ": %s", strerror(err));
	fputc('\n', stderr);
}

void die(const char *fmt, ...)
{
	int err = errno;
	va_list args;

	va_start(args, fmt);
	complain(fmt, args, err);
	va_end(args);
	_exit(1);
}

void skip(const char *fmt, ...)
{
	int err = errno;
	va_list args;

	va_start(args, fmt);
	complain(fmt, args, err);
	va_end(args);
	_exit(EXIT_SKIP);
}

void check(bool ok, const char *what)
{
	if (ok)
		return;
	errno = 0;
	die("self-check failed: %s", what);
}

void sleep_ms(unsigned int ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	nanosleep(&t, NULL);
}

uint64_t min_u64(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

struct sockaddr_storage address_of(const char *text, unsigned int port)
{
	struct sockaddr_storage a = { 0 };
	struct sockaddr_in *v4 = (struct sockaddr_in *)&a;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&a;

	if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(port);
	} else if (inet_pton(AF_INET6, text, &v6->sin6_addr) == 1) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(port);
	} else {
		errno = 0;
		die("not an IP address: %s", text);
	}
	return a;
}

socklen_t address_len(const struct sockaddr_storage *a)
{
	return a->ss_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

unsigned int port_of(const struct sockaddr_storage *a)
{
	if (a->ss_family == AF_INET)
		return ntohs(((const struct sockaddr_in *)a)->sin_port);
	return ntohs(((const struct sockaddr_in6 *)a)->sin6_port);
}

struct sockaddr_storage local_name(int fd)
{
	struct sockaddr_storage a = { 0 };
	socklen_t len = sizeof(a);

	if (getsockname(fd, (struct sockaddr *)&a, &len))
		die("getsockname");
	return a;
}

static int home_netns = -1;

/* A socket belongs to the namespace it was made in, so entering one briefly is enough. */
void enter_netns(const char *path)
{
	int fd;

	if (!path)
		return;
	if (home_netns < 0)
		home_netns = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (home_netns < 0 || fd < 0)
		die("open namespace %s", path);
	if (setns(fd, CLONE_NEWNET))
		die("setns %s", path);
	close(fd);
}

void leave_netns(void)
{
	if (home_netns >= 0 && setns(home_netns, CLONE_NEWNET))
		die("setns back");
}

/* A namespace of the process's own with lo up; gone with the process. */
void private_netns(void)
{
	struct ifreq ifr = { .ifr_name = "lo" };
	int fd;

	if (unshare(CLONE_NEWNET))
		die("unshare(CLONE_NEWNET), which needs root");
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ifr.ifr_flags = IFF_UP;
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &ifr))
		die("lo up");
	close(fd);
}

void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		die("write %s", path);
	close(fd);
}

void abort_on_close(int fd)
{
	struct linger l = { .l_onoff = 1, .l_linger = 0 };

	if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof(l)))
		die("SO_LINGER");
}
