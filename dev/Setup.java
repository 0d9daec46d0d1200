// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Sees to it that what a verb needs is on the machine.
///
/// JDK, Node and npm must be there. Maven, browsers and network tools are installed by the system's
/// package manager when it may; otherwise one sentence says what is missing.
final class Setup {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    private Setup() {}

    /// A program, and the Debian package that has it.
    private record Need(String program, String debianPackage) {}

    /// What building and running takes.
    static void forBuild() {
        requireAtLeast("node", 20, 19, "Node.js 20.19 or newer");
        requireAtLeast("npm", 9, 0, "npm");
        install(List.of(new Need("mvn", "maven")));
        requireAtLeast("mvn", 3, 8, "Maven 3.8 or newer");
    }

    /// What the Java tests take besides: the official npm packages, and a Redis of their own.
    static void forJavaTests() {
        install(List.of(new Need("redis-server", "redis-server")));
        fasterAesGcm();
        npm(Build.CLIENT_BUNDLE);
        npm(Build.CLUSTER_NODE);
        npm(Build.OFFICIAL_SERVER);
    }

    /// The library that the server can do without, on the system whose package we know.
    static void fasterAesGcm() {
        var library = Path.of("/usr/lib/x86_64-linux-gnu/libIPSec_MB.so.1");
        boolean isWanted = System.getProperty("os.arch").equals("amd64") && isDebian12();
        if (isWanted && Files.notExists(library)) {
            installPackages(List.of("libipsec-mb1"));
        }
    }

    private static boolean isDebian12() {
        try {
            return Files.readString(Path.of("/etc/os-release"))
                    .contains("VERSION_CODENAME=bookworm");
        } catch (IOException _) {
            return false;
        }
    }

    /// What the browser tests take besides.
    static void forBrowsers() {
        install(
                List.of(
                        new Need("chromium", "chromium"),
                        new Need("firefox-esr", "firefox-esr"),
                        new Need("ip", "iproute2"),
                        new Need("nft", "nftables"),
                        new Need("fc-list", "fontconfig"),
                        new Need("redis-server", "redis-server")));
        var koreanFonts = Shell.capture(Shell.ROOT, List.of("fc-list", ":lang=ko"));
        if (koreanFonts.output().isBlank()) {
            installPackages(List.of("fonts-noto-cjk"));
        }
    }

    private static void requireAtLeast(String program, int major, int minor, String sentence) {
        if (Shell.find(program).isEmpty()) {
            throw new Shell.Failure(
                    "needs " + sentence + " on the PATH; install it, for example from nodejs.org.");
        }
        var version =
                VERSION.matcher(Shell.capture(Shell.ROOT, List.of(program, "--version")).output());
        if (!version.find()) {
            throw new Shell.Failure("'" + program + " --version' tells no version.");
        }
        int foundMajor = Integer.parseInt(version.group(1));
        int foundMinor = Integer.parseInt(version.group(2));
        if (foundMajor < major || (foundMajor == major && foundMinor < minor)) {
            throw new Shell.Failure(
                    "needs " + sentence + "; this one is " + foundMajor + "." + foundMinor + ".");
        }
    }

    private static void install(List<Need> needs) {
        var missing =
                needs.stream()
                        .filter(need -> findAnywhere(need.program()).isEmpty())
                        .map(Need::debianPackage)
                        .distinct()
                        .toList();
        if (!missing.isEmpty()) {
            installPackages(missing);
        }
    }

    /// Root's tools are not on everybody's PATH.
    private static java.util.Optional<Path> findAnywhere(String program) {
        return Shell.find(program)
                .or(
                        () ->
                                java.util.Optional.of(Path.of("/usr/sbin", program))
                                        .filter(Files::isExecutable));
    }

    private static void installPackages(List<String> packages) {
        String sentence =
                "needs "
                        + String.join(", ", packages)
                        + "; install with: sudo apt-get install "
                        + String.join(" ", packages);
        boolean isRoot = System.getProperty("user.name").equals("root");
        if (!isRoot || Shell.find("apt-get").isEmpty()) {
            throw new Shell.Failure(sentence);
        }
        Shell.say("Installing " + String.join(", ", packages) + " …");
        // Run level 1: servers are installed for tests to start, not to run by themselves.
        var environment = java.util.Map.of("DEBIAN_FRONTEND", "noninteractive", "RUNLEVEL", "1");
        var install = new ArrayList<>(List.of("apt-get", "install", "-y", "-qq"));
        install.add("--no-install-recommends");
        install.addAll(packages);
        var quiet = List.of("sh", "-c", "exec \"$@\" >/dev/null", "sh");
        Shell.exitCode(
                Shell.ROOT, environment, Shell.concat(quiet, List.of("apt-get", "update", "-qq")));
        if (Shell.exitCode(Shell.ROOT, environment, Shell.concat(quiet, install)) != 0) {
            throw new Shell.Failure(sentence);
        }
    }

    /// The npm packages of several folders, side by side: most of the time npm waits.
    static void npm(List<Path> folders) {
        folders.parallelStream().forEach(Setup::npm);
    }

    /// Installs the npm packages of a folder, when its lock file is not what was installed last.
    static void npm(Path folder) {
        var stamp = folder.resolve("node_modules").resolve(".noom-lock");
        try {
            String lock = Files.readString(folder.resolve("package-lock.json"));
            if (Files.exists(stamp) && Files.readString(stamp).equals(lock)) {
                return;
            }
            Shell.say("Installing npm packages of " + Shell.display(folder) + " …");
            Shell.run(
                    folder,
                    List.of(
                            "npm",
                            "ci",
                            "--ignore-scripts",
                            "--no-audit",
                            "--no-fund",
                            "--loglevel=error"));
            Files.writeString(stamp, lock, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
