// SPDX-License-Identifier: Apache-2.0
import java.util.List;
import java.util.Map;

/// Starts a measurement of the module `bench`, which is best alone on the machine.
final class Bench {
    private Bench() {}

    static int run(List<String> words) {
        String what = words.isEmpty() ? "" : words.getFirst();
        String main =
                switch (what) {
                    case "socketio" -> "noom.bench.run.SocketIoBench";
                    case "sfu" -> "noom.bench.forward.ForwardBench";
                    case "load" -> "noom.bench.meeting.LoadPeers";
                    default ->
                            throw new Shell.Failure(
                                    "say what to measure: ./noom bench socketio, sfu or load");
                };
        Setup.forBuild();
        if (what.equals("socketio")) {
            Setup.npm(Build.OFFICIAL_SERVER);
        } else {
            Setup.fasterAesGcm();
        }
        Build.java("bench");
        var command = Build.javaCommand("bench", main, Build.SOCKET_NUMBERS);
        var options = words.subList(1, words.size());
        return Shell.exitCode(Shell.root("bench"), Map.of(), Shell.concat(command, options));
    }
}
