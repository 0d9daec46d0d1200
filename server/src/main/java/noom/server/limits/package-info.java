// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever holds the limit. How much of something is permitted in a while.
package noom.server.limits;
