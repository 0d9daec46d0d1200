// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker that created it. Who is loud and who has the floor, told by the
/// levels that senders write beside their sound (RFC 6464); the sound itself is not listened
/// to.
package noom.sfu.audio;
