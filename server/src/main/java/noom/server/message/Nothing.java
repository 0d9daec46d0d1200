// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// A request without fields.
public record Nothing() {}
