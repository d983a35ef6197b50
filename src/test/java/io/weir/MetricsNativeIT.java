package io.weir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.AgentProcess;
import io.weir.testkit.Distribution;
import io.weir.testkit.ManyConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsNativeIT {
    private static final Pattern ADDRESS = Pattern.compile("metrics at (http://\\S+)");

    @Test
    void shouldTellWhatBothWitnessesSaw() throws IOException, InterruptedException {
        try (ManyConnections connections = ManyConnections.open(5);
                AgentProcess agent =
                        AgentProcess.start("--metrics", "127.0.0.1:0", "--poll-interval", "1s")) {
            connections.exchange(10, 10);
            Matcher address = ADDRESS.matcher(agent.errors());
            assertThat(address.find()).as(agent.errors()).isTrue();

            String metrics = "";
            for (int i = 0; i < 100 && value(metrics, "weir_adopted_connections_total") < 10; i++) {
                Thread.sleep(100);
                metrics = get(address.group(1));
            }

            assertThat(value(metrics, "weir_adopted_connections_total")).isGreaterThanOrEqualTo(10);
            assertThat(value(metrics, "weir_poll_only")).isZero();
            assertThat(value(metrics, "weir_poll_namespaces")).isPositive();
            assertThat(value(metrics, "weir_poll_sockets")).isGreaterThanOrEqualTo(11);
            assertThat(value(metrics, "weir_witness_connections{seen=\"both\"}")).isNotNegative();
            assertThat(value(metrics, "weir_lost_total{cause=\"parkFull\"}")).isZero();
            assertThat(
                            value(
                                    metrics,
                                    "weir_witness_unexplained_bytes_total{reason=\"contradiction\"}"))
                    .isZero();
        }
    }

    @Test
    void shouldSayThatTheAddressIsTaken() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process agent =
                    new ProcessBuilder(
                                    Distribution.weir().toString(),
                                    "agent",
                                    "--metrics",
                                    "127.0.0.1:" + taken.getLocalPort())
                            .start();

            assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
            String errors = new String(agent.getErrorStream().readAllBytes(), UTF_8);
            assertThat(agent.exitValue()).as(errors).isEqualTo(2);
            assertThat(errors).contains("metrics cannot be served at 127.0.0.1:", "in use");
        }
    }

    private static String get(String address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }
}
