package io.weir.testkit;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.MethodFilter.includeMethodNamePatterns;
import static org.junit.platform.launcher.TagFilter.excludeTags;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/**
 * Runs the tests tagged {@code kernel} in a guest: {@code KernelTests CLASSES [CLASS[#METHOD]]...}.
 *
 * <p>CLASSES is the root to search. JUnit's console launcher does the same, but its option parser
 * costs seconds on an emulated processor, and it says how a test went only at the end.
 */
public final class KernelTests {
    private KernelTests() {}

    /** Exits with 0 when every test passed, 1 when not. */
    public static void main(String[] args) {
        Path share = Path.of(System.getenv("WEIR_SHARE"));
        GuestProgress progress = new GuestProgress(share, SkipRule.ofThisKernel());
        TestExecutionListener xml =
                new LegacyXmlReportGeneratingListener(
                        share,
                        new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8));

        LauncherFactory.create().execute(request(args), progress, xml);

        System.exit(progress.allPassed() ? 0 : 1);
    }

    private static LauncherDiscoveryRequest request(String[] args) {
        var request =
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClasspathRoots(Set.of(Path.of(args[0]))))
                        .filters(includeTags("kernel"));
        if (System.getenv("WEIR_LOCKDOWN") != null) {
            request.filters(excludeTags("unlocked"));
        }
        List<String> named = List.of(args).subList(1, args.length);
        if (named.isEmpty()) {
            return request.filters(includeClassNamePatterns(".*KernelTest")).build();
        }
        return request.filters(includeClassNamePatterns(patterns(named, KernelTests::classPattern)))
                .filters(includeMethodNamePatterns(patterns(named, KernelTests::methodPattern)))
                .build();
    }

    private static String[] patterns(List<String> named, UnaryOperator<String> pattern) {
        return named.stream().map(pattern).toArray(String[]::new);
    }

    private static String classPattern(String name) {
        return ".*\\b" + Pattern.quote(name.replaceFirst("#.*", ""));
    }

    private static String methodPattern(String name) {
        String method = name.contains("#") ? name.replaceFirst(".*#", "") : "";
        return classPattern(name)
                + "(\\$.*)?#"
                + (method.isEmpty() ? ".*" : Pattern.quote(method) + "\\b.*");
    }
}
