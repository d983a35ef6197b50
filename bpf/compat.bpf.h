/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * One handler for every way of being called. The way is a compile-time constant in each always
 * inlined copy, so what a program type may not do is not even compiled into it.
 */
#ifndef WEIR_COMPAT_BPF_H
#define WEIR_COMPAT_BPF_H

#include "kernel.bpf.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

enum via {
	/* fentry, fexit, tp_btf, iter: typed pointers, direct loads (allowed in lockdown) */
	VIA_BTF,
	/* kprobe: bare pointers, read through bpf_probe_read_kernel */
	VIA_KPROBE,
	/* sock_ops: typed pointers, no current task */
	VIA_SOCKOPS,
};

/* Read @p->@field the way @via may. */
#define GET(via, p, field)                                                                         \
	({                                                                                         \
		typeof(p) __p = (p);	/* or CO-RE would relocate the way to p, too */            \
		typeof(__p->field) __got;                                                          \
		if ((via) == VIA_KPROBE)                                                           \
			bpf_core_read(&__got, sizeof(__got), &__p->field);                          \
		else                                                                               \
			__got = __p->field;                                                        \
		__got;                                                                             \
	})

#define BIT(n) (1U << (n))

#endif
