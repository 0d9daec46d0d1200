// SPDX-License-Identifier: Apache-2.0
package noom.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // connection | X-Forwarded-For         | believed
                "198.51.100.7 | -                       | 198.51.100.7",
                "198.51.100.7 | 203.0.113.9             | 198.51.100.7",
                "127.0.0.1    | -                       | 127.0.0.1",
                "127.0.0.1    | 203.0.113.9             | 203.0.113.9",
                "127.0.0.1    | 203.0.113.9, 192.0.2.1  | 192.0.2.1",
                "::1          | 2001:db8::5             | 2001:db8::5",
                "127.0.0.1    | somebody                | 127.0.0.1",
                "127.0.0.1    | 203.0.113.9,            | 127.0.0.1",
                "''           | 203.0.113.9             | ''",
            })
    void only_a_proxy_on_this_machine_is_believed(
            String remote, String forwarded, String believed) {
        assertThat(ClientAddress.of(remote, forwarded)).isEqualTo(believed);
    }
}
