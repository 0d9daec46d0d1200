// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails every test class of this module after which Netty says that a buffer was not released. Put
/// in by `META-INF/services`; Netty watches every buffer (`paranoid`, in the parent's `pom.xml`).
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback {
    private static final int COLLECTIONS = 2;
    private static final int PROBES = 100;
    private static final long COLLECTION_MILLIS = 30_000;
    private static final ConcurrentLinkedQueue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final Logger NETTY = Logger.getLogger(ResourceLeakDetector.class.getName());

    static {
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        NETTY.addHandler(
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        if (line.getMessage().startsWith("LEAK:")) {
                            LEAKS.add(line.getMessage());
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                });
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException("run with -Dio.netty.leakDetection.level=paranoid");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            collect();
            for (int probe = 0; probe < PROBES; probe++) {
                ByteBufAllocator.DEFAULT.directBuffer(16).release(); // makes Netty look
            }
        }
        if (!LEAKS.isEmpty()) {
            var first = LEAKS.peek();
            LEAKS.clear();
            throw new AssertionError(context.getDisplayName() + " or a class before it: " + first);
        }
    }

    /// Until what nobody holds any more has been found.
    private static void collect() throws InterruptedException {
        var found = new ReferenceQueue<Object>();
        var witness = new PhantomReference<>(new Object(), found);
        try {
            System.gc();
            if (found.remove(COLLECTION_MILLIS) == null) {
                throw new AssertionError("nothing was collected");
            }
        } finally {
            Reference.reachabilityFence(witness);
        }
    }
}
