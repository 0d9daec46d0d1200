// SPDX-License-Identifier: Apache-2.0
/// Owner: the main thread, which reads commands; the library's loops do the rest.
///
/// The measured program on our side; `bench/node/server.mjs` is its twin.
@NullMarked
package noom.bench.server;

import org.jspecify.annotations.NullMarked;
