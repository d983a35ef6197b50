package io.weir.agent.bpf;

import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the best plan this kernel takes: tries the best that its types promise, and after each refusal
 * the next best. One thread.
 */
public final class AttachPlanner {
    /** Without these in typed form a plan falls back to the hash map, where kprobes can serve. */
    private static final List<Hook> ESSENTIAL = List.of(Hook.STATE, Hook.SEND, Hook.RECEIVE);

    /** In order of preference. */
    private static final List<Step> TRACING = List.of(Step.FENTRY, Step.KPROBE, Step.TP_BTF);

    private static final List<Step> TYPED = List.of(Step.FENTRY, Step.TP_BTF);
    private static final List<String> STORAGE_HELPERS =
            List.of(
                    "unknown func bpf_sk_storage_get",
                    "unknown func bpf_get_socket_cookie",
                    "program of this type cannot use helper bpf_sk_storage_get",
                    "program of this type cannot use helper bpf_get_socket_cookie");

    private final byte[] elf;
    private final ProbeSettings settings;
    private final KernelFeatures kernel;
    private final StepBook book;
    private final Set<Companion> refusedCompanions = EnumSet.noneOf(Companion.class);
    private boolean storage = true;

    public AttachPlanner(byte[] elf, ProbeSettings settings, KernelFeatures kernel) {
        this.elf = elf.clone();
        this.settings = settings;
        this.kernel = kernel;
        try (BpfObject object = BpfObject.open(this.elf)) {
            book = new StepBook(kernel, object, settings.allowed());
        }
    }

    /**
     * Loads and attaches.
     *
     * @throws BpfException where no step is left, with the last reason
     */
    public TcpProbe attach() {
        while (true) {
            AttachPlan plan = next();
            try {
                return TcpProbe.attach(elf, plan, settings, kernel);
            } catch (BpfException.VerifierRejected refused) {
                learn(plan, refused.program(), refused.reason(), refused.log());
            } catch (AttachRefusedException refused) {
                learn(plan, refused.program(), refused.getMessage(), "");
            }
        }
    }

    /**
     * Tries every step of every hook for itself, so that a report can say of each whether it would
     * work. Attaches each for a moment.
     */
    public Map<Hook, List<StepVerdict>> tryEveryStep() {
        for (Hook hook : Hook.values()) {
            for (Step step : Step.values()) {
                if (book.open(hook, step)) {
                    book.record(hook, tryAlone(hook, step));
                }
            }
        }
        return book.all();
    }

    private StepVerdict tryAlone(Hook hook, Step step) {
        StatePlace state = place(Programs.typed(step));
        AttachPlan alone = new AttachPlan(Map.of(hook, step), state, Set.of(), Map.of());
        try (TcpProbe probe = TcpProbe.attach(elf, alone, settings, kernel)) {
            return new StepVerdict(probe.plan().steps().get(hook), Verdict.YES, "");
        } catch (BpfException.VerifierRejected refused) {
            return lacksStorage(alone, refused.log())
                    ? tryAlone(hook, step)
                    : new StepVerdict(step, Verdict.NO, refused.reason());
        } catch (BpfException | AttachRefusedException refused) {
            return new StepVerdict(step, Verdict.NO, refused.getMessage());
        } catch (SystemCallException unclear) {
            return new StepVerdict(step, Verdict.UNKNOWN, unclear.getMessage());
        }
    }

    private StatePlace place(boolean typed) {
        return typed && storage ? StatePlace.SOCKET_STORAGE : StatePlace.HASH_MAP;
    }

    /** The best plan that is still open. */
    private AttachPlan next() {
        boolean typed = storage && ESSENTIAL.stream().noneMatch(this::needsKprobe);
        Map<Hook, Step> steps = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            Step step = first(hook, typed ? TYPED : TRACING);
            if (step != null) {
                steps.put(hook, step);
            }
        }
        return steps.containsKey(Hook.STATE)
                ? new AttachPlan(steps, place(typed), companions(steps, typed), book.all())
                : sockOps();
    }

    private Set<Companion> companions(Map<Hook, Step> steps, boolean typed) {
        Set<Companion> companions = EnumSet.of(Companion.STATE_WITNESS);
        boolean tracepoint = book.open(Hook.STATE, Step.TP_BTF);
        if (tracepoint && steps.get(Hook.STATE) != Step.TP_BTF) {
            companions.add(Companion.STATE_TRACEPOINT);
        }
        if (typed) {
            companions.add(Companion.SWEEP);
            companions.add(Companion.DESTROY_TRACEPOINT);
        } else {
            companions.add(Companion.COOKIES);
        }
        companions.removeAll(refusedCompanions);
        return companions;
    }

    private AttachPlan sockOps() {
        if (!book.open(Hook.STATE, Step.SOCKOPS)) {
            throw nothingLeft();
        }
        Map<Hook, Step> steps = new EnumMap<>(Hook.class);
        steps.put(Hook.STATE, Step.SOCKOPS);
        steps.put(Hook.SEND, Step.SOCKOPS);
        steps.put(Hook.RECEIVE, Step.SOCKOPS);
        steps.put(Hook.RETRANSMIT, Step.SOCKOPS);
        return new AttachPlan(
                steps, place(true), storage ? Set.of() : Set.of(Companion.COOKIES), book.all());
    }

    private boolean needsKprobe(Hook hook) {
        return first(hook, TYPED) == null && first(hook, TRACING) != null;
    }

    private Step first(Hook hook, List<Step> order) {
        return order.stream().filter(step -> book.open(hook, step)).findFirst().orElse(null);
    }

    private void learn(AttachPlan plan, String program, String reason, String log) {
        if (lacksStorage(plan, log)) {
            return;
        }
        Optional<Companion> companion =
                plan.companions().stream().filter(c -> c.program().equals(program)).findAny();
        if (companion.isPresent()) {
            learn(plan, companion.get(), reason);
            return;
        }
        List<Hook> served =
                plan.steps().keySet().stream()
                        .filter(hook -> Programs.of(hook, plan.steps().get(hook)).equals(program))
                        .toList();
        if (served.isEmpty()) {
            throw new IllegalStateException(program + " is in no plan and was refused: " + reason);
        }
        served.forEach(hook -> refuse(hook, plan.steps().get(hook), reason));
    }

    private void learn(AttachPlan plan, Companion companion, String reason) {
        boolean tellsApart = !companion.tracing() && plan.state() == StatePlace.HASH_MAP;
        if (tellsApart) {
            throw new BpfException.NotPermitted(
                    "sockets cannot be told apart: " + reason + " (needs the root cgroup, v2)");
        }
        refusedCompanions.add(companion);
        if (companion == Companion.STATE_TRACEPOINT) {
            book.refuse(Hook.STATE, Step.TP_BTF, reason);
        }
    }

    private void refuse(Hook hook, Step step, String reason) {
        if (reason.contains(Errno.name(Errno.EPERM))) {
            book.refuseEverywhere(step, reason);
        } else {
            book.refuse(hook, step, reason);
        }
    }

    /** Whether the verifier knows no socket storage, and then remembers it. */
    private boolean lacksStorage(AttachPlan plan, String log) {
        boolean lacks =
                plan.state() == StatePlace.SOCKET_STORAGE
                        && STORAGE_HELPERS.stream().anyMatch(log::contains);
        if (lacks) {
            storage = false;
        }
        return lacks;
    }

    private RuntimeException nothingLeft() {
        String reason =
                book.all().get(Hook.STATE).stream()
                        .filter(verdict -> !verdict.reason().isEmpty())
                        .map(verdict -> verdict.step().key() + ": " + verdict.reason())
                        .reduce((a, b) -> a + "; " + b)
                        .orElse("no step allowed");
        return reason.contains(Errno.name(Errno.EPERM))
                ? new BpfException.NotPermitted("no hook can be attached: " + reason)
                : new BpfException.NotSupported("no hook can be attached: " + reason, "5.10");
    }

    /** A program loaded, and the kernel would not attach it. */
    static final class AttachRefusedException extends RuntimeException {
        private final String program;

        AttachRefusedException(String program, SystemCallException cause) {
            super("attach refused, " + Errno.name(cause.errno()), cause);
            this.program = program;
        }

        String program() {
            return program;
        }
    }
}
