// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

/// The store could not be read or written: disk full, I/O error, too much waiting to be written.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message) {
        super(message);
    }
}
