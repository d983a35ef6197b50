package io.weir;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of rooms: which package may touch which, beside {@code java.*} and libraries. */
final class Rooms {
    private static final String ROOT = "io.weir";
    private static final Map<String, Set<String>> TABLE = new LinkedHashMap<>();

    static {
        room("net");
        room("config");
        room("metrics");
        room("log");
        room("record", "net");
        room("agent.sys");
        room("agent.proc");
        room("agent.event.abi");
        room("agent.event", "agent.event.abi", "net");
        room("agent.bpf", "agent.sys", "agent.event.abi", "agent.check", "config", "metrics");
        room("agent.check", "config");
        room("agent.netlink", "agent.sys", "agent.event", "agent.proc", "net", "metrics");
        room("agent.conntrack", "agent.netlink", "agent.event", "net", "metrics");
        room("agent.flow", "agent.event", "agent.check", "record", "net", "metrics");
        room("agent.enrich", "record", "net", "metrics");
        room("agent.sink", "record", "net", "metrics", "config");
        room(
                "agent",
                "agent.sys",
                "agent.proc",
                "agent.event",
                "agent.event.abi",
                "agent.bpf",
                "agent.check",
                "agent.netlink",
                "agent.conntrack",
                "agent.flow",
                "agent.enrich",
                "agent.sink",
                "record",
                "net",
                "config",
                "metrics");
        room("store", "record", "net");
        room("aggregator", "record", "net", "store", "config", "metrics");
        room("web", "record", "store", "aggregator", "config", "metrics");
        room(
                "cli",
                "agent",
                "agent.bpf",
                "agent.netlink",
                "agent.sys",
                "agent.proc",
                "agent.netlink",
                "agent.check",
                "agent.sink",
                "record",
                "net",
                "config",
                "log",
                "metrics");
        room("", "cli", "agent");
    }

    /** In the design, but of a later issue; to be taken off this list with their first class. */
    private static final Set<String> LATER =
            Set.of("agent.conntrack", "agent.enrich", "store", "aggregator", "web");

    private Rooms() {}

    private static void room(String name, String... mayTouch) {
        TABLE.put(name, Set.copyOf(Arrays.asList(mayTouch)));
    }

    static Set<String> builtSoFar() {
        Set<String> rooms = new TreeSet<>(TABLE.keySet());
        rooms.removeAll(LATER);
        return rooms;
    }

    /** The innermost room around a class: {@code agent.sink} for {@code agent.sink.stdout}. */
    static String of(JavaClass javaClass) {
        String inside = (javaClass.getPackageName() + ".").substring(ROOT.length() + 1);
        return TABLE.keySet().stream()
                .filter(room -> room.isEmpty() ? inside.isEmpty() : inside.startsWith(room + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse("a room the table does not know: " + inside);
    }

    static ArchCondition<JavaClass> touchOnlyWhatTheirRoomMay() {
        return new ArchCondition<>("touch only what their room may") {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    boolean allowed = isForeign(target) || mayTouch(of(origin), of(target));
                    events.add(
                            new SimpleConditionEvent(
                                    dependency, allowed, dependency.getDescription()));
                }
            }
        };
    }

    private static boolean isForeign(JavaClass target) {
        return !target.getPackageName().equals(ROOT)
                && !target.getPackageName().startsWith(ROOT + ".");
    }

    private static boolean mayTouch(String from, String to) {
        return from.equals(to) || TABLE.getOrDefault(from, Set.of()).contains(to);
    }
}
