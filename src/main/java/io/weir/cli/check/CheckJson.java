package io.weir.cli.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.weir.agent.check.CheckReport;
import io.weir.agent.check.Coverage;
import io.weir.agent.check.HookReport;
import io.weir.agent.check.KernelReport;
import io.weir.agent.check.StepVerdict;
import io.weir.config.Step;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The report for a script: one JSON object, enum names in upper case as in records. */
public final class CheckJson {
    private CheckJson() {}

    /** The object, ending with a line end. */
    public static String of(CheckReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("coverage", report.coverage().name());
            json.writeBooleanField("pollOnly", report.coverage() == Coverage.NONE);
            json.writeStringField("obstacle", report.obstacle().map(Enum::name).orElse(null));
            kernel(json, report.kernel());
            json.writeArrayFieldStart("hooks");
            for (HookReport hook : report.hooks()) {
                hook(json, hook);
            }
            json.writeEndArray();
            strings(json, "remedies", report.remedies());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.append('\n').toString();
    }

    private static void kernel(JsonGenerator json, KernelReport kernel) throws IOException {
        json.writeObjectFieldStart("kernel");
        json.writeStringField("release", kernel.release());
        json.writeStringField("architecture", kernel.architecture());
        json.writeStringField("btf", kernel.btf().name());
        json.writeStringField("lockdown", kernel.lockdown());
        json.writeNumberField("hz", kernel.hz());
        json.writeStringField("libbpf", kernel.libbpf().isEmpty() ? null : kernel.libbpf());
        strings(json, "capabilities", kernel.capabilities());
        strings(json, "missingCapabilities", kernel.missingCapabilities());
        json.writeEndObject();
    }

    private static void hook(JsonGenerator json, HookReport hook) throws IOException {
        json.writeStartObject();
        json.writeStringField("hook", hook.hook().key());
        json.writeStringField("function", hook.hook().function());
        json.writeStringField("chosen", hook.chosen().map(Step::key).orElse(null));
        json.writeStringField("why", hook.why());
        json.writeStringField("coverage", hook.coverage().name());
        json.writeStringField("meaning", hook.meaning());
        json.writeArrayFieldStart("steps");
        for (StepVerdict step : hook.steps()) {
            json.writeStartObject();
            json.writeStringField("step", step.step().key());
            json.writeStringField("verdict", step.verdict().name());
            json.writeStringField("reason", step.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String field, List<String> values)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
