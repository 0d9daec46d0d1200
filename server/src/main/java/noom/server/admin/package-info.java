// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. What the operator reads, behind a token.
package noom.server.admin;
