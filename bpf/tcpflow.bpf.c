// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * TCP connections, told by the kernel. A hook is only a trigger: what is reported are the
 * socket's own cumulative counters. Every hook exists as fexit/fentry, kprobe and tp_btf; the
 * agent loads one of them (io.weir.agent.bpf.AttachPlan).
 */
#include "report.bpf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

static __always_inline bool connected(__u8 state)
{
	return state != TCP_CLOSE && state != TCP_LISTEN && state != TCP_NEW_SYN_RECV &&
	       state != TCP_TIME_WAIT;
}

/*
 * The state of a socket of which there is none, met in @state: either it is just opening, or it is
 * older than us. A child can be accepted on one CPU while another establishes it: both may meet it,
 * so nothing is reset here.
 */
static __always_inline struct conn *meet(enum via via, const struct sock_ref *s, __u8 state)
{
	struct conn *c = conn_of(via, s, true);

	if (!c)
		return NULL;
	if (state == TCP_SYN_SENT || state == TCP_SYN_RECV) {
		c->flags |= state == TCP_SYN_SENT ? WEIR_CLIENT : WEIR_SERVER;
		if (!c->open_ns)
			c->open_ns = bpf_ktime_get_ns();
	} else {
		c->flags |= WEIR_ADOPTED;
	}
	c->states |= BIT(state);
	return c;
}

/* connect() on this socket; another program may have told it already. */
static __always_inline void begin_connect(struct conn *c)
{
	if (!c->marks && c->states == BIT(TCP_SYN_SENT))
		return;
	conn_open(c, WEIR_CLIENT);
	c->states = BIT(TCP_SYN_SENT);
}

static __always_inline void establish(struct conn *c)
{
	c->states |= BIT(TCP_ESTABLISHED);
	if (!c->established_ns && !(c->flags & WEIR_ADOPTED))
		c->established_ns = bpf_ktime_get_ns();
}

/* Something moved on @s: report its counters if its interval has passed. */
static __always_inline int on_activity(enum via via, const struct sock_ref *s, bool in_owner)
{
	struct conn *c = conn_of(via, s, false);
	__u8 state;

	if (c && (c->pid || !in_owner) && bpf_jiffies64() - c->tried < interval_jiffies)
		return 0;
	state = GET(via, s->sk, __sk_common.skc_state);
	if (!connected(state))
		return 0;
	if (!c)
		c = meet(via, s, state);
	if (!c)
		return 0;
	if (in_owner && !c->pid)
		own(via, c);
	if (c->marks & CLOSE_REPORTED)
		return 0;
	/* a connection is told of when established; one in its handshake is not moving data yet */
	if (!(c->states & BIT(TCP_ESTABLISHED)) && state == TCP_SYN_SENT)
		return 0;
	if (!c->tried || bpf_jiffies64() - c->tried >= interval_jiffies)
		report(via, s, c, 0, state, state);
	return 0;
}

/* connect() and accept() run in the owner's context: @s belongs to the current process. */
static __always_inline int on_owner(enum via via, const struct sock_ref *s)
{
	__u8 state = GET(via, s->sk, __sk_common.skc_state);
	struct conn *c = conn_of(via, s, false);

	if (!c && connected(state))
		c = meet(via, s, state);
	if (c)
		own(via, c);
	return 0;
}

/*
 * sock_ops tells that @s opens, in @state, and perhaps that its handshake is done. The kernel never
 * skips a sock_ops program. It skips a tracing program that is already running on the same CPU: in a
 * preempted task, or in one that a softirq interrupted.
 */
static __always_inline void on_open(const struct sock_ref *s, __u8 state, bool established)
{
	struct conn *c = conn_of(VIA_SOCKOPS, s, false);

	if (!c)
		c = meet(VIA_SOCKOPS, s, state);
	if (!c)
		return;
	if (state == TCP_SYN_SENT && !established)
		begin_connect(c);
	if (established)
		establish(c);
}

/* A listener appeared (process context: listen()) or went. Listeners have no state of their own. */
static __always_inline void on_listener(enum via via, const struct sock_ref *s, __u8 old_state,
					__u8 state)
{
	struct conn c = {};

	c.flags = WEIR_LISTEN;
	c.marks = OPEN_REPORTED;
	if (state == TCP_LISTEN)
		own(via, &c);
	report(via, s, &c, state == TCP_LISTEN ? WEIR_OPENED : WEIR_CLOSED, old_state, state);
}

/* FIN_WAIT1 tells nothing: a socket of Fast Open goes there from SYN_RECV, too. */
static __always_inline bool was_established(__u8 state)
{
	return state == TCP_ESTABLISHED || state == TCP_FIN_WAIT2 || state == TCP_CLOSE_WAIT ||
	       state == TCP_LAST_ACK || state == TCP_CLOSING;
}

static __always_inline void on_close(enum via via, const struct sock_ref *s, struct conn *c,
				     __u8 old_state)
{
	__u16 flags = WEIR_CLOSED;

	if (c->marks & CLOSE_REPORTED)
		return;
	if (!c->established_ns && !(c->flags & WEIR_ADOPTED) && !was_established(old_state))
		flags |= WEIR_FAILED;
	report(via, s, c, flags, old_state, TCP_CLOSE);
	c->marks |= CLOSE_REPORTED;
	conn_forget(via, s);
}

/* The state of @s goes from @old_state to @state: mostly softirq, current is anybody. */
static __always_inline int on_state(enum via via, const struct sock_ref *s, __u8 old_state,
				    __u8 state)
{
	struct conn *c;

	if (old_state == TCP_CLOSE && state == TCP_CLOSE)
		return 0;
	if (state == TCP_LISTEN || (old_state == TCP_LISTEN && state == TCP_CLOSE)) {
		on_listener(via, s, old_state, state);
		return 0;
	}
	c = conn_of(via, s, false);
	if (!c)
		c = meet(via, s, connected(old_state) ? old_state : state);
	if (!c)
		return 0;
	if (state == TCP_SYN_SENT) {
		begin_connect(c);
		if (!c->pid)
			own(via, c);	/* CLOSE → SYN_SENT happens only in connect() */
	}
	c->states |= BIT(state & 15);
	switch (state) {
	case TCP_ESTABLISHED:
		establish(c);
		if (!(c->marks & OPEN_REPORTED))
			report(via, s, c, 0, old_state, state);
		break;
	case TCP_FIN_WAIT1:
		if (!(c->flags & WEIR_REMOTE_FIRST))
			c->flags |= WEIR_LOCAL_FIRST;
		break;
	case TCP_CLOSE_WAIT:
		if (!(c->flags & WEIR_LOCAL_FIRST))
			c->flags |= WEIR_REMOTE_FIRST;
		break;
	case TCP_CLOSE:
		on_close(via, s, c, old_state);
		break;
	}
	return 0;
}

/* ---- typed pointers: fentry, fexit, tp_btf, iter ---- */

static __always_inline int btf_activity(struct sock *sk, bool in_owner)
{
	struct sock_ref s = { .ref = sk, .sk = sk };

	if (!sk || !is_tcp(VIA_BTF, sk))
		return 0;
	s.tp = bpf_skc_to_tcp_sock(sk);
	return s.tp ? on_activity(VIA_BTF, &s, in_owner) : 0;
}

static __always_inline int btf_owner(struct sock *sk)
{
	struct sock_ref s = { .ref = sk, .sk = sk };

	return sk && is_tcp(VIA_BTF, sk) ? on_owner(VIA_BTF, &s) : 0;
}

static __always_inline int btf_state(struct sock *sk, int old_state, int state)
{
	struct sock_ref s = { .ref = sk, .sk = sk };

	if (!is_tcp(VIA_BTF, sk))
		return 0;
	s.tp = bpf_skc_to_tcp_sock(sk);
	return s.tp ? on_state(VIA_BTF, &s, old_state, state) : 0;
}

SEC("fexit/tcp_sendmsg")
int BPF_PROG(send_fentry, struct sock *sk)
{
	return btf_activity(sk, true);
}

SEC("fentry/tcp_cleanup_rbuf")
int BPF_PROG(receive_fentry, struct sock *sk)
{
	return btf_activity(sk, true);
}

/* A listener comes without tcp_set_state: the tracepoint alone tells of listeners. */
SEC("fentry/tcp_set_state")
int BPF_PROG(state_fentry, struct sock *sk, int state)
{
	__u8 old_state = sk->__sk_common.skc_state;

	return old_state == TCP_LISTEN ? 0 : btf_state(sk, old_state, state);
}

SEC("fentry/tcp_retransmit_skb")
int BPF_PROG(retransmit_fentry, struct sock *sk)
{
	return btf_activity(sk, false);
}

SEC("fexit/tcp_connect")
int BPF_PROG(connect_fentry, struct sock *sk)
{
	return btf_owner(sk);
}

/*
 * The return value stands behind the arguments, whose number differs by kernel. In assembly, for
 * clang would compute the address, and the verifier wants a constant offset from the context.
 */
SEC("fexit/inet_csk_accept")
int accept_fentry(unsigned long long *ctx)
{
	struct sock *sk;

	if (accept_args == 2)
		asm volatile("%0 = *(u64 *)(%1 + 16)" : "=r"(sk) : "r"(ctx));
	else
		asm volatile("%0 = *(u64 *)(%1 + 32)" : "=r"(sk) : "r"(ctx));
	return btf_owner(sk);
}

SEC("tp_btf/sock_send_length")
int BPF_PROG(send_tp, struct sock *sk)
{
	return btf_activity(sk, true);
}

SEC("tp_btf/tcp_rcv_space_adjust")
int BPF_PROG(receive_tp, struct sock *sk)
{
	return btf_activity(sk, true);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(state_tp, struct sock *sk, int old_state, int state)
{
	bool listener = state == TCP_LISTEN || (old_state == TCP_LISTEN && state == TCP_CLOSE);

	if (tracepoint_supplements && !listener)
		return 0;
	return btf_state(sk, old_state, state);
}

SEC("tp_btf/tcp_retransmit_skb")
int BPF_PROG(retransmit_tp, struct sock *sk)
{
	return btf_activity(sk, false);
}

/*
 * The last witness of a close, for connections older than us: both programs of the state hook can be
 * skipped. Counters are still there, unless the socket was aborted by tcp_disconnect().
 */
SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(destroy_tp, struct sock *sk)
{
	struct sock_ref s = { .ref = sk, .sk = sk };
	struct conn *c;

	if (!is_tcp(VIA_BTF, sk))
		return 0;
	s.tp = bpf_skc_to_tcp_sock(sk);
	if (!s.tp)
		return 0;
	c = conn_of(VIA_BTF, &s, false);
	if (c && c->states && !(c->marks & CLOSE_REPORTED))
		on_close(VIA_BTF, &s, c, TCP_CLOSE);
	return 0;
}

/* Once per window: what moved since a socket's last report, and no hook was due to tell. */
SEC("iter/bpf_sk_storage_map")
int sweep(struct bpf_iter__bpf_sk_storage_map *ctx)
{
	struct sock_ref s = { .ref = ctx->sk, .sk = ctx->sk };
	struct conn *c = ctx->value;
	__u8 state;

	if (!s.sk || !c || !is_tcp(VIA_BTF, s.sk))
		return 0;
	s.tp = bpf_skc_to_tcp_sock(s.sk);
	if (!s.tp || c->marks & CLOSE_REPORTED || !c->states)
		return 0;
	if (c->marks & OPEN_REPORTED && s.tp->bytes_sent == c->reported_sent &&
	    s.tp->bytes_received == c->reported_received)
		return 0;
	state = s.sk->__sk_common.skc_state;
	if (connected(state) && state != TCP_SYN_SENT)
		report(VIA_BTF, &s, c, WEIR_SWEPT, state, state);
	return 0;
}

/* ---- bare pointers: kprobe ---- */

static __always_inline struct sock_ref kprobe_sock(struct sock *sk)
{
	struct sock_ref s = { .ref = sk, .sk = sk, .tp = (struct tcp_sock *)sk };

	return s;
}

static __always_inline int kprobe_activity(struct sock *sk, bool in_owner)
{
	struct sock_ref s = kprobe_sock(sk);

	return is_tcp(VIA_KPROBE, sk) ? on_activity(VIA_KPROBE, &s, in_owner) : 0;
}

SEC("kprobe/tcp_sendmsg")
int BPF_KPROBE(send_kprobe, struct sock *sk)
{
	return kprobe_activity(sk, true);
}

SEC("kprobe/tcp_cleanup_rbuf")
int BPF_KPROBE(receive_kprobe, struct sock *sk)
{
	return kprobe_activity(sk, true);
}

SEC("kprobe/tcp_set_state")
int BPF_KPROBE(state_kprobe, struct sock *sk, int state)
{
	struct sock_ref s = kprobe_sock(sk);
	__u8 old_state = GET(VIA_KPROBE, sk, __sk_common.skc_state);

	if (old_state == TCP_LISTEN || !is_tcp(VIA_KPROBE, sk))
		return 0;
	return on_state(VIA_KPROBE, &s, old_state, state);
}

SEC("kprobe/tcp_retransmit_skb")
int BPF_KPROBE(retransmit_kprobe, struct sock *sk)
{
	return kprobe_activity(sk, false);
}

SEC("kprobe/tcp_connect")
int BPF_KPROBE(connect_kprobe, struct sock *sk)
{
	struct sock_ref s = kprobe_sock(sk);

	return is_tcp(VIA_KPROBE, sk) ? on_owner(VIA_KPROBE, &s) : 0;
}

SEC("kretprobe/inet_csk_accept")
int BPF_KRETPROBE(accept_kprobe, struct sock *sk)
{
	struct sock_ref s = kprobe_sock(sk);

	return sk && is_tcp(VIA_KPROBE, sk) ? on_owner(VIA_KPROBE, &s) : 0;
}

/* ---- sock_ops on the root cgroup, where tracing is refused ---- */

#define CALLBACKS                                                                                  \
	(BPF_SOCK_OPS_STATE_CB_FLAG | BPF_SOCK_OPS_RTT_CB_FLAG | BPF_SOCK_OPS_RETRANS_CB_FLAG)

/* @return whether @ops is about a connection or a listener, which @s then names */
static __always_inline bool sockops_sock(struct bpf_sock_ops *ops, struct sock_ref *s)
{
	struct bpf_sock *bpf_sk = ops->sk;

	if (!bpf_sk)
		return false;
	s->ref = ops;
	s->tp = bpf_skc_to_tcp_sock(bpf_sk);
	if (!s->tp)
		return false;
	s->sk = &s->tp->inet_conn.icsk_inet.sk;
	return true;
}

static __always_inline void sockops_open(const struct sock_ref *s, __u32 op)
{
	switch (op) {
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
		on_open(s, TCP_SYN_SENT, false);
		break;
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
		on_open(s, TCP_SYN_SENT, true);
		break;
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		/* Fast Open: the child can speak, and its handshake is not done */
		on_open(s, TCP_SYN_RECV, !s->tp->fastopen_rsk);
		break;
	}
}

SEC("sockops")
int all_sockops(struct bpf_sock_ops *ops)
{
	struct sock_ref s;

	if (!sockops_sock(ops, &s))
		return 1;
	sockops_open(&s, ops->op);
	switch (ops->op) {
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags | CALLBACKS);
		break;
	case BPF_SOCK_OPS_TCP_LISTEN_CB:
		bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags |
						BPF_SOCK_OPS_STATE_CB_FLAG);
		on_listener(VIA_SOCKOPS, &s, TCP_CLOSE, TCP_LISTEN);
		break;
	case BPF_SOCK_OPS_STATE_CB:
		on_state(VIA_SOCKOPS, &s, ops->args[0], ops->args[1]);
		break;
	case BPF_SOCK_OPS_RTT_CB:
	case BPF_SOCK_OPS_RETRANS_CB:
		on_activity(VIA_SOCKOPS, &s, false);
		break;
	}
	return 1;
}

/* ---- beside the tracing programs ---- */

/*
 * The witness of opens and state changes that is never skipped; before 5.12 also what gives an
 * accepted socket its cookie. A connection that another program has closed is not begun anew.
 */
SEC("sockops")
int witness_sockops(struct bpf_sock_ops *ops)
{
	struct sock_ref s;

	if (!sockops_sock(ops, &s))
		return 1;
	sockops_open(&s, ops->op);
	switch (ops->op) {
	case BPF_SOCK_OPS_TCP_CONNECT_CB:
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags |
						BPF_SOCK_OPS_STATE_CB_FLAG);
		break;
	case BPF_SOCK_OPS_STATE_CB:
		/* in a hash map the last program to be called must be the one that deletes */
		if (ops->args[1] == TCP_CLOSE && !use_storage && !tracepoint_supplements)
			break;
		if (conn_of(VIA_SOCKOPS, &s, false))
			on_state(VIA_SOCKOPS, &s, ops->args[0], ops->args[1]);
		break;
	}
	return 1;
}

/* Before 5.12 a socket gets its cookie only when somebody asks for it. */
SEC("cgroup/sock_create")
int cookie_create(struct bpf_sock *sk)
{
	bpf_get_socket_cookie(sk);
	return 1;
}
