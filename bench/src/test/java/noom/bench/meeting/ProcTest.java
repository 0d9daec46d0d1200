// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import noom.bench.meeting.Proc.ThreadTime;
import noom.bench.run.BenchException;
import org.junit.jupiter.api.Test;

class ProcTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";

    private static String socket(String local, String remote, int drops) {
        return " 1234: %s %s 01 00000000:00000000 00:00000000 00000000     0        0 99 2 0000000000000000 %d"
                .formatted(local, remote, drops);
    }

    @Test
    void what_was_dropped_is_told_apart_by_port() {
        var lines =
                List.of(
                        HEAD,
                        socket("0100007F:0BB8", "00000000:0000", 7),
                        socket("0100007F:9C40", "0100007F:0BB8", 2),
                        socket("0100007F:9C41", "0100007F:0BB8", 3),
                        socket("0100007F:9C42", "0100007F:0BB9", 100));

        assertThat(Proc.parseDrops(lines, 3_000)).isEqualTo(new Proc.Drops(7, 5));
        assertThat(new Proc.Drops(7, 5).minus(new Proc.Drops(1, 2)))
                .isEqualTo(new Proc.Drops(6, 3));
    }

    @Test
    void what_was_stolen_is_a_share_of_all() {
        var before = Proc.parseProcessors("cpu  100 0 50 800 10 0 5 35 7 0");
        var after = Proc.parseProcessors("cpu  160 0 80 890 10 0 5 55 9 0");

        assertThat(before).isEqualTo(new Proc.Processors(1_000, 35));
        assertThat(after.stolenSince(before)).isEqualTo(0.1);
        assertThat(before.stolenSince(before)).isZero();
    }

    @Test
    void the_busiest_thread_is_the_one_that_used_most_since() {
        var before = Map.of("1", new ThreadTime("old", 50), "2", new ThreadTime("media-1", 3));
        var after =
                Map.of(
                        "1", new ThreadTime("old", 51),
                        "2", new ThreadTime("media-1", 7),
                        "3", new ThreadTime("media-2", 2),
                        "4", new ThreadTime("compiler", 9));

        assertThat(Proc.busiest("media", before, after)).isEqualTo(new ThreadTime("media-1", 4));
        assertThat(Proc.busiest("", after, after).seconds()).isZero();
    }

    @Test
    void a_living_process_has_threads_and_files() {
        long pid = ProcessHandle.current().pid();

        assertThat(Proc.threadCount(pid)).isGreaterThan(3);
        assertThat(Proc.threads(pid)).hasSizeGreaterThan(3);
        assertThat(Proc.files(pid)).isGreaterThan(2);
    }

    @Test
    void the_heap_is_what_its_spaces_use_whatever_the_collector() {
        assertThat(
                        ServerMemory.parseHeapKib(
                                """
                                12:
                                 def new generation   total 78656K, used 1000K [0x1, 0x2, 0x3)
                                  eden space 69952K,   4% used [0x1, 0x2, 0x3)
                                 tenured generation   total 174784K, used 234K [0x1, 0x2, 0x3)
                                 Metaspace       used 9999K, committed 10048K, reserved 1056768K
                                  class space    used 999K, committed 1024K, reserved 1048576K
                                """))
                .isEqualTo(1_234);
        assertThat(
                        ServerMemory.parseHeapKib(
                                " garbage-first heap   total reserved 1K, committed 2K, used 5M [0x1)"))
                .isEqualTo(5_120);
        assertThatThrownBy(() -> ServerMemory.parseHeapKib("nothing"))
                .isInstanceOf(BenchException.class);
    }
}
