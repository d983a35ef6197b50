package io.weir.agent.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which process has which socket open, as of a moment: a scan of {@code /proc/PID/fd}. */
public final class ProcessTable {
    private static final String SOCKET = "socket:[";
    private static final long HIDDEN = -1;

    private final Map<Long, SocketOwner> byInode;
    private final int hiddenProcesses;

    private ProcessTable(Map<Long, SocketOwner> byInode, int hiddenProcesses) {
        this.byInode = byInode;
        this.hiddenProcesses = hiddenProcesses;
    }

    /** Scans the processes of this machine; some µs per open descriptor. */
    public static ProcessTable ofThisMachine() {
        return scan(Path.of("/proc"));
    }

    /** Scans the processes listed in {@code proc}. */
    static ProcessTable scan(Path proc) {
        Map<Long, SocketOwner> owners = new HashMap<>();
        int hidden = 0;
        List<Path> processes =
                ProcFiles.list(proc).stream()
                        .filter(process -> ProcFiles.number(process) > 0)
                        .sorted(Comparator.comparingLong(ProcFiles::number))
                        .toList();
        for (Path process : processes) {
            hidden += addSockets(process, owners) ? 0 : 1;
        }
        return new ProcessTable(owners, hidden);
    }

    /** False if the process hides its descriptors, or where they lead. */
    private static boolean addSockets(Path process, Map<Long, SocketOwner> owners) {
        Path descriptors = process.resolve("fd");
        SocketOwner owner = null;
        for (Path descriptor : ProcFiles.list(descriptors)) {
            long inode = socketInode(descriptor);
            if (inode == HIDDEN) {
                return false;
            }
            if (inode > 0) {
                owner = owner == null ? ownerOf(process) : owner;
                owners.putIfAbsent(inode, owner);
            }
        }
        return Files.isReadable(descriptors) || !Files.exists(process);
    }

    private static long socketInode(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith(SOCKET)
                    ? Long.parseLong(target.substring(SOCKET.length(), target.length() - 1))
                    : 0;
        } catch (AccessDeniedException e) {
            return HIDDEN;
        } catch (IOException e) {
            return 0;
        }
    }

    private static SocketOwner ownerOf(Path process) {
        return new SocketOwner(
                ProcFiles.number(process),
                read(process.resolve("comm")).stripTrailing(),
                ContainerId.of(read(process.resolve("cgroup"))));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** The process with the socket of this inode open; empty if none has, or it is hidden. */
    public Optional<SocketOwner> owner(long inode) {
        return Optional.ofNullable(byInode.get(inode));
    }

    /** Processes whose descriptors may not be read, for lack of CAP_SYS_PTRACE. */
    public int hiddenProcesses() {
        return hiddenProcesses;
    }
}
