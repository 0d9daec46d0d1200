// SPDX-License-Identifier: Apache-2.0
/// Owner: none, all of it is functions. What pages say of their media, as the SFU knows it.
package noom.server.media;
