// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever starts the server, once. The certificate that Noom makes for itself.
package noom.server.tls;
