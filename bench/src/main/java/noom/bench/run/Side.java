// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import noom.bench.load.LoadClient;
import noom.bench.server.BroadcastServer;

/// The measured servers.
enum Side {
    JAVA("Java"),
    NODE("Node");

    /// Memory settings of our server, which stand in the report: those of somebody who pays for
    /// memory. The collector gives back what is free beyond a fifth, and at once, as that of Node
    /// does.
    static final List<String> JAVA_FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:MinHeapFreeRatio=10",
                    "-XX:MaxHeapFreeRatio=20",
                    "-XX:-ShrinkHeapInSteps",
                    "-XX:MaxNewSize=16m",
                    "-Xms16m",
                    "-Xmx1g");

    private static final Path NODE_SERVER = Path.of("node", "server.mjs");

    private final String title;

    Side(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// What starts it from the folder of this module.
    List<String> command() {
        return switch (this) {
            case JAVA -> java(JAVA_FLAGS, BroadcastServer.class);
            case NODE -> List.of("node", "--expose-gc", NODE_SERVER.toString());
        };
    }

    /// What starts the load client; it makes no garbage, so the simplest collector will do.
    static List<String> loadClient() {
        return java(List.of("-XX:+UseSerialGC", "-Xmx256m"), LoadClient.class);
    }

    private static List<String> java(List<String> flags, Class<?> program) {
        var command = new ArrayList<>(List.of(jdkTool("java")));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return command;
    }

    /// A program of the JDK that runs this one.
    static String jdkTool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
