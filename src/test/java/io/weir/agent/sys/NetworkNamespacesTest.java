package io.weir.agent.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.testkit.Privilege;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class NetworkNamespacesTest {
    private static final Executor PLATFORM = task -> Thread.ofPlatform().start(task);

    @Test
    void shouldKnowANamespaceByItsInode() {
        try (Descriptor own = Descriptor.open(NetworkNamespaces.OF_THIS_THREAD);
                Descriptor other = Descriptor.open(Path.of("/proc/self/ns/uts"))) {
            assertThat(NetworkNamespaces.inode(own))
                    .isPositive()
                    .isEqualTo(NetworkNamespaces.inodeOfThisThread());
            assertThat(NetworkNamespaces.inode(other)).isNotEqualTo(NetworkNamespaces.inode(own));
        }
    }

    @Test
    void shouldEnterANamespaceAndNoOtherKind() throws ExecutionException, InterruptedException {
        Privilege.assumeRoot();

        long inside =
                CompletableFuture.supplyAsync(NetworkNamespacesTest::reenterOwn, PLATFORM).get();

        assertThat(inside).isEqualTo(NetworkNamespaces.inodeOfThisThread());
        try (Descriptor uts = Descriptor.open(Path.of("/proc/self/ns/uts"))) {
            assertThatThrownBy(() -> NetworkNamespaces.enter(uts))
                    .isInstanceOfSatisfying(
                            SystemCallException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EINVAL));
        }
    }

    private static long reenterOwn() {
        try (Descriptor own = Descriptor.open(NetworkNamespaces.OF_THIS_THREAD)) {
            NetworkNamespaces.enter(own);
            return NetworkNamespaces.inodeOfThisThread();
        }
    }

    @Test
    void shouldRefuseVirtualThreads() throws InterruptedException {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();

        Thread.ofVirtual()
                .start(() -> {
                    try (Descriptor own = Descriptor.open(NetworkNamespaces.OF_THIS_THREAD)) {
                        NetworkNamespaces.enter(own);
                        failure.complete(null);
                    } catch (RuntimeException refused) {
                        failure.complete(refused);
                    }
                })
                .join();

        assertThat(failure.join()).isInstanceOf(IllegalStateException.class);
    }
}
