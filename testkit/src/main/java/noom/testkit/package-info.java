// SPDX-License-Identifier: Apache-2.0
/// Owner: the test that calls it. Virtual time, seeded properties and the rules of the house.
package noom.testkit;
