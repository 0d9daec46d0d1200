// SPDX-License-Identifier: Apache-2.0
/// Owner: each media loop owns its lines with all that goes over them; whoever runs a
/// measurement owns the rest.
///
/// People who join real meetings of a real server: signalling, ICE, DTLS and SRTP are what
/// browsers do, and the media is synthetic. Each packet carries when it was sent, so that its
/// receiver, which is in the same process, knows how long it was under way.
@NullMarked
package noom.bench.meeting;

import org.jspecify.annotations.NullMarked;
