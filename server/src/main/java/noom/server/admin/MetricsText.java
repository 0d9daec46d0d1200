// SPDX-License-Identifier: Apache-2.0
package noom.server.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import noom.server.media.MediaReport;
import noom.sfu.worker.WorkerReport;

/// Figures as Prometheus scrapes them (text exposition format 0.0.4).
final class MetricsText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    /// In UTF-8.
    static byte[] of(MediaReport report) {
        var text = new MetricsText();
        text.meetings(report);
        text.workers(report.workers());
        text.handshakes(report.dtls());
        text.process();
        return text.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void meetings(MediaReport report) {
        var people = report.meetings().stream().flatMap(it -> it.people().stream()).toList();
        gauge(
                "noom_media_meetings",
                "Meetings that go through the router",
                report.meetings().size());
        gauge("noom_media_people", "People with a transport", people.size());
        gauge(
                "noom_media_producers",
                "Tracks that come in",
                people.stream().mapToLong(it -> it.producers().size()).sum());
        gauge(
                "noom_media_consumers",
                "Tracks that are offered",
                people.stream().mapToLong(it -> it.consumers().size()).sum());
    }

    private void workers(List<WorkerReport> workers) {
        perWorker(
                "noom_media_transports",
                "gauge",
                "Open transports",
                workers,
                WorkerReport::transports);
        perWorker(
                "noom_media_strange_datagrams_total",
                "counter",
                "Datagrams that were nobody's",
                workers,
                WorkerReport::strangeDatagrams);
        perWorker(
                "noom_media_handed_datagrams_total",
                "counter",
                "Datagrams that came to this worker's socket and were another worker's",
                workers,
                WorkerReport::handedDatagrams);
        mailboxes(workers);
        perWorker(
                "noom_media_broken_transports_total",
                "counter",
                "Transports that a fault of ours has closed",
                workers,
                WorkerReport::brokenTransports);
        perWorker(
                "noom_udp_received_datagrams_total",
                "counter",
                "Datagrams that came in",
                workers,
                it -> it.udp().receivedDatagrams());
        perWorker(
                "noom_udp_received_bytes_total",
                "counter",
                "Bytes of their payloads",
                workers,
                it -> it.udp().receivedBytes());
        perWorker(
                "noom_udp_sent_datagrams_total",
                "counter",
                "Datagrams that went out",
                workers,
                it -> it.udp().sentDatagrams());
        perWorker(
                "noom_udp_sent_bytes_total",
                "counter",
                "Bytes of their payloads",
                workers,
                it -> it.udp().sentBytes());
        perWorker(
                "noom_udp_dropped_datagrams_total",
                "counter",
                "Datagrams dropped because too much was waiting",
                workers,
                it -> it.udp().droppedDatagrams());
        perWorker(
                "noom_udp_failed_runs_total",
                "counter",
                "Sends that the kernel refused",
                workers,
                it -> it.udp().failedRuns());
    }

    private void mailboxes(List<WorkerReport> workers) {
        perWorker(
                "noom_media_mailbox_waiting",
                "gauge",
                "Packets and messages of other workers that wait",
                workers,
                it -> it.mailbox().waiting());
        perWorker(
                "noom_media_mailbox_taken_total",
                "counter",
                "Packets and messages of other workers that were taken",
                workers,
                it -> it.mailbox().taken());
        perWorker(
                "noom_media_mailbox_refused_dispensable_total",
                "counter",
                "Packets and datagrams that found the mailbox nearly full",
                workers,
                it -> it.mailbox().refusedDispensable());
        perWorker(
                "noom_media_mailbox_refused_total",
                "counter",
                "Key frames and sound that found the mailbox full",
                workers,
                it -> it.mailbox().refused());
        perWorker(
                "noom_media_mailbox_failed_total",
                "counter",
                "Tasks of other workers that a fault of ours has ended",
                workers,
                it -> it.mailbox().failed());
    }

    private void handshakes(MediaReport.OfDtls dtls) {
        gauge("noom_dtls_running", "Handshakes that run", dtls.running());
        gauge("noom_dtls_waiting", "Peers whose handshake waits for another's end", dtls.waiting());
        head("noom_dtls_refused_total", "counter", "Peers that found no room to wait");
        sample("noom_dtls_refused_total", "", dtls.refused());
    }

    private void process() {
        var runtime = Runtime.getRuntime();
        gauge("noom_heap_used_bytes", "Heap in use", runtime.totalMemory() - runtime.freeMemory());
    }

    private void gauge(String name, String help, long value) {
        head(name, "gauge", help);
        sample(name, "", value);
    }

    private void perWorker(
            String name,
            String type,
            String help,
            List<WorkerReport> workers,
            ToLongFunction<WorkerReport> value) {
        head(name, type, help);
        for (int i = 0; i < workers.size(); i++) {
            sample(name, "{worker=\"" + i + "\"}", value.applyAsLong(workers.get(i)));
        }
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, long value) {
        text.append(name).append(labels).append(' ').append(value).append('\n');
    }
}
