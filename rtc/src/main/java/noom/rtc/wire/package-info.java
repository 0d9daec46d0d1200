// SPDX-License-Identifier: Apache-2.0
/// Owner: nobody, it holds nothing. Numbers in network byte order, for the packages beside
/// this.
package noom.rtc.wire;
