// SPDX-License-Identifier: Apache-2.0
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/// A bad wire between two network namespaces: a TUN device in each, and this program between them,
/// which loses and delays packets. Both ways are as bad.
///
/// `java --enable-native-access=ALL-UNNAMED Wire.java NS1 ADDRESS1 NS2 ADDRESS2`, then lines of
/// `LOSS_PERCENT DELAY_MILLIS JITTER_MILLIS` on its input, each answered by `set`. It ends with its
/// input. Needs root, and Linux on a little-endian machine.
void main(String[] args) throws Exception {
    var one = new Tun("noom-wire0");
    var other = new Tun("noom-wire1");
    var quality = new Quality();
    new Way(one, other, quality, 1).start();
    new Way(other, one, quality, 2).start();
    one.moveTo(args[0], args[1]);
    other.moveTo(args[2], args[3]);
    System.out.println("wire up");
    var orders = new Scanner(System.in, StandardCharsets.UTF_8);
    while (orders.hasNextLine()) {
        quality.set(orders.nextLine());
        System.out.println("set");
    }
    System.exit(0);
}

/// How bad it is; read by both ways, changed by the input.
static final class Quality {
    private volatile double[] now = {0, 0, 0};

    void set(String line) {
        now = Arrays.stream(line.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
    }

    boolean loses(Random random) {
        return random.nextDouble() * 100 < now[0];
    }

    long delayNanos(Random random) {
        var quality = now;
        return (long) ((quality[1] + random.nextDouble() * quality[2]) * 1e6);
    }
}

/// One direction: a thread takes packets, another gives them on when they are due.
static final class Way {
    private static final int MAX_PACKET_BYTES = 65_536;

    private final DelayQueue<Packet> onTheWay = new DelayQueue<>();
    private final Tun from;
    private final Tun to;
    private final Quality quality;
    private final Random random;

    Way(Tun from, Tun to, Quality quality, long seed) {
        this.from = from;
        this.to = to;
        this.quality = quality;
        random = new Random(seed);
    }

    void start() {
        Thread.ofPlatform().daemon().start(this::take);
        Thread.ofPlatform().daemon().start(this::give);
    }

    private void take() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(MAX_PACKET_BYTES);
            for (long number = 0; ; number++) {
                int count = from.read(buffer);
                if (count > 0 && !quality.loses(random)) {
                    var bytes = buffer.asSlice(0, count).toArray(JAVA_BYTE);
                    long due = System.nanoTime() + quality.delayNanos(random);
                    onTheWay.add(new Packet(bytes, due, number));
                }
            }
        }
    }

    private void give() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(MAX_PACKET_BYTES);
            while (true) {
                var bytes = onTheWay.take().bytes();
                MemorySegment.copy(bytes, 0, buffer, JAVA_BYTE, 0, bytes.length);
                to.write(buffer, bytes.length);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

/// A packet on the way; of two that are due at once, the first goes first.
record Packet(byte[] bytes, long dueNanos, long number) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        var packet = (Packet) other;
        int byTime = Long.compare(dueNanos - packet.dueNanos, 0);
        return byTime != 0 ? byTime : Long.compare(number, packet.number);
    }
}

/// A network device whose cable is this program (tun(4) of the Linux kernel).
static final class Tun {
    private static final int O_RDWR = 2;
    private static final long TUNSETIFF = 0x400454CAL;
    private static final short IFF_TUN_NO_PI = 0x1001;
    private static final int IFREQ_BYTES = 40;
    private static final int FLAGS_AT = 16;
    private static final String MTU = "1400";

    private final String name;
    private final int descriptor;

    Tun(String name) {
        this.name = name;
        try (var arena = Arena.ofConfined()) {
            descriptor = (int) Calls.OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), O_RDWR);
            var request = arena.allocate(IFREQ_BYTES);
            request.setString(0, name);
            request.set(JAVA_SHORT, FLAGS_AT, IFF_TUN_NO_PI);
            int result = (int) Calls.IOCTL.invokeExact(descriptor, TUNSETIFF, request);
            if (descriptor < 0 || result < 0) {
                throw new IllegalStateException("no TUN device " + name);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void moveTo(String namespace, String address) throws IOException, InterruptedException {
        run("ip", "link", "set", name, "netns", namespace);
        run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", name);
        run("ip", "-n", namespace, "link", "set", name, "mtu", MTU, "up");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    int read(MemorySegment into) {
        try {
            return (int) (long) Calls.READ.invokeExact(descriptor, into, into.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    void write(MemorySegment packet, int count) {
        try {
            var _ = (long) Calls.WRITE.invokeExact(descriptor, packet, (long) count);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}

/// What the system offers.
static final class Calls {
    static final MethodHandle OPEN =
            call(
                    "open",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    static final MethodHandle IOCTL =
            call(
                    "ioctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                    Linker.Option.firstVariadicArg(2));
    static final MethodHandle READ =
            call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    static final MethodHandle WRITE =
            call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private Calls() {}

    private static MethodHandle call(
            String name, FunctionDescriptor type, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().find(name).orElseThrow();
        return linker.downcallHandle(symbol, type, options);
    }
}
