// SPDX-License-Identifier: Apache-2.0
/// Owner: none, all values. What the operator asked for, checked.
package noom.server.config;
