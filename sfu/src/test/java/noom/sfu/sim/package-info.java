// SPDX-License-Identifier: Apache-2.0
/// Owner: the test that calls it. Meetings in virtual time: the real worker, and browsers made of
/// the same protocol classes, on a network that does what a seed says. After every step rules
/// are looked at that hold whatever happens; a seed does the same again, to the last datagram.
package noom.sfu.sim;
