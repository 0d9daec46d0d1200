// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. The page's files and the REST routes.
package noom.server.http;
