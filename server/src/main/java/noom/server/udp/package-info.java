// SPDX-License-Identifier: Apache-2.0
/// Owner: the web loop that opened the port. UDP until the SFU takes it over.
package noom.server.udp;
