// SPDX-License-Identifier: Apache-2.0
import java.util.List;

/// Long runs whose results are kept: millions of inputs per parser, floods against a bystander.
final class Deep {
    private Deep() {}

    static int run(List<String> words) {
        return 0;
    }

    static int fuzzBriefly() {
        return 0;
    }
}
