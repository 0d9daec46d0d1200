// SPDX-License-Identifier: Apache-2.0
package noom.server.signal.message;

/// A request without fields.
public record Nothing() {}
