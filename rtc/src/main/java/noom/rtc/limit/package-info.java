// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever creates a limit. How much of something may come in a second, for the packages
/// beside this.
package noom.rtc.limit;
