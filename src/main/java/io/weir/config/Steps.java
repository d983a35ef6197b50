package io.weir.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which steps each hook may take; the best of them that works is chosen.
 *
 * @param byHook every hook, each with at least one step
 */
public record Steps(Map<Hook, Set<Step>> byHook) {
    private static final String ALLOWED =
            "Use auto, steps out of %s, or hook=step with a hook out of %s, separated by commas"
                    .formatted(keys(Step.values()), keys(Hook.values()));

    /** Every step, for every hook. */
    public static final Steps AUTO = new Steps(forAll(EnumSet.allOf(Step.class)));

    /** Copies. */
    public Steps {
        Map<Hook, Set<Step>> copy = new EnumMap<>(Hook.class);
        byHook.forEach((hook, steps) -> copy.put(hook, Set.copyOf(steps)));
        byHook = Map.copyOf(copy);
    }

    /** The steps {@code hook} may take. */
    public Set<Step> of(Hook hook) {
        return byHook.get(hook);
    }

    /**
     * Reads {@code auto}, {@code fentry,kprobe} (for every hook) or {@code send=kprobe,state=tp_btf}
     * (for these hooks; the others as said without a hook, else every step).
     */
    public static Steps parse(Given given) {
        Set<Step> general = EnumSet.noneOf(Step.class);
        Map<Hook, Set<Step>> special = new EnumMap<>(Hook.class);
        for (String part : given.text().split(",", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT).replace('-', '_');
            int equals = word.indexOf('=');
            Set<Step> target =
                    equals < 0
                            ? general
                            : special.computeIfAbsent(
                                    hook(word.substring(0, equals), given),
                                    hook -> EnumSet.noneOf(Step.class));
            target.addAll(steps(word.substring(equals + 1), given));
        }
        Map<Hook, Set<Step>> all = forAll(general.isEmpty() ? EnumSet.allOf(Step.class) : general);
        all.putAll(special);
        return new Steps(all);
    }

    private static Hook hook(String key, Given given) {
        return Arrays.stream(Hook.values())
                .filter(hook -> hook.key().equals(key))
                .findFirst()
                .orElseThrow(() -> given.refused("names no hook (" + key + ")", ALLOWED));
    }

    private static Set<Step> steps(String key, Given given) {
        if (key.equals("auto")) {
            return EnumSet.allOf(Step.class);
        }
        return Arrays.stream(Step.values())
                .filter(step -> step.key().equals(key))
                .findFirst()
                .map(Set::of)
                .orElseThrow(() -> given.refused("names no step (" + key + ")", ALLOWED));
    }

    private static Map<Hook, Set<Step>> forAll(Set<Step> steps) {
        Map<Hook, Set<Step>> map = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            map.put(hook, steps);
        }
        return map;
    }

    private static String keys(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
