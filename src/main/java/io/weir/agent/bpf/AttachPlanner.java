package io.weir.agent.bpf;

import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.agent.sys.Errno;
import io.weir.agent.sys.SystemCallException;
import io.weir.config.Hook;
import io.weir.config.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the best plan this kernel takes: tries the best that its types promise, and after each refusal
 * the next best. One thread.
 */
public final class AttachPlanner {
    /** Without these in typed form a plan falls back to the hash map, where kprobes can serve. */
    private static final List<Hook> ESSENTIAL = List.of(Hook.STATE, Hook.SEND, Hook.RECEIVE);

    private final byte[] elf;
    private final ProbeSettings settings;
    private final KernelFeatures kernel;
    private final StepBook book;
    private boolean storage = true;
    private boolean sweep = true;
    private boolean destroy = true;

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
        StatePlace state =
                Programs.typed(step) && storage ? StatePlace.SOCKET_STORAGE : StatePlace.HASH_MAP;
        AttachPlan alone = new AttachPlan(Map.of(hook, step), state, false, false, false, Map.of());
        try (TcpProbe probe = TcpProbe.attach(elf, alone, settings, kernel)) {
            return new StepVerdict(probe.plan().steps().get(hook), Verdict.YES, "");
        } catch (BpfException.VerifierRejected refused) {
            if (state == StatePlace.SOCKET_STORAGE && lacksStorage(refused.log())) {
                storage = false;
                return tryAlone(hook, step);
            }
            return new StepVerdict(step, Verdict.NO, refused.reason());
        } catch (BpfException | AttachRefusedException refused) {
            return new StepVerdict(step, Verdict.NO, refused.getMessage());
        } catch (SystemCallException unclear) {
            return new StepVerdict(step, Verdict.UNKNOWN, unclear.getMessage());
        }
    }

    /** The best plan that is still open. */
    private AttachPlan next() {
        boolean typed = storage && ESSENTIAL.stream().noneMatch(this::needsKprobe);
        Map<Hook, Step> steps = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            Step step = typed ? typedStep(hook) : anyTracingStep(hook);
            if (step != null) {
                steps.put(hook, step);
            }
        }
        if (!steps.containsKey(Hook.STATE)) {
            return sockOps();
        }
        boolean tracepoint =
                steps.get(Hook.STATE) != Step.TP_BTF && book.open(Hook.STATE, Step.TP_BTF);
        return new AttachPlan(
                steps,
                typed ? StatePlace.SOCKET_STORAGE : StatePlace.HASH_MAP,
                tracepoint,
                typed && destroy && book.open(Hook.STATE, Step.TP_BTF),
                typed && sweep,
                book.all());
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
                steps,
                storage ? StatePlace.SOCKET_STORAGE : StatePlace.HASH_MAP,
                false,
                false,
                false,
                book.all());
    }

    private boolean needsKprobe(Hook hook) {
        return typedStep(hook) == null && anyTracingStep(hook) != null;
    }

    private Step typedStep(Hook hook) {
        if (book.open(hook, Step.FENTRY)) {
            return Step.FENTRY;
        }
        return book.open(hook, Step.TP_BTF) ? Step.TP_BTF : null;
    }

    private Step anyTracingStep(Hook hook) {
        if (book.open(hook, Step.FENTRY)) {
            return Step.FENTRY;
        }
        if (book.open(hook, Step.KPROBE)) {
            return Step.KPROBE;
        }
        return book.open(hook, Step.TP_BTF) ? Step.TP_BTF : null;
    }

    private void learn(AttachPlan plan, String program, String reason, String log) {
        if (plan.state() == StatePlace.SOCKET_STORAGE && lacksStorage(log)) {
            storage = false;
            return;
        }
        if (program.equals(Programs.SWEEP)) {
            sweep = false;
            return;
        }
        if (program.equals(Programs.DESTROY_TRACEPOINT)) {
            destroy = false;
            return;
        }
        if (program.equals(Programs.STATE_TRACEPOINT)) {
            book.refuse(Hook.STATE, Step.TP_BTF, reason);
            return;
        }
        if (plan.cookiePrograms().contains(program)) {
            throw new BpfException.NotPermitted(
                    "sockets cannot be told apart: " + reason + " (needs the root cgroup, v2)");
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

    private void refuse(Hook hook, Step step, String reason) {
        if (reason.contains(Errno.name(Errno.EPERM))) {
            book.refuseEverywhere(step, reason);
        } else {
            book.refuse(hook, step, reason);
        }
    }

    private static boolean lacksStorage(String log) {
        return log.contains("unknown func bpf_sk_storage_get")
                || log.contains("unknown func bpf_get_socket_cookie")
                || log.contains("program of this type cannot use helper bpf_sk_storage_get")
                || log.contains("program of this type cannot use helper bpf_get_socket_cookie");
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
