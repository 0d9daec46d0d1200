// SPDX-License-Identifier: Apache-2.0
/// Owner: the test that calls it. A network in virtual time whose every whim comes of a seed.
package noom.testkit.net;
