// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

/// What a [WorkerMailbox] has counted since its worker began.
///
/// @param waiting tasks that have not run yet
/// @param taken tasks that have run
/// @param refusedDispensable packets and datagrams that found less than a quarter free
/// @param refused key frames and sound that found it full
/// @param failed tasks that a fault of ours has ended
public record MailboxStats(
        int waiting, long taken, long refusedDispensable, long refused, long failed) {}
