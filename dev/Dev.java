// SPDX-License-Identifier: Apache-2.0
import java.util.List;

/// The development server.
final class Dev {
    private Dev() {}

    static int run(List<String> words) {
        return 0;
    }
}
