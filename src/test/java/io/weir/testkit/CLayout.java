package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;

/** Asks the machine's C compiler where it puts what Java reads and writes. */
public final class CLayout {
    private CLayout() {}

    /**
     * Asserts that size, and offset and size of every named member, are what C has.
     *
     * @param headers what to include, such as {@code <sys/epoll.h>}
     * @param type as C writes it, such as {@code struct epoll_event}
     */
    public static void assertMatches(List<String> headers, String type, GroupLayout layout) {
        List<Member> members = new ArrayList<>();
        collect(layout, 0, members);
        List<String> expected = new ArrayList<>(List.of("sizeof " + layout.byteSize()));
        members.forEach(member -> expected.add(member.toString()));

        List<String> actual = CCompiler.outputOf(fileName(type), program(headers, type, members));

        assertThat(members).as("members of " + type).isNotEmpty();
        assertThat(actual).as("C's layout of " + type).isEqualTo(expected);
    }

    /** Values of C constants, in order. */
    public static List<Long> constants(String name, List<String> headers, List<String> constants) {
        StringBuilder program = new StringBuilder();
        include(program, headers);
        program.append("int main(void) {\n");
        constants.forEach(c -> program.append("printf(\"%lld\\n\", (long long)(" + c + "));\n"));
        program.append("return 0; }\n");
        return CCompiler.outputOf(name, program.toString()).stream().map(Long::valueOf).toList();
    }

    private record Member(String name, long offset, long size) {
        @Override
        public String toString() {
            return name + " " + offset + " " + size;
        }
    }

    /** What jextract names {@code …$anon…} or not at all has its members in the enclosing one. */
    private static void collect(GroupLayout group, long base, List<Member> members) {
        long offset = base;
        for (MemoryLayout member : group.memberLayouts()) {
            String name = member.name().orElse("$anon");
            if (member instanceof GroupLayout inner && name.contains("$anon")) {
                collect(inner, offset, members);
            } else if (!(member instanceof PaddingLayout)) {
                members.add(new Member(name, offset, member.byteSize()));
            }
            offset += group instanceof StructLayout ? member.byteSize() : 0;
        }
    }

    private static String program(List<String> headers, String type, List<Member> members) {
        StringBuilder program = new StringBuilder();
        include(program, headers);
        program.append("static " + type + " t;\n");
        program.append("int main(void) {\nprintf(\"sizeof %zu\\n\", sizeof(t));\n");
        for (Member member : members) {
            program.append(
                    "printf(\"%1$s %%zu %%zu\\n\", offsetof(%2$s, %1$s), sizeof(t.%1$s));\n"
                            .formatted(member.name(), type));
        }
        return program.append("return 0; }\n").toString();
    }

    private static void include(StringBuilder program, List<String> headers) {
        program.append("#define _GNU_SOURCE\n#include <stddef.h>\n#include <stdio.h>\n");
        headers.forEach(header -> program.append("#include " + header + "\n"));
    }

    private static String fileName(String type) {
        return "layout_" + type.replaceAll("[^a-z_]", "_");
    }
}
