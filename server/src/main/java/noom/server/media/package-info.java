// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker; [noom.server.media.MediaBridge] is the door for all others. Who of a
/// meeting has which transports and tracks in the router, and what pages say of them as the SFU
/// knows it.
package noom.server.media;
