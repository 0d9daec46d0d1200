// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.util.List;

/// Everything that was measured, in the order in which it was.
///
/// @param versions what each server runs on
/// @param delivered event packets that the clients of each server have heard, warm-up included
/// @param idle empty if it was not measured
record Results(
        Sides<String> versions,
        Sides<Long> delivered,
        Sides<List<Sample.Load>> rate,
        Sides<List<Sample.Load>> burst,
        Sides<List<Sample.Idle>> idle) {}
