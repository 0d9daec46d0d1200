// SPDX-License-Identifier: Apache-2.0
/// Owner: none, all values. What goes over the wire, as records.
///
/// `web/src/protocol/messages.ts` is generated from this package by `./noom fix`; a test fails when
/// it is stale. Fields that are not understood are ignored, so both sides may grow.
package noom.server.message;
