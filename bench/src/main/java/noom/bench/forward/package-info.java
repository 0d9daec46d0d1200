// SPDX-License-Identifier: Apache-2.0
/// Owner: each class says which thread; what crosses is the one counter of a [Forwarder].
///
/// What it costs to forward a media packet to many: the same packets and the same encryption by
/// several programs, each alone in its process.
package noom.bench.forward;
