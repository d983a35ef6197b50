package io.weir.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which steps each hook may try, in order.
 *
 * @param byHook every hook, each with at least one step
 */
public record Steps(Map<Hook, List<Step>> byHook) {
    private static final String ALLOWED =
            "Use auto, steps out of %s, or hook=step with a hook out of %s, separated by commas"
                    .formatted(keys(Step.values()), keys(Hook.values()));

    /** Every step in its order, for every hook. */
    public static final Steps AUTO = new Steps(forAll(List.of(Step.values())));

    /** Copies. */
    public Steps {
        byHook = Map.copyOf(byHook);
    }

    /** The steps {@code hook} may try, best first. */
    public List<Step> of(Hook hook) {
        return byHook.get(hook);
    }

    /**
     * Reads {@code auto}, {@code fentry,kprobe} (every hook, in this order) or {@code
     * send=kprobe,state=tp_btf} (these hooks; the others as said without a hook, else all steps).
     */
    public static Steps parse(Given given) {
        List<Step> general = new ArrayList<>();
        Map<Hook, List<Step>> special = new EnumMap<>(Hook.class);
        for (String part : given.text().split(",", -1)) {
            String word = part.strip().toLowerCase(Locale.ROOT).replace('-', '_');
            int equals = word.indexOf('=');
            List<Step> target =
                    equals < 0
                            ? general
                            : special.computeIfAbsent(
                                    hook(word.substring(0, equals), given),
                                    hook -> new ArrayList<>());
            target.addAll(steps(word.substring(equals + 1), given));
        }
        Map<Hook, List<Step>> all =
                forAll(general.isEmpty() ? List.of(Step.values()) : distinct(general));
        special.forEach((hook, steps) -> all.put(hook, distinct(steps)));
        return new Steps(all);
    }

    private static Hook hook(String key, Given given) {
        return Arrays.stream(Hook.values())
                .filter(hook -> hook.key().equals(key))
                .findFirst()
                .orElseThrow(() -> given.refused("names no hook (" + key + ")", ALLOWED));
    }

    private static List<Step> steps(String key, Given given) {
        if (key.equals("auto")) {
            return List.of(Step.values());
        }
        return Arrays.stream(Step.values())
                .filter(step -> step.key().equals(key))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> given.refused("names no step (" + key + ")", ALLOWED));
    }

    private static List<Step> distinct(List<Step> steps) {
        return steps.stream().distinct().toList();
    }

    private static Map<Hook, List<Step>> forAll(List<Step> steps) {
        Map<Hook, List<Step>> map = new EnumMap<>(Hook.class);
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
