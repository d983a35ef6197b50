package io.weir.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Named numbers, read when somebody asks. Register from one thread, before {@link #serve}; what reads a
 * number must do so from any.
 */
public final class Metrics implements AutoCloseable {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private HTTPServer server;

    /** A number that only grows; by convention its name ends in {@code _total}. */
    public Metrics counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
        return this;
    }

    /** Numbers that only grow, told apart by a label. */
    public Metrics counters(
            String name, String help, String label, Map<String, DoubleSupplier> values) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback ->
                        values.forEach((key, value) -> callback.call(value.getAsDouble(), key)))
                .register(registry);
        return this;
    }

    /** A number that rises and falls. */
    public Metrics gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
        return this;
    }

    /** Numbers that rise and fall, told apart by a label. */
    public Metrics gauges(
            String name, String help, String label, Map<String, DoubleSupplier> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback ->
                        values.forEach((key, value) -> callback.call(value.getAsDouble(), key)))
                .register(registry);
        return this;
    }

    /**
     * Answers {@code GET /metrics} until closed.
     *
     * @return where, with the port the kernel chose if {@code address} has 0
     * @throws CannotServeException if the address cannot be listened at
     */
    public String serve(InetSocketAddress address) {
        try {
            server =
                    HTTPServer.builder()
                            .inetAddress(address.getAddress())
                            .port(address.getPort())
                            .registry(registry)
                            .buildAndStart();
            return "http://" + text(address.getAddress(), server.getPort()) + "/metrics";
        } catch (IOException e) {
            String where = text(address.getAddress(), address.getPort());
            throw new CannotServeException(
                    "metrics cannot be served at " + where + " (" + e.getMessage() + ")", e);
        }
    }

    private static String text(InetAddress address, int port) {
        String host = address.getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** The address is taken, or none of this machine. */
    public static final class CannotServeException extends RuntimeException {
        private CannotServeException(String message, IOException cause) {
            super(message, cause);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
