package io.weir.cli.check;

import io.weir.agent.check.CheckReport;
import io.weir.agent.check.Coverage;
import io.weir.agent.check.HookReport;
import io.weir.agent.check.KernelReport;
import io.weir.agent.check.Obstacle;
import io.weir.agent.check.StepVerdict;
import io.weir.agent.check.Verdict;
import io.weir.config.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The report for a person: the kernel, a matrix of hooks and steps, the reasons, the upshot. */
public final class CheckText {
    private static final int LABEL = 14;
    private static final int HOOK = 33;
    private static final int STEP = 9;
    private static final Pattern WORDS = Pattern.compile("(?<= )(?=\\S)");

    private final boolean colours;
    private final int width;
    private final StringBuilder text = new StringBuilder(4096);

    /**
     * @param width columns reasons are wrapped at
     */
    public CheckText(boolean colours, int width) {
        this.colours = colours;
        this.width = Math.clamp(width, 60, 120);
    }

    /** The whole answer, ending with a line end. */
    public String of(CheckReport report) {
        kernel(report.kernel());
        if (!report.hooks().isEmpty()) {
            hooks(report.hooks());
            reasons(report.hooks());
        }
        upshot(report);
        return text.toString();
    }

    private void kernel(KernelReport kernel) {
        heading("Kernel");
        fact("release", kernel.release() + " (" + kernel.architecture() + ")");
        fact("BTF", word(kernel.btf()));
        fact("lockdown", kernel.lockdown());
        fact("timer", kernel.hz() == 0 ? "unknown" : kernel.hz() + " Hz");
        fact("libbpf", kernel.libbpf().isEmpty() ? "not installed" : kernel.libbpf());
        fact("capabilities", capabilities(kernel));
    }

    private static String capabilities(KernelReport kernel) {
        String present = String.join(" ", kernel.capabilities());
        String missing = String.join(" ", kernel.missingCapabilities());
        if (missing.isEmpty()) {
            return present.isEmpty() ? "none needed" : present;
        }
        return (present.isEmpty() ? "" : present + ", ") + "missing " + missing;
    }

    private void hooks(List<HookReport> hooks) {
        text.append('\n');
        StringBuilder titles = new StringBuilder(pad("Hook", HOOK));
        for (Step step : Step.values()) {
            titles.append(pad(step.key(), STEP));
        }
        heading(titles.append("what is seen").toString());
        hooks.forEach(this::hook);
    }

    private void hook(HookReport hook) {
        String name = pad(hook.hook().key(), 11) + paint("2", pad(hook.hook().function(), 20));
        text.append("  ").append(name);
        for (Step step : Step.values()) {
            text.append(verdict(hook, step));
        }
        text.append(paint(colour(hook.coverage()), hook.meaning())).append('\n');
    }

    private String verdict(HookReport hook, Step step) {
        boolean chosen = hook.chosen().filter(step::equals).isPresent();
        String word =
                hook.steps().stream()
                        .filter(verdict -> verdict.step() == step)
                        .findFirst()
                        .map(verdict -> chosen ? "[yes]" : word(verdict.verdict()))
                        .orElse("-");
        String padded = pad(word, STEP);
        return chosen ? paint("1;32", padded) : paint("2", padded);
    }

    /** Each distinct reason once, with the hooks and steps it holds for. */
    private void reasons(List<HookReport> hooks) {
        List<String> lines =
                hooks.stream()
                        .flatMap(hook -> hook.steps().stream())
                        .filter(verdict -> verdict.verdict() != Verdict.YES)
                        .filter(verdict -> !verdict.reason().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        StepVerdict::reason,
                                        LinkedHashMap::new,
                                        Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(entry -> steps(entry.getValue()) + ": " + entry.getKey())
                        .toList();
        if (!lines.isEmpty()) {
            text.append('\n');
            heading("Why not");
            lines.forEach(line -> wrapped("  ", line));
        }
    }

    private static String steps(List<StepVerdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> verdict.step().key())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void upshot(CheckReport report) {
        text.append('\n');
        String words =
                switch (report.coverage()) {
                    case FULL -> "Full coverage: every connection and byte is seen.";
                    case PARTIAL -> "Partial coverage: not every hook sees everything.";
                    case NONE -> "Poll only: no kernel events can be had here.";
                };
        text.append(paint("1;" + colour(report.coverage()), words)).append('\n');
        report.remedies().forEach(remedy -> wrapped("", sentence(remedy)));
        if (report.coverage() == Coverage.NONE) {
            wrapped("", polling(report));
        }
    }

    /** What is left without events. */
    private static String polling(CheckReport report) {
        boolean byItself = report.obstacle().filter(Obstacle.NOT_SUPPORTED::equals).isPresent();
        String off = byItself ? "" : " --hooks off";
        return "weir agent%s polls sockets alone, and misses connections that live between two polls; weir check --live%s estimates how many."
                .formatted(off, off);
    }

    private static String sentence(String remedy) {
        String start = remedy.substring(0, 1).toUpperCase(Locale.ROOT) + remedy.substring(1);
        return start.endsWith(".") ? start : start + ".";
    }

    private void heading(String title) {
        text.append(paint("1", title.stripTrailing())).append('\n');
    }

    private void fact(String label, String value) {
        wrapped("  ", pad(label, LABEL) + value);
    }

    /** Breaks at blanks so that no line is wider than the terminal. */
    private void wrapped(String indent, String line) {
        int column = 0;
        for (String word : WORDS.splitAsStream(line).toList()) {
            if (column > 0 && indent.length() + column + word.stripTrailing().length() > width) {
                text.setLength(text.toString().stripTrailing().length());
                text.append('\n').append(indent).append(indent);
                column = indent.length();
            } else if (column == 0) {
                text.append(indent);
            }
            text.append(word);
            column += word.length();
        }
        text.append('\n');
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case YES -> "yes";
            case NO -> "no";
            case UNKNOWN -> "unknown";
        };
    }

    private static String colour(Coverage coverage) {
        return switch (coverage) {
            case FULL -> "32";
            case PARTIAL -> "33";
            case NONE -> "31";
        };
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(width - text.length(), 1));
    }

    private String paint(String code, String words) {
        return colours ? "\u001b[" + code + "m" + words + "\u001b[0m" : words;
    }
}
