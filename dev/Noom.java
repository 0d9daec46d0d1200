// SPDX-License-Identifier: Apache-2.0
import java.util.List;

/// What `./noom` does: one verb each, `run` when none is named.
final class Noom {
    private static final String HELP =
            """
            ./noom [run] [--port N] [--data DIR] [--lan] [--public-ip IP]
                                     build what changed and start the server (port 3000)
            ./noom dev               the same, and show every edit in the browser at once
            ./noom test              everything that must hold, as CI runs it
            ./noom test MODULE [NAME]  the tests of one module, or those of one name
            ./noom test --without TIER…  leave out gates, java, fuzz, web or e2e
            ./noom e2e [NAME]        the browser tests alone
            ./noom shots             a picture of every screen, and the README's
            ./noom bench socketio    our server beside the official one; --profile: where time goes
            ./noom bench sfu         what forwarding a packet costs
            ./noom bench load        meetings under load: packets, loss, delay, processor time
            ./noom deep [WHAT]       long runs: fuzz, limits, slow, bombs, races, simulation,
                                     mutants, wire, flood, churn; into bench/results
            ./noom fix               format everything and write generated files anew
            ./noom conformance PORT  the server that the official protocol suites expect
            """;

    private static final String VERBS =
            "run, dev, test, e2e, shots, bench, deep, fix and conformance";

    private Noom() {}

    public static void main(String[] args) {
        try {
            var words = List.of(args);
            boolean isVerb = !words.isEmpty() && !words.getFirst().startsWith("--");
            String verb = isVerb ? words.getFirst() : "run";
            System.exit(perform(verb, isVerb ? words.subList(1, words.size()) : words));
        } catch (Shell.Failure e) {
            System.err.println("noom: " + e.getMessage());
            System.exit(1);
        }
    }

    private static int perform(String verb, List<String> words) {
        if (words.contains("--help") || verb.equals("help")) {
            Shell.say(HELP);
            return 0;
        }
        return switch (verb) {
            case "run" -> Run.server(words);
            case "dev" -> Dev.run(words);
            case "test" -> Tests.run(words);
            case "e2e" -> Tests.browsers(words);
            case "shots" -> Tests.shots();
            case "bench" -> Bench.run(words);
            case "deep" -> Deep.run(words);
            case "fix" -> Fix.run();
            case "conformance" -> Run.conformance(words);
            default -> throw new Shell.Failure("no verb '" + verb + "'; there are " + VERBS + ".");
        };
    }
}
