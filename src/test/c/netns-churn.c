// SPDX-License-Identifier: Apache-2.0
/* Makes network namespaces and lets them go: netns-churn COUNT ALIVE
 *
 * COUNT namespaces, ALIVE of them at a time, each held by a process of its own that listens on one
 * port of loopback. Prints nothing; ends when the last process has ended.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void listen_in_a_new_namespace(int ready)
{
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_port = htons(7) };
	int fd;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (unshare(CLONE_NEWNET))
		_exit(1);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(fd, (struct sockaddr *)&any, sizeof(any)) || listen(fd, 1))
		_exit(1);
	if (write(ready, "", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	int count, alive, ready[2], status;
	pid_t *children;
	char byte;

	if (argc != 3 || pipe(ready)) {
		fprintf(stderr, "usage: netns-churn COUNT ALIVE\n");
		return 2;
	}
	count = atoi(argv[1]);
	alive = atoi(argv[2]);
	children = calloc(alive, sizeof(*children));
	for (int i = 0; i < count + alive; i++) {
		pid_t *slot = &children[i % alive];

		if (*slot) {
			kill(*slot, SIGKILL);
			waitpid(*slot, &status, 0);
			if (WIFEXITED(status))
				return 1;
		}
		*slot = 0;
		if (i >= count)
			continue;
		*slot = fork();
		if (*slot == 0)
			listen_in_a_new_namespace(ready[1]);
		if (*slot < 0 || read(ready[0], &byte, 1) != 1)
			return 1;
	}
	return 0;
}
