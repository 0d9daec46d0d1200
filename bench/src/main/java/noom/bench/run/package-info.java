// SPDX-License-Identifier: Apache-2.0
/// Owner: the main thread of the runner.
///
/// Starts the measured servers and the load client as processes of their own, tells them what to do
/// one step at a time, and reads from `/proc` what that cost.
@NullMarked
package noom.bench.run;

import org.jspecify.annotations.NullMarked;
