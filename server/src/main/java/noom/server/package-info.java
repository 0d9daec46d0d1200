// SPDX-License-Identifier: Apache-2.0
/// Owner: the main thread. Puts everything together: the only place where services are made.
package noom.server;
