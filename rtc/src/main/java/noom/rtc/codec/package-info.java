// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object. As much of video payloads as forwarding needs to see.
///
/// [noom.rtc.codec.Vp8Descriptor], [noom.rtc.codec.Vp9Descriptor],
/// [noom.rtc.codec.H264Payload] and [noom.rtc.codec.Av1Payload] tell layers and key frames,
/// [noom.rtc.codec.DependencyDescriptor] tells them from a header extension, so also where
/// the payload is encrypted. No picture is decoded.
package noom.rtc.codec;
