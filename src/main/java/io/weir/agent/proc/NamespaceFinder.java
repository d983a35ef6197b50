package io.weir.agent.proc;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds every network namespace a process of this machine is in, or that has a name. Not found are
 * those that live only by an open descriptor, and those of a thread that left its process's.
 */
public final class NamespaceFinder {
    /** One that leads nowhere any more is tried before the next: few are enough. */
    private static final int MOST_WAYS = 8;

    private static final int SAMPLE = 5;
    private static final Pattern LINK = Pattern.compile("net:\\[(\\d+)]");

    private final Path proc;
    private final List<Path> named;

    /**
     * @param proc where processes are listed
     * @param named directories whose files are namespaces, bound there to last
     */
    public NamespaceFinder(Path proc, List<Path> named) {
        this.proc = proc;
        this.named = List.copyOf(named);
    }

    /** Looks where {@code ip netns}, container runtimes and processes have theirs. */
    public static NamespaceFinder ofThisMachine() {
        return new NamespaceFinder(
                Path.of("/proc"), List.of(Path.of("/run/netns"), Path.of("/run/docker/netns")));
    }

    /** Reads all of them anew; some µs per process. */
    public NamespaceList find() {
        Search search = new Search();
        long device = device();
        for (Path directory : named) {
            for (Path file : ProcFiles.list(directory)) {
                search.addNamed(file, device);
            }
        }
        for (Path process : ProcFiles.list(proc)) {
            long pid = ProcFiles.number(process);
            if (pid > 0) {
                search.addProcess(process.resolve("ns").resolve("net"), pid);
            }
        }
        return search.result();
    }

    /** The file system of namespaces, which tells them from files left behind; 0 unknown. */
    private long device() {
        try {
            return (Long) Files.getAttribute(proc.resolve("self/ns/net"), "unix:dev");
        } catch (IOException e) {
            return 0;
        }
    }

    /** One pass over everything. */
    private static final class Search {
        private final Map<Long, String> names = new LinkedHashMap<>();
        private final Map<Long, List<Path>> ways = new LinkedHashMap<>();
        private final List<Long> hiddenSample = new ArrayList<>();
        private int hidden;

        void addNamed(Path file, long device) {
            try {
                Map<String, Object> is = Files.readAttributes(file, "unix:ino,dev");
                if (device == 0 || device == (Long) is.get("dev")) {
                    long inode = (Long) is.get("ino");
                    names.putIfAbsent(inode, file.getFileName().toString());
                    add(inode, file);
                }
            } catch (IOException e) {
                // Gone, or another user's mount: processes inside of it are found all the same.
            }
        }

        void addProcess(Path link, long pid) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                Matcher name = LINK.matcher(target);
                if (name.matches()) {
                    add(Long.parseLong(name.group(1)), link);
                } else if (target.isEmpty()) {
                    hide(pid); // Linux 5.10 does not say EACCES
                }
            } catch (AccessDeniedException e) {
                hide(pid);
            } catch (IOException e) {
                // The process has ended.
            }
        }

        private void add(long inode, Path way) {
            List<Path> known = ways.computeIfAbsent(inode, i -> new ArrayList<>());
            if (known.size() < MOST_WAYS) {
                known.add(way);
            }
        }

        private void hide(long pid) {
            hidden++;
            if (hiddenSample.size() < SAMPLE) {
                hiddenSample.add(pid);
            }
        }

        NamespaceList result() {
            List<NetworkNamespace> found = new ArrayList<>(ways.size());
            ways.forEach((inode, paths) ->
                    found.add(new NetworkNamespace(inode, names.getOrDefault(inode, ""), paths)));
            return new NamespaceList(found, hidden, hiddenSample);
        }
    }
}
