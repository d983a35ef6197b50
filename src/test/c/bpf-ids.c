// SPDX-License-Identifier: Apache-2.0
/* Prints the id of every BPF program, map and link alive in the kernel, one a line. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int print_ids(const char *kind, int command)
{
	union bpf_attr attr;
	unsigned int id = 0;

	for (;;) {
		memset(&attr, 0, sizeof(attr));
		attr.start_id = id;
		if (syscall(SYS_bpf, command, &attr, sizeof(attr)))
			break;
		id = attr.next_id;
		printf("%s %u\n", kind, id);
	}
	if (errno == ENOENT)
		return 0;
	fprintf(stderr, "bpf-ids: %s: %s\n", kind, strerror(errno));
	return 1;
}

int main(void)
{
	return print_ids("program", BPF_PROG_GET_NEXT_ID) |
	       print_ids("map", BPF_MAP_GET_NEXT_ID) | print_ids("link", BPF_LINK_GET_NEXT_ID);
}
