// SPDX-License-Identifier: Apache-2.0
/// The domain: meetings, the people in them and what they say. No socket, thread, clock or file.
@org.jspecify.annotations.NullMarked
module noom.meeting {
    requires static transitive org.jspecify;

    exports noom.meeting;
}
