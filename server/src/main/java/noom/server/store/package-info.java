// SPDX-License-Identifier: Apache-2.0
/// Owner: blocking. What is kept on disk, and the promise that it is.
///
/// Reads block the caller, so only virtual threads and meeting loops call them; writes are queued
/// for one thread that commits many at once.
package noom.server.store;
